import type { FsDone } from '../fs-outcome.ts';
import type { FileFacts } from '../fs-powers.ts';
import type { FsRefusal } from '../fs-refusal.ts';
import { type MountRequest, openGranted } from '../open-granted.ts';

/** Nothing that identifies the machine or its users: no inode, device, owner, mode, link count or access time. */
export interface FsStat {
  readonly kind: 'file' | 'directory';
  /** Bytes; 0 for a directory, whose size on disk would tell how many names it hides. */
  readonly size: number;
  /** Milliseconds since the epoch, whole seconds. */
  readonly mtimeMs: number;
}

export function stat(request: MountRequest): FsDone | FsRefusal {
  const entry = openGranted(request, 'inspect', 'inspect');
  if (entry.kind === 'refused') return entry;
  entry.handle[Symbol.dispose]();
  return { kind: 'done', value: toFsStat(entry.kind, entry.facts) };
}

export function toFsStat(kind: FsStat['kind'], { size, mtimeMs }: FileFacts): FsStat {
  return { kind, size: kind === 'file' ? size : 0, mtimeMs };
}
