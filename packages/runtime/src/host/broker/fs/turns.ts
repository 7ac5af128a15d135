/** One at a time, in order of asking. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  async take<Value>(work: () => Promise<Value> | Value): Promise<Value> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    await before;
    try {
      return await work();
    } finally {
      resolve();
    }
  }
}
