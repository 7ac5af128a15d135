/** Between what the number of spares moves. */
export interface SpareBounds {
  readonly minimum: number;
  readonly ceiling: number;
  /** How long a peak of demand is remembered, in ms. */
  readonly holdMs: number;
}

interface Peak {
  readonly at: number;
  readonly demand: number;
}

/** Measured on an idle machine; replaced by what this one needs as soon as it has booted a worker. */
const FIRST_GUESS_MS = 150;
/** Weight of the newest boot in the average. */
const WEIGHT = 0.2;

/**
 * How many spares to keep: as many as calls have come within the time that one boot takes, at the highest peak that is
 * remembered. So a burst that was seen once finds spares the next time. Times are milliseconds of the caller's clock.
 */
export class SpareTarget {
  readonly #bounds: SpareBounds;
  #bootMs = FIRST_GUESS_MS;
  /** Starts of the latest leases, no more than the ceiling. */
  #recent: readonly number[] = [];
  /** Newest last, demand falling strictly: the first is the one that counts now. */
  #peaks: readonly Peak[] = [];

  constructor(bounds: SpareBounds) {
    this.#bounds = bounds;
  }

  noteBoot(durationMs: number): void {
    this.#bootMs += (durationMs - this.#bootMs) * WEIGHT;
  }

  noteLease(now: number): void {
    const { ceiling } = this.#bounds;
    if (ceiling === 0) return;
    this.#recent = [...this.#recent.filter((start) => start > now - this.#bootMs), now].slice(-ceiling);
    const demand = this.#recent.length;
    this.#peaks = [...this.#peaks.filter((peak) => peak.demand > demand), { at: now, demand }];
  }

  at(now: number): number {
    const { minimum, ceiling } = this.#bounds;
    return Math.min(ceiling, Math.max(minimum, this.#remembered(now)[0]?.demand ?? 0));
  }

  /** Time until the target may fall, in ms; undefined when it will not. */
  fallsInMs(now: number): number | undefined {
    const highest = this.#remembered(now)[0];
    return highest === undefined || highest.demand <= this.#bounds.minimum
      ? undefined
      : highest.at + this.#bounds.holdMs - now;
  }

  #remembered(now: number): readonly Peak[] {
    this.#peaks = this.#peaks.filter(({ at }) => at > now - this.#bounds.holdMs);
    return this.#peaks;
  }
}
