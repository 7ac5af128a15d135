import type { ReadyWorker } from './boot-worker.ts';
import type { ProfileBook } from './profile-book.ts';
import type { WorkerProcess } from './worker-process.ts';

interface Spare extends ReadyWorker {
  readonly book: ProfileBook;
}

/** The booted workers that wait for a call. They keep no program alive, and one that speaks or dies is none any more. */
export class IdleSpares {
  #spares: readonly Spare[] = [];

  get size(): number {
    return this.#spares.length;
  }

  countOf(book: ProfileBook): number {
    return this.#spares.filter((spare) => spare.book === book).length;
  }

  put(book: ProfileBook, { worker, layers }: ReadyWorker): void {
    worker.attach({
      // It has seen no skill, so something is wrong with a worker that speaks unasked.
      onFrame: () => {
        this.#drop(worker);
        void worker.kill('protocol');
      },
      onViolation: () => this.#drop(worker),
      onExit: () => this.#drop(worker),
    });
    worker.holdHost(false);
    this.#spares = [...this.#spares, { book, worker, layers }];
  }

  take(book: ProfileBook): ReadyWorker | undefined {
    const spare = this.#spares.find((candidate) => candidate.book === book && candidate.worker.alive);
    if (spare === undefined) return undefined;
    this.#drop(spare.worker);
    spare.worker.holdHost(true);
    return spare;
  }

  /** Kills the oldest spare that a call of the kind `keep` can do without. False when there is none. */
  retire(keep: ProfileBook): boolean {
    const other = this.#spares.find(({ book }) => book !== keep);
    const surplus = other ?? (this.size > 1 ? this.#spares[0] : undefined);
    if (surplus !== undefined) this.#kill(surplus.worker);
    return surplus !== undefined;
  }

  /** Kills the oldest spares of a kind beyond `count`. */
  trim(book: ProfileBook, count: number): void {
    const own = this.#spares.filter((spare) => spare.book === book);
    for (const { worker } of own.slice(0, Math.max(0, own.length - count))) this.#kill(worker);
  }

  clear(): void {
    this.#spares = [];
  }

  /** Its room is free once it is reaped. */
  #kill(worker: WorkerProcess): void {
    this.#drop(worker);
    void worker.kill('closed');
  }

  #drop(worker: WorkerProcess): void {
    this.#spares = this.#spares.filter((spare) => spare.worker !== worker);
  }
}
