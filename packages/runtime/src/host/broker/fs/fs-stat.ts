import type { FileFacts } from './fs-powers.ts';

/** Nothing that identifies the machine or its users: no inode, device, owner, mode, link count or access time. */
export interface FsStat {
  readonly kind: 'file' | 'directory';
  /** Bytes; 0 for a directory, whose size on disk would tell how many names it hides. */
  readonly size: number;
  /** Milliseconds since the epoch, whole seconds. */
  readonly mtimeMs: number;
}

export function toFsStat(kind: FsStat['kind'], { size, mtimeMs }: FileFacts): FsStat {
  return { kind, size: kind === 'file' ? size : 0, mtimeMs };
}
