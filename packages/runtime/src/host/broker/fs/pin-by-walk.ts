import { ruleOfErrno } from './errno-rule.ts';
import { type FsPowers, PIN_FLAGS } from './fs-powers.ts';
import { type FsRefusal, refuse } from './fs-refusal.ts';
import type { FsRule } from './fs-rules.ts';
import type { PinnedRoot } from './mount-root.ts';
import { OwnedFd } from './owned-fd.ts';

/**
 * Pins the entry component by component. Each step opens one name inside a directory that is already pinned and looked
 * at, so a directory swapped for a link between two steps is either pinned as before or seen as a link: no step ever
 * resolves more than one name.
 */
export function pinByWalk(powers: FsPowers, root: PinnedRoot, components: readonly string[]): OwnedFd | FsRefusal {
  let current = step(powers, root.fd, '.');
  for (const component of components) {
    if (!(current instanceof OwnedFd)) return current;
    using parent = current;
    const { fd } = parent;
    if (fd === undefined) return refuse('io-failure');
    const obstacle = parentObstacle(powers, fd, root.mountId);
    if (obstacle !== undefined) return refuse(obstacle);
    current = step(powers, fd, component);
  }
  if (!(current instanceof OwnedFd)) return current;
  return staysOnMount(powers, current, root.mountId);
}

function step(powers: FsPowers, directoryFd: number, name: string): OwnedFd | FsRefusal {
  const result = powers.open(`/proc/self/fd/${directoryFd}/${name}`, PIN_FLAGS);
  return result.kind === 'opened' ? new OwnedFd(result.fd, powers.close) : refuse(ruleOfErrno(result.errno));
}

/** A pinned link must never be the directory of the next step: the kernel would follow it there. Files fail by themselves. */
function parentObstacle(powers: FsPowers, fd: number, rootMountId: string): FsRule | undefined {
  if (powers.fstat(fd).kind === 'symlink') return 'symlink';
  return powers.mountId(fd) === rootMountId ? undefined : 'mount-crossing';
}

/**
 * RESOLVE_NO_XDEV by hand. The mount, not the device, is compared: a bind mount of the same filesystem shares the
 * device, and files of an overlay may report another device than their directory.
 */
function staysOnMount(powers: FsPowers, entry: OwnedFd, rootMountId: string): OwnedFd | FsRefusal {
  if (entry.fd !== undefined && powers.mountId(entry.fd) === rootMountId) return entry;
  entry[Symbol.dispose]();
  return refuse('mount-crossing');
}
