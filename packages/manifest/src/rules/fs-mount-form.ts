import { isMountName } from '../ids.ts';
import { stringAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

export const fsMountForm: Rule = {
  id: 'fs-mount-form',
  message: 'Cannot use the mount name: not 1 to 32 of a-z, 0-9 and hyphens, starting with a letter',
  fix: 'write a short word, such as "docs"',
  check({ fs }, report) {
    for (const entry of fs) {
      const mount = stringAt(entry, 'mount');
      if (mount !== undefined && mount.value !== '' && !isMountName(mount.value)) report(mount.pointer);
    }
  },
};
