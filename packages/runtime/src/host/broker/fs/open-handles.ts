import type { RequestId } from '../../../protocol/messages.ts';

/** What one broker has open while it waits for the disk or for a reader. Attack: open 10,000 files and never read them. */
export class OpenHandles<Named extends AsyncDisposable = AsyncDisposable> implements AsyncDisposable {
  readonly #limit: number;
  readonly #open: Set<AsyncDisposable> = new Set();
  readonly #named: Map<RequestId, Named> = new Map();
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

  get(id: RequestId): Named | undefined {
    return this.#named.get(id);
  }

  /** False: the id is taken, so it would change what another handle means. */
  name(id: RequestId, handle: Named): boolean {
    if (this.#named.has(id)) return false;
    this.#named.set(id, handle);
    this.add(handle);
    return true;
  }

  forget(id: RequestId, handle: Named): void {
    this.#named.delete(id);
    this.remove(handle);
  }

  /** Nothing new from here; what is under way looks here before it goes on. */
  close(): void {
    this.#closed = true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
    const open = [...this.#open];
    this.#open.clear();
    this.#named.clear();
    await Promise.allSettled(open.map((handle) => handle[Symbol.asyncDispose]()));
  }
}
