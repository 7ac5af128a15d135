import validRange from 'semver/ranges/valid.js';
import { objectAt, stringAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

export const enginesRange: Rule = {
  id: 'engines-range',
  message: 'Cannot use the range of carapace versions: not a semantic version range, or one that any version satisfies',
  fix: 'name the versions you have tested, such as "^0.1.0"',
  check({ root }, report) {
    const engines = objectAt(root, 'engines');
    const range = engines === undefined ? undefined : stringAt(engines, 'carapace');
    if (range === undefined || range.value.length > 64) return;
    const canonical = validRange(range.value);
    if (canonical === null || canonical === '' || canonical === '*') report(range.pointer);
  },
};
