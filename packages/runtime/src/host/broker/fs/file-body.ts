import { ruleOfErrno } from './errno-rule.ts';
import type { FsLimits, FsMeter } from './fs-limits.ts';
import { errnoOf, type FsPowers } from './fs-powers.ts';
import { FsFailure, refuse } from './fs-refusal.ts';
import type { OpenHandles } from './open-handles.ts';
import type { OwnedFd } from './owned-fd.ts';

export interface FileBodySource {
  readonly handle: OwnedFd;
  /** What stat said: a hint for buffer sizes, never a promise. */
  readonly size: number;
  readonly powers: FsPowers;
  readonly limits: FsLimits;
  readonly meter: FsMeter;
  readonly handles: OpenHandles;
}

/**
 * The bytes of one opened file, read once, front to back, each chunk in an array of its own. The descriptor is closed
 * at the end, on failure, when a reader stops early, and on disposal.
 */
export class FileBody implements AsyncIterable<Uint8Array>, AsyncDisposable {
  readonly #source: FileBodySource;
  readonly #chunks: AsyncGenerator<Uint8Array, void, undefined>;
  #bytesRead = 0;
  #inFlight: Promise<unknown> = Promise.resolve();

  constructor(source: FileBodySource) {
    this.#source = source;
    this.#chunks = this.#read();
    source.handles.add(this);
  }

  get bytesRead(): number {
    return this.#bytesRead;
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, void, undefined> {
    return this.#chunks;
  }

  /**
   * Waits for a read in flight before it closes: a descriptor closed under a read can be reused by another open, and
   * the read would then fetch another file. A reader that goes on afterwards gets a failure, not a shorter file.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled([this.#inFlight]);
    this.#release();
  }

  async *#read(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for (;;) {
        const buffer = new Uint8Array(this.#nextLength());
        const length = await this.#fill(buffer);
        if (length === 0) return;
        this.#book(length);
        yield length === buffer.byteLength ? buffer : buffer.slice(0, length);
        if (this.#isAtEnd(length, buffer.byteLength)) return;
      }
    } finally {
      this.#release();
    }
  }

  /** One byte more than stat promised, so that an unchanged file ends with a short read and needs no second one. */
  #nextLength(): number {
    const expected = Math.max(this.#source.size - this.#bytesRead, 0) + 1;
    return Math.min(this.#source.limits.chunkBytes, Math.max(expected, 4096));
  }

  async #fill(buffer: Uint8Array): Promise<number> {
    const { handle, powers } = this.#source;
    if (handle.fd === undefined) throw new FsFailure(refuse('broker-closed'));
    try {
      const reading = powers.read(handle.fd, buffer);
      this.#inFlight = reading;
      return await reading;
    } catch (error) {
      const errno = errnoOf(error);
      if (errno === undefined) throw error;
      throw new FsFailure(refuse(ruleOfErrno(errno)));
    }
  }

  /** The running cap is the one that holds: a file can grow while it is read, and a pseudo-file reports size 0. */
  #book(length: number): void {
    this.#bytesRead += length;
    const { limits, meter } = this.#source;
    if (this.#bytesRead > limits.maxReadBytes) throw new FsFailure(refuse('read-cap'));
    if (!meter.charge('fsReadBytes', length)) throw new FsFailure(refuse('budget-read'));
  }

  #isAtEnd(length: number, wanted: number): boolean {
    return length < wanted && this.#source.size > 0 && this.#bytesRead >= this.#source.size;
  }

  #release(): void {
    this.#source.handle[Symbol.dispose]();
    this.#source.handles.remove(this);
  }
}

/** All bytes of a body in one array. */
export async function collectBody(body: FileBody): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
}
