import { type FileFacts, WRITE_PINNED_FLAGS } from './fs-powers.ts';
import { type FsRefusal, refuse } from './fs-refusal.ts';
import type { MountRoot } from './mount-root.ts';
import { type BeneathPath, openBeneath } from './open-beneath.ts';
import { openInLayer } from './open-in-layer.ts';

/** What stands where a file is to be put. */
export type PutTarget = { readonly kind: 'absent' } | FileTarget | FsRefusal;

export interface FileTarget {
  readonly kind: 'file';
  readonly facts: FileFacts;
  /** Whether it counts against the mount's quota: beneath an overlay only what is in the upper directory does. */
  readonly counted: boolean;
}

/**
 * A file counts only if the kernel lets this process open it for writing: replacing it needs nothing but the right to
 * its directory, and would take away a file that its owner made read-only. Links, special files, directories and files
 * with a second name are refused.
 */
export function lookAtTarget(root: MountRoot, path: BeneathPath): PutTarget {
  // With an overlay the file itself stays as it is, and opening it for writing would copy it up for nothing.
  const entry = openBeneath(root, path, root.overlay === undefined ? WRITE_PINNED_FLAGS : 'inspect');
  if (entry.kind === 'refused') return entry.rule === 'not-found' ? { kind: 'absent' } : entry;
  entry.handle[Symbol.dispose]();
  if (entry.kind === 'directory') return refuse('is-directory');
  return { kind: 'file', facts: entry.facts, counted: isCounted(root, path) };
}

function isCounted({ overlay }: MountRoot, path: BeneathPath): boolean {
  if (overlay === undefined) return true;
  const above = openInLayer(overlay.upper, path, 'inspect');
  if (above.kind === 'refused') return false;
  above.handle[Symbol.dispose]();
  return true;
}

/** After `target` was replaced. */
export function releaseReplaced(root: MountRoot, target: FileTarget | undefined): void {
  if (target?.counted === true) root.quota?.release(target.facts.size, 1);
}
