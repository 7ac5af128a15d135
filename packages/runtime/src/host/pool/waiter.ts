import type { ReadyWorker } from './boot-worker.ts';
import type { LeaseRequest } from './lease-request.ts';
import type { ProfileBook } from './profile-book.ts';

/** A call that waits for a worker. Settles once, and leaves no listener on the caller's signal. */
export class Waiter {
  readonly request: LeaseRequest;
  readonly book: ProfileBook;
  /** When it began to wait, in ms of the pool's clock. */
  readonly since: number;
  readonly #settling = Promise.withResolvers<ReadyWorker>();
  #stopListening: () => void = () => undefined;

  constructor(request: LeaseRequest, book: ProfileBook, since: number) {
    this.request = request;
    this.book = book;
    this.since = since;
  }

  get ready(): Promise<ReadyWorker> {
    return this.#settling.promise;
  }

  /** Rejects with the signal's reason when it fires, after `leave` has taken the call out of the queue. */
  listen(leave: () => void): void {
    const { signal } = this.request;
    const onAbort = (): void => {
      leave();
      this.#settling.reject(signal?.reason);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#stopListening = () => signal?.removeEventListener('abort', onAbort);
  }

  resolve(ready: ReadyWorker): void {
    this.#stopListening();
    this.#settling.resolve(ready);
  }

  reject(reason: unknown): void {
    this.#stopListening();
    this.#settling.reject(reason);
  }
}
