import { Readable, type Transform } from 'node:stream';
import { toWireFailure } from '../wire/wire-failure.ts';
import type { BodySource } from './body-source.ts';
import { type ContentCoding, createDecoder } from './content-coding.ts';

/**
 * Undoes a content coding. The decoder works only as far as it is read: of a bomb, no more than one chunk is ever blown up
 * beyond what the budget allows.
 */
export class DecodedBody implements BodySource, Disposable {
  readonly #decoder: Transform;
  readonly #input: Readable;
  readonly #pieces: AsyncIterator<unknown>;

  constructor(source: BodySource, coding: Exclude<ContentCoding, 'identity'>) {
    this.#decoder = createDecoder(coding);
    this.#input = Readable.from(piecesOf(source), { objectMode: false, highWaterMark: 1 });
    this.#input.once('error', (error) => this.#decoder.destroy(error));
    this.#pieces = this.#input.pipe(this.#decoder)[Symbol.asyncIterator]();
  }

  async pull(): Promise<Uint8Array | undefined> {
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
    this.#input.destroy();
    this.#decoder.destroy();
  }
}

async function* piecesOf(source: BodySource): AsyncGenerator<Uint8Array, void, undefined> {
  for (let piece = await source.pull(); piece !== undefined; piece = await source.pull()) yield piece;
}
