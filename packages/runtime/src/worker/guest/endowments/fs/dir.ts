import type { FsOp } from '../../../../protocol/messages.ts';
import { createFsError } from '../../fs-error.ts';
import { JSONParse, NumberOf } from '../../primordials.ts';
import { Dirent, type Entry } from './dirent.ts';
import { disposeWith } from './dispose.ts';
import { andThen, attempt, rejected, resolved } from './promise-chain.ts';
import { at, commandFs, requestFs } from './request.ts';
import { Turns } from './turns.ts';

interface Batch {
  /** Empty at the end of the directory. */
  readonly entries: readonly Entry[];
}

type DirStep = { readonly done: boolean; readonly value: Dirent | undefined };

/** A directory that is read name by name: no listing is too long for it. */
export class Dir {
  readonly path: string;
  readonly #handle: number;
  readonly #turns: Turns = new Turns();
  #batch: readonly Entry[] = [];
  #at = 0;
  #state: 'open' | 'read' | 'closed' = 'open';

  constructor(path: string, handle: number) {
    this.path = path;
    this.#handle = handle;
  }

  /** The next name; null at the end. */
  read(): Promise<Dirent | null> {
    return attempt(() => {
      if (this.#state === 'closed') return rejected(closedError('read', this.path));
      return this.#turns.run(() => this.#next());
    });
  }
  close(): Promise<void> {
    return attempt(() => {
      if (this.#state === 'closed') return rejected(closedError('close', this.path));
      return this.#close();
    });
  }
  /** Closes the directory at the end. */
  [Symbol.asyncIterator](): object {
    const end = (): Promise<DirStep> => andThen(this.#close(), () => resolved({ done: true, value: undefined }));
    const iterator = {
      next: (): Promise<DirStep> => {
        if (this.#state === 'closed') return resolved({ done: true, value: undefined });
        return andThen(
          this.#turns.run(() => this.#next()),
          (entry) => (entry === null ? end() : resolved({ done: false, value: entry })),
        );
      },
      return: end,
      [Symbol.asyncIterator]: () => iterator,
    };
    return iterator;
  }

  #next(): Promise<Dirent | null> {
    const entry = this.#batch[this.#at];
    if (entry !== undefined) {
      this.#at += 1;
      return resolved(new Dirent(entry, this.path));
    }
    if (this.#state !== 'open') return resolved(null);
    return andThen(this.#fetch(), (entries) => {
      this.#batch = entries;
      this.#at = 0;
      if (entries.length === 0) this.#state = 'read';
      return this.#next();
    });
  }

  #fetch(): Promise<readonly Entry[]> {
    const op: FsOp = { family: 'fs', method: 'readEntries', handle: this.#handle };
    const convert = (payload: string): readonly Entry[] => {
      const batch: Batch = JSONParse(payload);
      return batch.entries;
    };
    return requestFs(op, at('scandir', this.path), { form: 'json', body: undefined, signal: undefined, convert });
  }

  #close(): Promise<void> {
    if (this.#state === 'closed') return resolved(undefined);
    this.#state = 'closed';
    const op: FsOp = { family: 'fs', method: 'close', handle: this.#handle, discard: false };
    return this.#turns.run(() => commandFs(op, at('close', this.path)));
  }
}

disposeWith(Dir.prototype, Dir.prototype.close);

function closedError(syscall: string, path: string): Error {
  return createFsError('ERR_DIR_CLOSED', 'the directory has been closed', syscall, path);
}

export function openDirectory(path: string): Promise<Dir> {
  const op: FsOp = { family: 'fs', method: 'opendir', path };
  const convert = (_payload: string, id: string): Dir => new Dir(path, NumberOf(id));
  return requestFs(op, at('opendir', path), { form: 'none', body: undefined, signal: undefined, convert });
}
