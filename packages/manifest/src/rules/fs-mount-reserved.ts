import { DATA_MOUNT } from '../permission.ts';
import { stringAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

/** Two directories under one virtual name: what the skill keeps for itself would land among the operator's files. */
export const fsMountReserved: Rule = {
  id: 'fs-mount-reserved',
  message: 'Cannot use the mount name: it is that of the private directory',
  fix: 'choose another name than "data", or leave out "permissions.data"',
  check({ fs, data }, report) {
    if (data === undefined) return;
    for (const entry of fs) {
      const mount = stringAt(entry, 'mount');
      if (mount?.value === DATA_MOUNT) report(mount.pointer);
    }
  },
};
