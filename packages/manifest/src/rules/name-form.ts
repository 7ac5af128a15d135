import { isSkillName } from '../ids.ts';
import { stringAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

/** Agent Skills rule; it also keeps out control characters, bidi marks and names that differ only by case. */
export const nameForm: Rule = {
  id: 'name-form',
  message: 'Cannot use the name: not 1 to 64 of a-z, 0-9 and single inner hyphens',
  fix: 'write it in lower case with hyphens, such as "unit-convert"',
  check({ root }, report) {
    const name = stringAt(root, 'name');
    if (name !== undefined && !isSkillName(name.value)) report(name.pointer);
  },
};
