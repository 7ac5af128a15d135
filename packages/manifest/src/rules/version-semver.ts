import { isSkillVersion } from '../ids.ts';
import { stringAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

export const versionSemver: Rule = {
  id: 'version-semver',
  message: 'Cannot use the version: not an exact semantic version in canonical form',
  fix: 'write three numbers, such as "1.2.0", without "v" and without build metadata',
  check({ root }, report) {
    const version = stringAt(root, 'version');
    if (version !== undefined && !isSkillVersion(version.value)) report(version.pointer);
  },
};
