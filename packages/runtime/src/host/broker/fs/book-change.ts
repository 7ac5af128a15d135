import { limitRemedy } from '../limit-remedy.ts';
import type { FsLimits, FsMeter } from './fs-limits.ts';
import { type FsRefusal, refuse } from './fs-refusal.ts';
import { quotaRemedy } from './fs-remedy.ts';
import type { MountRoot } from './mount-root.ts';

/** What a change is booked against. */
export interface ChangeScope {
  readonly root: MountRoot;
  readonly limits: FsLimits;
  readonly meter: FsMeter;
}

/**
 * Books content before it is written: against the call's budget, the mount's quota and the room on the storage.
 * `charged` is what the budget pays; `growth` is by how much the file becomes longer, holes included, since a sparse
 * terabyte costs nothing now and everything later. What was booked in vain is given back with `root.quota.release`.
 */
export function bookBytes(
  { root, limits, meter }: ChangeScope,
  directory: string,
  { charged, growth }: { readonly charged: number; readonly growth: number },
): FsRefusal | undefined {
  if (!meter.charge('fsWriteBytes', charged)) return refuse('budget-write', limitRemedy('fsWriteMiB'));
  if (growth <= 0) return undefined;
  if (root.quota?.reserve(growth, 0) !== undefined) return refuse('mount-quota-bytes', quotaRemedy('quotaMiB'));
  if (root.powers.freeSpace(directory).bytes - growth >= limits.minFreeBytes) return undefined;
  root.quota?.release(growth, 0);
  return refuse('free-space-floor');
}

/** Books one new name. */
export function bookName({ root, limits }: ChangeScope, directory: string): FsRefusal | undefined {
  if (root.quota?.reserve(0, 1) !== undefined) return refuse('mount-quota-files', quotaRemedy('files'));
  const { files } = root.powers.freeSpace(directory);
  if (files === undefined || files >= limits.minFreeFiles) return undefined;
  root.quota?.release(0, 1);
  return refuse('free-space-floor');
}

/** Attack: a directory 10,000 levels deep, which other programs fail on. */
export function tooDeep(components: readonly string[], { limits }: ChangeScope): FsRefusal | undefined {
  return components.length > limits.maxWriteDepth ? refuse('write-depth') : undefined;
}
