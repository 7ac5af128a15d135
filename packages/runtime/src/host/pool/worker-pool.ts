import type { LaunchFiles } from '../../jail/launch-files.ts';
import type { ReadyWorker } from './boot-worker.ts';
import { FairQueue } from './fair-queue.ts';
import type { LeaseRequest } from './lease-request.ts';
import { IDLE_WORKER_MIB, leaseGrowthMiB } from './memory-ledger.ts';
import type { PoolLimits } from './pool-limits.ts';
import type { PoolPowers } from './pool-powers.ts';
import { bootsSuspended, poolClosed, queueFull, tooLarge } from './pool-refusal.ts';
import type { PoolStats } from './pool-stats.ts';
import { type ProfileBook, ProfileBooks } from './profile-book.ts';
import { QuietTimer } from './quiet-timer.ts';
import { serveInTurn } from './serve-in-turn.ts';
import type { WorkerProfile } from './spawn-worker.ts';
import { Waiter } from './waiter.ts';
import { WorkerFleet } from './worker-fleet.ts';

export type { ReadyWorker } from './boot-worker.ts';
export type { LeaseRequest } from './lease-request.ts';
export type { PoolLimits } from './pool-limits.ts';
export type { PoolStats } from './pool-stats.ts';

/** A call that has run for so long is no short one: its spare is replaced without waiting for its end. */
const REFILL_DELAY_MS = 25;
/** Some boots long: shorter, and two tenants who share too few workers would spend their time booting for one another. */
const YIELD_AFTER_MS = 250;

/**
 * Keeps spares booted and lends each to exactly one borrower. A lent worker never comes back: whoever has it kills it, and its
 * place and memory are free when the kernel has reaped it. Calls that find no room wait in turn. Knows no skill.
 */
export class WorkerPool {
  readonly #now: () => number;
  readonly #limits: PoolLimits;
  readonly #reclaim: () => boolean;
  readonly #books: ProfileBooks;
  readonly #queue: FairQueue<Waiter>;
  readonly #fleet: WorkerFleet;
  /** Spares that may be booted before the next call comes: without it, spares that die at once would be booted for ever. */
  #sparesDue = 0;
  readonly #refillTimer = new QuietTimer(() => this.#refill());
  readonly #trimTimer = new QuietTimer(() => this.#trim());
  #closing: Promise<void> | undefined;

  /**
   * `reclaim` is asked when a call waits and there is no room: it may kill one lent worker that runs nothing, at once, and
   * tells whether it has.
   */
  constructor(
    powers: PoolPowers,
    files: LaunchFiles,
    limits: PoolLimits,
    defaultProfile: WorkerProfile,
    reclaim: () => boolean = () => false,
  ) {
    this.#now = powers.now;
    this.#limits = limits;
    this.#reclaim = reclaim;
    this.#books = new ProfileBooks(limits, defaultProfile);
    this.#queue = new FairQueue(limits.maxQueue);
    this.#fleet = new WorkerFleet(
      { powers, files, limits },
      {
        onSpare: () => this.#onSpare(),
        onBootFailed: (book, error) => this.#onBootFailed(book, error),
        onReaped: (wasLent) => (wasLent ? this.#refill() : this.#serve()),
      },
    );
  }

  /** Boots spares up to the minimum. Rejects when the first of them does not come up. */
  async warmUp(): Promise<void> {
    this.#sparesDue = this.#limits.maxSpares;
    await Promise.all(this.#bootMissing(this.#books.first, this.#limits.maxSpares));
    this.#sparesDue = 0;
  }

  /**
   * A ready worker, at once when a spare fits, else when its turn comes. Rejects with the reason of the signal when that fires
   * first.
   *
   * @throws RuntimeFailure ERR_CARAPACE_RUNTIME_BUSY when the queue is full, or when this call had to give its place in it to
   * somebody with fewer calls waiting; _RUNTIME_MEMORY when no worker may ever take so much; _WORKER_START when its worker
   * did not come up or starts are suspended; _RUNTIME_CLOSED
   */
  async lease(request: LeaseRequest): Promise<ReadyWorker> {
    if (this.#closing !== undefined) throw poolClosed();
    request.signal?.throwIfAborted();
    this.#assertFits(request.memoryMiB);
    const book = this.#books.of(request.profile);
    // Nobody who came before is overtaken, not even with a spare at hand.
    const spare = this.#queue.size === 0 ? this.#fleet.lend(book, request.memoryMiB) : undefined;
    if (spare !== undefined) {
      this.#onLent(book);
      return spare;
    }
    this.#assertBootable(book);
    const ready = this.#enqueue(book, request);
    this.#serve();
    return await ready;
  }

  /** A lent worker runs nothing now. If a call waits for room, `reclaim` is asked again. */
  noteIdle(): void {
    this.#serve();
  }

  /**
   * Whether a borrower whose call has ended should kill its worker rather than go on with it: somebody else has waited for a
   * while, and no place is on its way to him. Without that, who always has a next call would never give a worker back.
   */
  shouldYield(tenant: string, skill: string): boolean {
    if (this.#queue.size === 0 || this.#fleet.ending.count > 0) return false;
    const { booting } = this.#fleet;
    const before = this.#now() - YIELD_AFTER_MS;
    for (const { item, ...lane } of this.#queue.heads()) {
      if ((lane.tenant === tenant && lane.skill === skill) || item.since > before || booting.includes(item.book))
        continue;
      this.#queue.passTurn(tenant, skill);
      return true;
    }
    return false;
  }

  get stats(): PoolStats {
    const now = this.#now();
    const { idle, booting, busy, size, ledger } = this.#fleet;
    return {
      spares: idle.size,
      booting: booting.length,
      busy,
      alive: size,
      waiting: this.#queue.size,
      oldestWaitMs: this.#oldestWaitMs(now),
      spareTarget: this.#books.spareTarget(now),
      reservedMiB: ledger.reservedMiB,
      ceilingMiB: ledger.ceilingMiB,
      breaker: this.#books.worstBreaker(now),
    };
  }

  /** Refuses all who wait, kills every worker, and waits until the kernel has reaped all of them. Safe to call twice. */
  close(): Promise<void> {
    if (this.#closing !== undefined) return this.#closing;
    this.#refillTimer.clear();
    this.#trimTimer.clear();
    this.#closing = this.#fleet.close();
    for (const ticket of this.#queue.inTurn()) {
      this.#queue.remove(ticket);
      ticket.item.reject(poolClosed());
    }
    return this.#closing;
  }

  #assertFits(memoryMiB: number): void {
    const { ceilingMiB } = this.#fleet.ledger;
    const neededMiB = IDLE_WORKER_MIB + leaseGrowthMiB(memoryMiB);
    if (neededMiB > ceilingMiB) throw tooLarge(neededMiB, ceilingMiB);
  }

  /** Refused before it could take somebody's place in the queue. */
  #assertBootable(book: ProfileBook): void {
    const status = book.breaker.status(this.#now());
    if (status.retryInMs > 0 && this.#fleet.spareCount(book) === 0) throw bootsSuspended(status);
  }

  #enqueue(book: ProfileBook, request: LeaseRequest): Promise<ReadyWorker> {
    const now = this.#now();
    const waiter = new Waiter(request, book, now);
    const offer = this.#queue.offer(request.tenant, request.skill, waiter);
    if (offer.kind === 'refused') throw this.#queueFull(now);
    offer.displaced?.reject(this.#queueFull(now));
    waiter.listen(() => {
      this.#queue.remove(offer.ticket);
      this.#serve();
    });
    return waiter.ready;
  }

  #queueFull(now: number): Error {
    const { size: alive } = this.#fleet;
    return queueFull({ alive, waiting: this.#queue.size, oldestWaitMs: this.#oldestWaitMs(now) });
  }

  #oldestWaitMs(now: number): number {
    let oldest = now;
    for (const { item } of this.#queue.heads()) oldest = Math.min(oldest, item.since);
    return now - oldest;
  }

  #serve(): void {
    serveInTurn({
      queue: this.#queue,
      fleet: this.#fleet,
      now: this.#now,
      reclaim: this.#reclaim,
      onLent: (book) => this.#onLent(book),
    });
  }

  #onLent(book: ProfileBook): void {
    this.#sparesDue = this.#limits.maxSpares;
    book.target.noteLease(this.#now());
    this.#refillTimer.arm(REFILL_DELAY_MS);
    this.#trimTimer.arm(this.#limits.spareHoldMs);
  }

  #onSpare(): void {
    this.#trimTimer.arm(this.#limits.spareHoldMs);
    this.#refillTimer.arm(REFILL_DELAY_MS);
    this.#serve();
  }

  /** A call that waits for a worker of this kind learns why it gets none; the next may have more luck with the next boot. */
  #onBootFailed(book: ProfileBook, error: unknown): void {
    for (const ticket of this.#queue.inTurn()) {
      if (ticket.item.book !== book) continue;
      this.#queue.serve(ticket);
      ticket.item.reject(error);
      break;
    }
    this.#serve();
  }

  /**
   * Boots the spares that are missing, a few at a time, once nobody waits. A borrower's worker is replaced when it is gone: its
   * place is free then, and its call has its result; to start a process blocks this one for milliseconds.
   */
  #refill(): void {
    this.#serve();
    if (this.#queue.size > 0) return;
    const { spareBootsAtOnce } = this.#limits;
    for (const book of this.#books.all()) {
      for (const boot of this.#bootMissing(book, spareBootsAtOnce)) boot.catch(() => undefined);
    }
  }

  #bootMissing(book: ProfileBook, atOnce: number): readonly Promise<void>[] {
    const boots: Promise<void>[] = [];
    while (this.#sparesDue > 0 && this.#fleet.booting.length < atOnce && this.#wantsSpare(book)) {
      const admission = book.breaker.admit(this.#now());
      if (admission.kind === 'refused') break;
      this.#sparesDue -= 1;
      boots.push(this.#fleet.boot(book, admission));
    }
    return boots;
  }

  #wantsSpare(book: ProfileBook): boolean {
    const { ledger } = this.#fleet;
    const wanted = this.#fleet.spareCount(book) < book.target.at(this.#now());
    const allowed = this.#fleet.spareCount() < this.#limits.maxSpares;
    return wanted && allowed && this.#fleet.hasPlace() && ledger.freeMiB >= IDLE_WORKER_MIB;
  }

  /** Lets the spares go that the demand of late does not ask for, and looks again when it will have fallen further. */
  #trim(): void {
    const now = this.#now();
    for (const book of this.#books.all()) this.#fleet.idle.trim(book, book.target.at(now));
    const falls = this.#books.targetFallsInMs(now);
    if (falls !== undefined) this.#trimTimer.arm(Math.ceil(falls));
  }
}
