import { type FileFacts, WRITE_PINNED_FLAGS } from './fs-powers.ts';
import type { FsRefusal } from './fs-refusal.ts';
import type { MountRoot } from './mount-root.ts';
import { type BeneathPath, openBeneath } from './open-beneath.ts';

/** What stands where a file is to be put. */
export type PutTarget = { readonly kind: 'absent' } | { readonly kind: 'file'; readonly facts: FileFacts } | FsRefusal;

/**
 * A file counts only if the kernel lets this process open it for writing: replacing it needs nothing but the right to
 * its directory, and would take away a file that its owner made read-only. Links, special files, directories and files
 * with a second name are refused.
 */
export function lookAtTarget(root: MountRoot, path: BeneathPath): PutTarget {
  const entry = openBeneath(root, path, WRITE_PINNED_FLAGS);
  if (entry.kind === 'refused') return entry.rule === 'not-found' ? { kind: 'absent' } : entry;
  entry.handle[Symbol.dispose]();
  return { kind: 'file', facts: entry.facts };
}
