import { stringAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

/** Two directories under one virtual name: which one a path means would be chance. */
export const fsMountUnique: Rule = {
  id: 'fs-mount-unique',
  message: 'Cannot use the mount name: another directory has it',
  fix: 'give every directory its own mount name',
  check({ fs }, report) {
    const seen = new Set<string>();
    for (const entry of fs) {
      const mount = stringAt(entry, 'mount');
      if (mount === undefined) continue;
      if (seen.has(mount.value)) report(mount.pointer);
      seen.add(mount.value);
    }
  },
};
