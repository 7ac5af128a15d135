import { errnoOf, type FsPowers, type NameIterator } from './fs-powers.ts';
import { decodeName } from './list-entry.ts';
import type { MountRoot } from './mount-root.ts';
import { openBeneath } from './open-beneath.ts';
import { PinnedParent, pinParent } from './pin-parent.ts';
import { isTemporaryName, writerOf } from './temporary-name.ts';

/** Names looked at in one mount; what a crash left deeper stays hidden and takes room, and harms nobody. */
const MAX_NAMES = 2_000;

/**
 * Removes half-written files that a crash left behind: those whose process is gone and that are older than this process.
 * The age protects what a runtime in another container writes just now, whose process ids mean nothing here.
 */
export async function sweepLeftovers(root: MountRoot): Promise<void> {
  const directories: (readonly string[])[] = [[]];
  let left = MAX_NAMES;
  for (let index = 0; index < directories.length && left > 0; index += 1) {
    left = await sweepDirectory(root, directories[index] ?? [], directories, left);
  }
}

/** Gives back how many names may still be looked at. A directory that cannot be read is left alone. */
async function sweepDirectory(
  root: MountRoot,
  components: readonly string[],
  directories: (readonly string[])[],
  budget: number,
): Promise<number> {
  let left = budget;
  const opened = openBeneath(root, { components, mustBeDirectory: true }, 'directory');
  if (opened.kind === 'refused') return left;
  try {
    using pin = opened.handle;
    await using names: NameIterator = await root.powers.openNames(`/proc/self/fd/${pin.fd}`);
    for (; left > 0; left -= 1) {
      const found = await names.next();
      if (found === undefined) break;
      const name = decodeName(found.name);
      if (name === undefined) continue;
      if (found.kind === 'directory') directories.push([...components, name]);
      if (found.kind === 'file' && isTemporaryName(name)) await removeLeftover(root, [...components, name]);
    }
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
  }
  return left;
}

async function removeLeftover(root: MountRoot, components: readonly string[]): Promise<void> {
  const found = pinParent(root, components);
  if (!(found instanceof PinnedParent)) return;
  using parent = found;
  const { powers } = root;
  if (isAbandoned(powers, parent.name, powers.lstat(parent.pathOf()).mtimeMs)) await powers.removeFile(parent.pathOf());
}

function isAbandoned(powers: FsPowers, name: string, mtimeMs: number): boolean {
  const writer = writerOf(name);
  // An own name that is older than the process belongs to a dead one of the same number.
  const isAlive = writer !== undefined && writer !== powers.processId && powers.isRunning(writer);
  return !isAlive && mtimeMs + 1_000 < powers.startedMs;
}
