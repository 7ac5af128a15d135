import { posix } from 'node:path';

/** Where a process stands in the unified hierarchy (cgroup v2), and where that hierarchy is to be seen. */
export interface CgroupPlace {
  /** Folder of the process's own cgroup. */
  readonly own: string;
  /** The highest folder that is to be seen from here. */
  readonly root: string;
}

/**
 * Reads the texts of /proc/self/cgroup and /proc/self/mountinfo. Undefined where there is no unified hierarchy, or none that
 * this process can see itself in.
 *
 * @see https://docs.kernel.org/admin-guide/cgroup-v2.html
 */
export function cgroupPlace(cgroup: string, mountinfo: string): CgroupPlace | undefined {
  const path = /^0::(\/.*)$/m.exec(cgroup)?.[1];
  const mount = mountinfo
    .split('\n')
    .map(parseMount)
    .find((found) => found !== undefined);
  if (path === undefined || mount === undefined) return undefined;
  const beneath = posix.relative(mount.top, path);
  // A cgroup above the part of the tree that is mounted here: it has no folder to work with.
  if (beneath.startsWith('..')) return undefined;
  return { own: posix.join(mount.folder, beneath), root: mount.folder };
}

/** `36 35 0:41 <top> <folder> rw shared:1 - cgroup2 cgroup2 rw`; the count of words before the dash varies. */
function parseMount(line: string): { readonly top: string; readonly folder: string } | undefined {
  const [before = '', after = ''] = line.split(' - ');
  const [, , , top, folder] = before.split(' ');
  if (!after.startsWith('cgroup2 ') || top === undefined || folder === undefined) return undefined;
  return { top, folder };
}
