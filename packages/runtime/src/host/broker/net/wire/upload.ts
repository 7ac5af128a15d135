import type { EffectFailure } from '../../effect.ts';

/**
 * A request body on its way from the guest to the socket. It holds one piece: `push` is answered when the socket has taken that
 * piece, so a server that does not read makes the skill wait and not the host's memory grow.
 */
export class Upload implements AsyncIterable<Uint8Array> {
  #piece: Uint8Array | undefined;
  #isLast = false;
  #failure: EffectFailure | undefined;
  #taken: PromiseWithResolvers<void> | undefined;
  #arrived: PromiseWithResolvers<void> | undefined;
  #sent = 0;
  #isUnwanted = false;

  /** Bytes that the socket has taken. */
  get sent(): number {
    return this.#sent;
  }

  /** Whether a piece waits for the socket. */
  get awaitsPeer(): boolean {
    return this.#piece !== undefined;
  }

  /** Whether another piece may come: the last one was not announced, and none waits. */
  get isReady(): boolean {
    return !this.#isLast && this.#piece === undefined;
  }

  /** Hands over the next piece. Rejects with the failure of the request. Call it only when `isReady`. */
  async push(piece: Uint8Array, isLast: boolean): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    // The server has answered without reading to the end: the rest is not an error, nobody wants it.
    if (this.#isUnwanted) return;
    this.#piece = piece;
    this.#isLast = isLast;
    this.#taken = Promise.withResolvers();
    this.#arrived?.resolve();
    await this.#taken.promise;
  }

  /** Ends it: whoever waits on either side is told. */
  fail(failure: EffectFailure): void {
    this.#failure ??= failure;
    this.#piece = undefined;
    this.#taken?.reject(failure);
    this.#arrived?.resolve();
  }

  /** The socket's side. A piece counts as taken when the next one is asked for, which is when the socket has drained. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      while (!this.#isLast || this.#piece !== undefined) {
        const piece = await this.#next();
        if (piece.byteLength > 0) yield piece;
        this.#sent += piece.byteLength;
        this.#piece = undefined;
        this.#taken?.resolve();
      }
    } finally {
      this.#isUnwanted = true;
      this.#piece = undefined;
      this.#taken?.resolve();
    }
  }

  async #next(): Promise<Uint8Array> {
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure;
      if (this.#piece !== undefined) return this.#piece;
      this.#arrived = Promise.withResolvers();
      await this.#arrived.promise;
    }
  }
}
