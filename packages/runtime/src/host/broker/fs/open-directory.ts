import type { FsResult } from './fs-outcome.ts';
import type { NameIterator } from './fs-powers.ts';
import { refuse } from './fs-refusal.ts';
import { type ListEntry, toListEntry } from './list-entry.ts';
import type { MountRequest } from './open-granted.ts';
import { Turns } from './turns.ts';

/** A directory that a guest reads name by name, in the order of the file system. */
export class OpenDirectory implements AsyncDisposable {
  readonly kind = 'directory';
  readonly target: string;
  readonly scope: MountRequest;
  readonly #names: NameIterator;
  readonly #turns: Turns = new Turns();
  #isOver = false;
  #isClosed = false;

  constructor(scope: MountRequest, names: NameIterator, target: string) {
    this.scope = scope;
    this.#names = names;
    this.target = target;
  }

  /** The next granted names; none at the end. */
  readEntries(): Promise<FsResult> {
    return this.#turns.take(async () => {
      const { limits } = this.scope;
      const entries: ListEntry[] = [];
      if (this.#isClosed) return refuse('handle-unknown');
      for (let scanned = 0; entries.length < limits.maxListBatch && !this.#isOver; scanned += 1) {
        // Attack: a million names that are not granted, looked through in one request.
        if (scanned >= limits.maxScannedEntries) {
          if (entries.length === 0) return refuse('tree-entries');
          break;
        }
        const found = await this.#names.next();
        this.#isOver = found === undefined;
        const entry = found === undefined ? undefined : toListEntry(found, this.scope);
        if (entry !== undefined) entries.push(entry);
      }
      return { kind: 'done', value: { entries } };
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#turns.take(async () => {
      if (this.#isClosed) return;
      this.#isClosed = true;
      await this.#names[Symbol.asyncDispose]();
    });
  }
}
