import { limitRemedy } from '../limit-remedy.ts';
import { bookBytes, type ChangeScope } from './book-change.ts';
import { DONE, type FsResult } from './fs-outcome.ts';
import type { FileFacts } from './fs-powers.ts';
import { type FsRefusal, refuse } from './fs-refusal.ts';
import { toFsStat } from './fs-stat.ts';
import type { OwnedFd } from './owned-fd.ts';
import { StagedFile } from './staged-file.ts';
import { Turns } from './turns.ts';
import { writeAll } from './write-all.ts';

export interface OpenFileMode {
  readonly readable: boolean;
  readonly writable: boolean;
  /** Every write goes to the end, whatever position it names. */
  readonly appending: boolean;
}

export interface OpenFileParts {
  readonly scope: ChangeScope;
  readonly mode: OpenFileMode;
  /** Changed in place, or content that takes its name when it is closed. */
  readonly content: OwnedFd | StagedFile;
  /** As the guest named it. */
  readonly target: string;
  /** Takes a file away that was made with the handle, for a close that discards. */
  readonly undo?: () => Promise<void>;
}

/**
 * A file that a guest reads and writes piece by piece. Requests on one handle take turns: two that go on "where the last
 * one ended" must not meet, and a descriptor must not be closed under a read.
 */
export class OpenFile implements AsyncDisposable {
  readonly kind = 'file';
  readonly target: string;
  readonly scope: ChangeScope;
  readonly #parts: OpenFileParts;
  readonly #handle: OwnedFd;
  readonly #turns: Turns = new Turns();
  #position = 0;

  constructor(parts: OpenFileParts) {
    this.#parts = parts;
    this.target = parts.target;
    this.scope = parts.scope;
    this.#handle = parts.content instanceof StagedFile ? parts.content.handle : parts.content;
  }

  read(length: number, position: number | undefined): Promise<FsResult> {
    return this.#turns.take(() => this.#read(length, position));
  }

  write(bytes: Uint8Array, position: number | undefined): Promise<FsResult> {
    return this.#turns.take(() => this.#write(bytes, position));
  }

  truncate(length: number): Promise<FsResult> {
    return this.#turns.take(async () => {
      if (!this.#parts.mode.writable) return refuse('handle-mode');
      return (await this.#truncate(length)) ?? DONE;
    });
  }

  stat(): Promise<FsResult> {
    return this.#turns.take(() => {
      const facts = this.#facts();
      return facts === undefined ? refuse('handle-unknown') : { kind: 'done', value: toFsStat('file', facts) };
    });
  }

  /** What was being replaced takes its name now, or with `discard` stays as it was. */
  close(discard: boolean): Promise<FsResult> {
    return this.#turns.take(async () => {
      const { content, undo } = this.#parts;
      try {
        if (discard) await undo?.();
        else if (content instanceof StagedFile) return (await content.commit(false)) ?? DONE;
        return DONE;
      } finally {
        await this.#release();
      }
    });
  }

  /** The call ended without a close: nothing unfinished takes a name. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#turns.take(() => this.#release());
  }

  async #read(asked: number, position: number | undefined): Promise<FsResult> {
    const { scope, mode } = this.#parts;
    if (!mode.readable) return refuse('handle-mode');
    if (this.#handle.fd === undefined) return refuse('handle-unknown');
    const from = position ?? this.#position;
    const length = Math.min(asked, scope.limits.maxHandleReadBytes);
    if (!isRange(from, length)) return refuse('offset-range');
    const buffer = new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
    const count = await scope.root.powers.read(this.#handle.fd, buffer, from);
    if (position === undefined) this.#position = from + count;
    if (!scope.meter.charge('fsReadBytes', count)) return refuse('budget-read', limitRemedy('fsReadMiB'));
    // Never more than was read: the rest of the buffer holds whatever this process had there before.
    return { kind: 'done', body: count === length ? buffer : buffer.slice(0, count) };
  }

  async #write(bytes: Uint8Array, position: number | undefined): Promise<FsResult> {
    const { mode } = this.#parts;
    if (!mode.writable) return refuse('handle-mode');
    const facts = this.#facts();
    if (facts === undefined) return refuse('handle-unknown');
    const from = mode.appending ? facts.size : (position ?? this.#position);
    if (!isRange(from, bytes.byteLength)) return refuse('offset-range');
    const refused = await this.#put(bytes, from, facts.size);
    if (refused !== undefined) return refused;
    if (mode.appending || position === undefined) this.#position = from + bytes.byteLength;
    return { kind: 'done', written: bytes.byteLength };
  }

  async #put(bytes: Uint8Array, from: number, size: number): Promise<FsRefusal | undefined> {
    const { content, scope } = this.#parts;
    if (content instanceof StagedFile) return await content.write(bytes, from);
    const growth = Math.max(0, from + bytes.byteLength - size);
    const charged = bytes.byteLength + Math.max(0, from - size);
    const refused = bookBytes(scope, this.#ownPath(), { charged, growth });
    if (refused !== undefined) return refused;
    await writeAll(scope.root.powers, this.#handle, bytes, from);
    return undefined;
  }

  async #truncate(length: number): Promise<FsRefusal | undefined> {
    const { content, scope } = this.#parts;
    if (!isRange(length, 0)) return refuse('offset-range');
    if (content instanceof StagedFile) return await content.truncate(length);
    return await truncateInPlace(scope, this.#handle, length);
  }

  #facts(): FileFacts | undefined {
    const { fd } = this.#handle;
    return fd === undefined ? undefined : this.scope.root.powers.fstat(fd);
  }

  #ownPath(): string {
    return `/proc/self/fd/${this.#handle.fd}`;
  }

  async #release(): Promise<void> {
    if (this.#parts.content instanceof StagedFile) await this.#parts.content[Symbol.asyncDispose]();
    else this.#handle[Symbol.dispose]();
  }
}

/** Grows or cuts an open file. What is added counts as written: a terabyte of nothing is a terabyte to whoever copies it. */
export async function truncateInPlace(
  scope: ChangeScope,
  handle: OwnedFd,
  length: number,
): Promise<FsRefusal | undefined> {
  const { root } = scope;
  if (handle.fd === undefined) return refuse('handle-unknown');
  const growth = length - root.powers.fstat(handle.fd).size;
  const charged = Math.max(0, growth);
  const refused = bookBytes(scope, `/proc/self/fd/${handle.fd}`, { charged, growth });
  if (refused !== undefined) return refused;
  await root.powers.truncate(handle.fd, length);
  if (growth < 0) root.quota?.release(-growth, 0);
  return undefined;
}

/** The kernel takes 63 bits, JavaScript counts to 53; what lies between could not be told back. */
export function isRange(from: number, length: number): boolean {
  return Number.isSafeInteger(from) && from >= 0 && Number.isSafeInteger(from + length);
}
