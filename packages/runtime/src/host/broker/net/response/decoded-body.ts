import { Readable } from 'node:stream';
import { toWireFailure } from '../wire/wire-failure.ts';
import type { BodySource } from './body-source.ts';
import { type ContentCoding, createDecoder } from './content-coding.ts';

/**
 * Undoes a content coding. Nothing is decoded before somebody pulls, and then only as far as it is read: of a bomb, no more than
 * one chunk is ever blown up beyond what the budget allows.
 */
export class DecodedBody implements BodySource, Disposable {
  readonly #source: BodySource;
  readonly #coding: Exclude<ContentCoding, 'identity'>;
  #pieces: AsyncIterator<unknown> | undefined;
  #stop: (() => void) | undefined;

  constructor(source: BodySource, coding: Exclude<ContentCoding, 'identity'>) {
    this.#source = source;
    this.#coding = coding;
  }

  async pull(): Promise<Uint8Array | undefined> {
    this.#pieces ??= this.#open();
    try {
      const { done, value } = await this.#pieces.next();
      if (done === true) return undefined;
      if (value instanceof Uint8Array) return value;
    } catch (error) {
      throw toWireFailure(error);
    }
    throw new TypeError('Cannot decode a response: the decoder gave something else than bytes');
  }

  [Symbol.dispose](): void {
    this.#stop?.();
  }

  #open(): AsyncIterator<unknown> {
    const decoder = createDecoder(this.#coding);
    const input = Readable.from(piecesOf(this.#source), { objectMode: false, highWaterMark: 1 });
    // Both may fail between two pulls, when nobody waits; the next pull is told.
    decoder.on('error', () => undefined);
    input.on('error', (error) => decoder.destroy(error));
    this.#stop = () => {
      input.destroy();
      decoder.destroy();
    };
    return input.pipe(decoder)[Symbol.asyncIterator]();
  }
}

async function* piecesOf(source: BodySource): AsyncGenerator<Uint8Array, void, undefined> {
  for (let piece = await source.pull(); piece !== undefined; piece = await source.pull()) yield piece;
}
