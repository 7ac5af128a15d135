import type { LeaseRequest } from '../pool/lease-request.ts';
import type { WorkerPool } from '../pool/worker-pool.ts';
import { type Borrower, isKept, Lease, type RetiredWorker } from './lease.ts';
import { RECYCLE_RULES, type RecycleReason, type RecycleRule, recycleReason } from './recycle-rule.ts';
import { awaitRenewal } from './renewal.ts';
import { SessionTurns } from './session-turns.ts';
import { Shelf } from './shelf.ts';

/** A wish for a worker: what the pool must know, and for whom it is. */
export interface LeaseWish extends LeaseRequest, Borrower {
  /** Processor budget of the call, in ms. */
  readonly cpuMs: number;
}

export interface LeaseParts {
  readonly pool: Pick<WorkerPool, 'lease' | 'noteIdle' | 'shouldYield'>;
  readonly now: () => number;
  readonly maxQueue: number;
  readonly rules?: Readonly<Record<'skill' | 'session', RecycleRule>>;
  /** How often idle workers are looked through, in ms. */
  readonly sweepMs?: number;
}

/** How many workers outlive their calls. */
export interface LeaseStats {
  /** Idle ones that wait for the next call of their key. */
  readonly warm: number;
  /** Calls that wait for the turn of their session. */
  readonly waitingForSession: number;
}

const SWEEP_MS = 5_000;

/**
 * Lends workers to calls and decides what becomes of them. `call`: from the pool, and killed. `skill`: kept for its key, with
 * a fresh isolate for each call. `session`: kept with its isolate. A worker never changes its key.
 */
export class WorkerLeases {
  readonly #parts: LeaseParts;
  readonly #rules: Readonly<Record<'skill' | 'session', RecycleRule>>;
  readonly #shelf = new Shelf();
  readonly #turns: SessionTurns;
  /** Workers between two calls that are not ready yet. */
  readonly #renewing = new Set<Lease>();
  readonly #sweep: NodeJS.Timeout;
  #closed = false;

  constructor(parts: LeaseParts) {
    this.#parts = parts;
    this.#rules = parts.rules ?? RECYCLE_RULES;
    this.#turns = new SessionTurns(parts.maxQueue);
    this.#sweep = setInterval(() => this.#retireIdle(), parts.sweepMs ?? SWEEP_MS).unref();
  }

  get stats(): LeaseStats {
    return { warm: this.#shelf.all().length, waitingForSession: this.#turns.waiting };
  }

  /** A worker of this key that waits already, without waiting for anything: the way of a warm call. */
  takeReady(wish: LeaseWish): Lease | undefined {
    if (wish.isolation === 'session' && !this.#turns.enterFree(wish.key.text)) return undefined;
    const lease = this.#takeIdle(wish);
    if (lease === undefined && wish.isolation === 'session') this.#turns.leave(wish.key.text);
    return lease;
  }

  /** A worker for one call. Rejects as the pool does, or with the signal's reason. */
  async lease(wish: LeaseWish): Promise<Lease> {
    switch (wish.isolation) {
      case 'call':
        return this.#fromPool(wish);
      case 'skill':
        return this.#takeIdle(wish) ?? this.#firstToCome(wish);
      case 'session':
        return this.#inTurn(wish);
    }
  }

  /** Ends the loan. A worker that its call has kept waits for the next one, if its isolation allows; any other is killed. */
  giveBack(lease: Lease, wish: LeaseWish, kept: boolean): void {
    lease.calls += 1;
    if (!kept || !lease.keepable || !lease.worker.alive) void lease.worker.kill('call-ended');
    else if (lease.isolation === 'skill') void this.#renew(lease, wish);
    else this.#shelveUnlessWorn(lease, wish);
    if (lease.isolation === 'session') this.#turns.leave(lease.key.text);
  }

  /** Ends the idle worker that is missed least: without state before with state, the longest unused first. */
  reclaim(): boolean {
    const idle = this.#shelf.all().toSorted((one, other) => one.idleSince - other.idleSince);
    const victim = idle.find(({ isolation }) => isolation === 'skill') ?? idle[0];
    if (victim === undefined) return false;
    this.#retire(victim, 'reclaimed');
    return true;
  }

  /** Ends the workers of a skill under its grants. Those in use are the business of their calls. */
  retireSkill(skill: string): void {
    for (const lease of this.#between()) if (lease.key.skill === skill) this.#retire(lease, 'skill-closed');
  }

  /** Ends every worker between two calls, and from now on each that is given back. */
  close(): void {
    this.#closed = true;
    clearInterval(this.#sweep);
    for (const lease of this.#between()) this.#retire(lease, 'runtime-closed');
  }

  /** Every worker between two calls. */
  #between(): readonly Lease[] {
    return [...this.#shelf.all(), ...this.#renewing];
  }

  async #fromPool(wish: LeaseWish, signal: AbortSignal | undefined = wish.signal): Promise<Lease> {
    const { profile, tenant, skill, memoryMiB } = wish;
    const ready = await this.#parts.pool.lease({ profile, tenant, skill, memoryMiB, signal });
    return new Lease(ready, wish, this.#parts.now());
  }

  #takeIdle(wish: LeaseWish): Lease | undefined {
    for (let lease = this.#shelf.take(wish.key.text); lease; lease = this.#shelf.take(wish.key.text)) {
      if (lease.worker.listens) {
        lease.worker.holdHost(true);
        return lease;
      }
      this.#retire(lease, 'anomaly');
    }
    return undefined;
  }

  async #inTurn(wish: LeaseWish): Promise<Lease> {
    await this.#turns.enter(wish.key.text, wish.signal);
    try {
      wish.signal?.throwIfAborted();
      return this.#takeIdle(wish) ?? (await this.#fromPool(wish));
    } catch (error) {
      this.#turns.leave(wish.key.text);
      throw error;
    }
  }

  /** A new worker from the pool, or one of this key that comes back meanwhile: whichever is first. */
  #firstToCome(wish: LeaseWish): Promise<Lease> {
    const { promise, resolve, reject } = Promise.withResolvers<Lease>();
    const noNeed = new AbortController();
    const { signal } = wish;
    const stopAsking = this.#shelf.ask(wish.key.text, (lease) => {
      noNeed.abort();
      lease.worker.holdHost(true);
      resolve(lease);
    });
    this.#fromPool(wish, signal === undefined ? noNeed.signal : AbortSignal.any([signal, noNeed.signal])).then(
      (lease) => {
        stopAsking();
        if (noNeed.signal.aborted) this.#shelve(lease);
        else resolve(lease);
      },
      (error: unknown) => {
        stopAsking();
        reject(error);
      },
    );
    return promise;
  }

  async #renew(lease: Lease, wish: LeaseWish): Promise<void> {
    lease.opened = false;
    this.#renewing.add(lease);
    const renewed = await awaitRenewal(lease.worker);
    this.#renewing.delete(lease);
    if (renewed && lease.worker.alive) this.#shelveUnlessWorn(lease, wish);
    else this.#retire(lease, 'anomaly');
  }

  #shelveUnlessWorn(lease: Lease, wish: LeaseWish): void {
    const reason = this.#endOfService(lease, wish);
    if (reason === undefined) this.#shelve(lease);
    else this.#retire(lease, reason);
  }

  #endOfService(lease: Lease, wish: LeaseWish): RetiredWorker['reason'] | undefined {
    if (this.#closed) return 'runtime-closed';
    // Who always has a next call would keep a worker for ever while others wait for one.
    if (this.#parts.pool.shouldYield(wish.tenant, wish.skill)) return 'reclaimed';
    return this.#wornOut(lease, wish);
  }

  #wornOut(lease: Lease, { profile, cpuMs }: LeaseWish): RecycleReason | undefined {
    if (!isKept(lease.isolation)) return undefined;
    // A session has just been measured by its call; what a renewal gave back and used must be measured now.
    const { cpuMs: cpuUsedMs, residentBytes } = lease.isolation === 'skill' ? lease.measure() : lease.usage;
    const wear = {
      calls: lease.calls,
      ageMs: this.#parts.now() - lease.since,
      growthMiB: (residentBytes - lease.base.residentBytes) / 2 ** 20,
      cpuLeftMs: profile.cpuSeconds * 1000 - cpuUsedMs,
    };
    return recycleReason(this.#rules[lease.isolation], wear, cpuMs);
  }

  #shelve(lease: Lease): void {
    const { worker } = lease;
    lease.idleSince = this.#parts.now();
    const anomaly = (): void => this.#retire(lease, 'anomaly');
    worker.attach({ onFrame: anomaly, onViolation: anomaly, onExit: anomaly });
    if (this.#shelf.put(lease)) return;
    worker.holdHost(false);
    this.#parts.pool.noteIdle();
  }

  #retire(lease: Lease, reason: RetiredWorker['reason']): void {
    this.#shelf.remove(lease);
    lease.retire(reason);
  }

  #retireIdle(): void {
    const now = this.#parts.now();
    for (const lease of this.#shelf.all()) {
      if (!isKept(lease.isolation)) continue;
      const rule = this.#rules[lease.isolation];
      if (now - lease.idleSince >= rule.maxIdleMs) this.#retire(lease, 'idle');
      else if (now - lease.since >= rule.maxAgeMs) this.#retire(lease, 'recycled: age');
    }
  }
}
