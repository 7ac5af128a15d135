/** What one broker has open while it waits for the disk or for a reader. Attack: open 10,000 files and never read them. */
export class OpenHandles implements AsyncDisposable {
  readonly #limit: number;
  readonly #open: Set<AsyncDisposable> = new Set();
  #closed = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  get isFull(): boolean {
    return this.#open.size >= this.#limit;
  }

  /** From here until {@link remove}, ending the broker closes the handle. */
  add(handle: AsyncDisposable): void {
    this.#open.add(handle);
  }

  remove(handle: AsyncDisposable): void {
    this.#open.delete(handle);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    const open = [...this.#open];
    this.#open.clear();
    await Promise.allSettled(open.map((handle) => handle[Symbol.asyncDispose]()));
  }
}
