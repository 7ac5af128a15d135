import { DateOf, JSONParse } from '../../primordials.ts';
import { type EntryKind, KindOfEntry } from './entry-kind.ts';

interface Facts {
  readonly kind: EntryKind;
  readonly size: number;
  readonly mtimeMs: number;
}

/** What the host tells about a file: kind, size and time of change, no owner, mode or inode. */
export class Stats extends KindOfEntry {
  readonly size: number;
  readonly mtimeMs: number;
  readonly mtime: Date;
  constructor({ kind, size, mtimeMs }: Facts) {
    super(kind);
    this.size = size;
    this.mtimeMs = mtimeMs;
    this.mtime = new DateOf(mtimeMs);
  }
}

/** @param payload The host's answer to `stat`. */
export function readStats(payload: string): Stats {
  const facts: Facts = JSONParse(payload);
  return new Stats(facts);
}
