/** What a name leads to. Links are never followed and never reported as such: they are `other`. */
export type EntryKind = 'file' | 'directory' | 'other';

/** The questions that `Stats` and `Dirent` both answer. */
export class KindOfEntry {
  readonly #kind: EntryKind;
  constructor(kind: EntryKind) {
    this.#kind = kind;
  }
  isFile(): boolean {
    return this.#kind === 'file';
  }
  isDirectory(): boolean {
    return this.#kind === 'directory';
  }
  isSymbolicLink(): boolean {
    return false;
  }
  isBlockDevice(): boolean {
    return false;
  }
  isCharacterDevice(): boolean {
    return false;
  }
  isFIFO(): boolean {
    return false;
  }
  isSocket(): boolean {
    return false;
  }
}
