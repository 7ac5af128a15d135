import { createBootBreaker } from './boot-breaker.ts';
import type { BreakerStatus, CircuitBreaker } from './circuit-breaker.ts';
import type { PoolLimits } from './pool-limits.ts';
import { SpareTarget } from './spare-target.ts';
import type { WorkerProfile } from './spawn-worker.ts';

/** What a pool knows about one kind of worker. Workers of one kind are interchangeable until they see a skill. */
export interface ProfileBook {
  readonly profile: WorkerProfile;
  readonly breaker: CircuitBreaker;
  readonly target: SpareTarget;
}

/** The books of all kinds of worker that were asked for. There are as many as the host has profiles: a handful. */
export class ProfileBooks {
  readonly #limits: PoolLimits;
  readonly #books = new Map<string, ProfileBook>();
  readonly first: ProfileBook;

  /** Only the first profile has spares without any demand. */
  constructor(limits: PoolLimits, firstProfile: WorkerProfile) {
    this.#limits = limits;
    this.first = this.#open(firstProfile, limits.spares);
  }

  of(profile: WorkerProfile): ProfileBook {
    return this.#books.get(keyOf(profile)) ?? this.#open(profile, 0);
  }

  all(): Iterable<ProfileBook> {
    return this.#books.values();
  }

  /** Spares wanted in all. */
  spareTarget(now: number): number {
    let wanted = 0;
    for (const { target } of this.all()) wanted += target.at(now);
    return Math.min(wanted, this.#limits.maxSpares);
  }

  /** Time until some target falls, in ms; undefined when none will. */
  targetFallsInMs(now: number): number | undefined {
    const falls = [...this.all()].map(({ target }) => target.fallsInMs(now)).filter((fall) => fall !== undefined);
    return falls.length === 0 ? undefined : Math.min(...falls);
  }

  worstBreaker(now: number): BreakerStatus {
    const statuses = [...this.all()].map(({ breaker }) => breaker.status(now));
    return statuses.reduce((worst, status) => (status.failures > worst.failures ? status : worst));
  }

  #open(profile: WorkerProfile, minimum: number): ProfileBook {
    const { maxSpares, spareHoldMs } = this.#limits;
    const book = {
      profile,
      breaker: createBootBreaker(),
      target: new SpareTarget({ minimum, ceiling: maxSpares, holdMs: spareHoldMs }),
    };
    this.#books.set(keyOf(profile), book);
    return book;
  }
}

/** Every field counts: a worker with other layers than asked for must not be taken for one that has them. */
function keyOf(profile: WorkerProfile): string {
  return JSON.stringify(profile);
}
