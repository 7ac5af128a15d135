import type { LaunchFiles } from '../../jail/launch-files.ts';
import { bootWorker, type ReadyWorker } from './boot-worker.ts';
import { IdleSpares } from './idle-spares.ts';
import { IDLE_WORKER_MIB, leaseGrowthMiB, MemoryLedger } from './memory-ledger.ts';
import type { PoolLimits } from './pool-limits.ts';
import type { PoolPowers } from './pool-powers.ts';
import { poolClosed } from './pool-refusal.ts';
import type { ProfileBook } from './profile-book.ts';
import type { WorkerProfile } from './spawn-worker.ts';
import { WorkerProcess } from './worker-process.ts';

export interface FleetParts {
  readonly powers: PoolPowers;
  readonly files: LaunchFiles;
  readonly limits: PoolLimits;
}

/** What makes it worth while to look again whether somebody can be served. None of them is called once the fleet is closed. */
export interface FleetEvents {
  onSpare(): void;
  onBootFailed(book: ProfileBook, error: unknown): void;
  /** A place and the memory of a worker are free. `wasLent`: it had been given to a borrower. */
  onReaped(wasLent: boolean): void;
}

/** All worker processes of a pool, from spawn to reaping, with the places and the memory they take. Knows nobody who waits. */
export class WorkerFleet {
  readonly idle: IdleSpares = new IdleSpares();
  readonly ledger: MemoryLedger<WorkerProcess>;
  readonly #parts: FleetParts;
  readonly #events: FleetEvents;
  readonly #alive = new Set<WorkerProcess>();
  /** Workers that were lent and are not reaped yet. */
  readonly #lent = new Set<WorkerProcess>();
  /** Workers of which it is not yet recorded whether they came up. */
  readonly #starting = new Set<WorkerProcess>();
  /** The kind of each worker that is being booted. */
  #booting: readonly ProfileBook[] = [];
  #closed = false;

  constructor(parts: FleetParts, events: FleetEvents) {
    this.#parts = parts;
    this.#events = events;
    this.ledger = new MemoryLedger(parts.limits.maxWorkerMemoryMiB);
  }

  get booting(): readonly ProfileBook[] {
    return this.#booting;
  }

  /** Processes, dying ones included. */
  get size(): number {
    return this.#alive.size;
  }

  get busy(): number {
    return [...this.#lent].filter(({ alive }) => alive).length;
  }

  /** Workers that were killed and are not reaped yet: their places and memory will be free in a moment. */
  get ending(): { readonly count: number; readonly mib: number } {
    const dying = [...this.#alive].filter(({ alive }) => !alive);
    return { count: dying.length, mib: dying.reduce((sum, worker) => sum + this.ledger.shareOf(worker), 0) };
  }

  hasPlace(): boolean {
    return this.#alive.size < this.#parts.limits.maxWorkers;
  }

  /** Spares and workers on their way to be one. */
  spareCount(book?: ProfileBook): number {
    const coming = book === undefined ? this.#booting : this.#booting.filter((other) => other === book);
    return coming.length + (book === undefined ? this.idle.size : this.idle.countOf(book));
  }

  /** Starts a worker, which will be a spare. What became of it is recorded before the promise settles. */
  boot(book: ProfileBook, admission: { readonly trial: boolean }): Promise<void> {
    const since = this.#parts.powers.now();
    this.#booting = [...this.#booting, book];
    return this.#launch(book.profile).then(
      (ready) => this.#onBooted(book, admission, ready, since),
      (error: unknown) => this.#onBootFailed(book, admission, error),
    );
  }

  /** A spare for a call whose heap may have `memoryMiB`, or undefined when there is no spare or no memory for it. */
  lend(book: ProfileBook, memoryMiB: number): ReadyWorker | undefined {
    const growth = leaseGrowthMiB(memoryMiB);
    const ready = growth > this.ledger.freeMiB ? undefined : this.idle.take(book);
    if (ready === undefined) return undefined;
    this.ledger.reserve(ready.worker, growth);
    this.#lent.add(ready.worker);
    return ready;
  }

  /** Kills every worker, those that are being booted too, and waits until the kernel has reaped all of them. */
  async close(): Promise<void> {
    this.#closed = true;
    this.idle.clear();
    await Promise.all([...this.#alive].map((worker) => worker.kill('closed')));
  }

  async #launch(profile: WorkerProfile): Promise<ReadyWorker> {
    const { powers, files, limits } = this.#parts;
    const worker = new WorkerProcess(powers, files, profile);
    this.#alive.add(worker);
    void worker.exited.then(() => this.#onReaped(worker));
    this.ledger.reserve(worker, IDLE_WORKER_MIB);
    this.#starting.add(worker);
    try {
      return await bootWorker(worker, limits.startTimeoutMs);
    } finally {
      this.#starting.delete(worker);
    }
  }

  #onBooted(book: ProfileBook, admission: { readonly trial: boolean }, ready: ReadyWorker, since: number): void {
    this.#endBoot(book);
    if (this.#closed) throw poolClosed();
    const now = this.#parts.powers.now();
    book.breaker.record(admission, 'good', now);
    book.target.noteBoot(now - since);
    this.idle.put(book, ready);
    this.#events.onSpare();
  }

  #onBootFailed(book: ProfileBook, admission: { readonly trial: boolean }, error: unknown): never {
    this.#endBoot(book);
    if (this.#closed) throw poolClosed();
    book.breaker.record(admission, 'bad', this.#parts.powers.now());
    this.#events.onBootFailed(book, error);
    throw error;
  }

  #endBoot(book: ProfileBook): void {
    this.#booting = this.#booting.toSpliced(this.#booting.indexOf(book), 1);
  }

  #onReaped(worker: WorkerProcess): void {
    this.#alive.delete(worker);
    this.ledger.release(worker);
    const wasLent = this.#lent.delete(worker);
    // That a boot has failed is recorded first: who looks again before that starts one too many.
    if (!this.#closed && !this.#starting.has(worker)) this.#events.onReaped(wasLent);
  }
}
