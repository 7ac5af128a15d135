import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';

/** Turns a declared or configured path into the directory it means on this machine. */
export interface GrantPowers {
  readonly resolvePath: (path: string) => string;
}

/**
 * `~/x` is below the operator's home, relative paths are below the working directory. Links are resolved, so that a
 * harmless name that leads to `~/.ssh` is judged as `~/.ssh`; a missing directory keeps its name and fails when opened.
 */
export const nodeGrantPowers: GrantPowers = {
  resolvePath: (path) => {
    const absolute = path === '~' || path.startsWith('~/') ? resolve(homedir(), `.${path.slice(1)}`) : resolve(path);
    try {
      return realpathSync(absolute);
    } catch {
      // ENOENT, ENOTDIR and EACCES alike: opening the mount reports which, with the mount's name.
      return absolute;
    }
  },
};
