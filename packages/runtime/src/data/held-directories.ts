import type { FileFacts } from '../host/broker/fs/fs-powers.ts';
import type { HeldSpace } from '../host/broker/fs/mount-quota.ts';

/**
 * The running counts of the data directories that are open in this process, by device and inode: two handles of one skill
 * share a directory, and a count of its own each would let them hold twice the quota. Process-wide because the disk is.
 */
const OPEN: Map<string, WeakRef<HeldSpace>> = new Map();

export function heldBy(directory: FileFacts): HeldSpace | undefined {
  return OPEN.get(keyOf(directory))?.deref();
}

/** Kept as long as anybody who was given `held` is alive. */
export function shareHeld(directory: FileFacts, held: HeldSpace): void {
  for (const [key, reference] of OPEN) if (reference.deref() === undefined) OPEN.delete(key);
  OPEN.set(keyOf(directory), new WeakRef(held));
}

function keyOf({ device, inode }: FileFacts): string {
  return `${device}:${inode}`;
}
