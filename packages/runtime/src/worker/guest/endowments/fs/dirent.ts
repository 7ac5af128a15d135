import { type EntryKind, KindOfEntry } from './entry-kind.ts';

/** One name in a directory, as the host lists it. */
export interface Entry {
  readonly name: string;
  readonly kind: EntryKind;
}

/** A name in a directory, as `opendir` and `readdir(path, { withFileTypes: true })` give it. */
export class Dirent extends KindOfEntry {
  readonly name: string;
  readonly parentPath: string;
  constructor({ name, kind }: Entry, parentPath: string) {
    super(kind);
    this.name = name;
    this.parentPath = parentPath;
  }
}
