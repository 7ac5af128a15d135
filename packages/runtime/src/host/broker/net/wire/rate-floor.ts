import type { NetLimits } from '../net-limits.ts';

/** Where a transfer stands. */
export interface TransferState {
  /** Bytes moved so far, both ways. */
  readonly moved: number;
  /** Whether only the peer is waited for. Time in which the guest does not read is not held against the peer. */
  readonly awaitsPeer: boolean;
}

/**
 * Tells a transfer that trickles from one that moves. A timeout between two chunks never fires on one byte every 200 ms, and
 * each such body would hold a connection and a call until the deadline.
 */
export class RateFloor {
  readonly #limits: NetLimits;
  #at: number;
  #moved = 0;
  #waitedMs = 0;

  constructor(limits: NetLimits, now: number) {
    this.#limits = limits;
    this.#at = now;
  }

  /** To be asked about every second. True: too slow over a whole window of waiting. */
  isBelow(now: number, { moved, awaitsPeer }: TransferState): boolean {
    const elapsed = now - this.#at;
    this.#at = now;
    if (!awaitsPeer) return false;
    this.#waitedMs += elapsed;
    if (this.#waitedMs < this.#limits.rateWindowMs) return false;
    const bytes = moved - this.#moved;
    const isBelow = bytes * 1_000 < this.#limits.minBytesPerSecond * this.#waitedMs;
    this.#moved = moved;
    this.#waitedMs = 0;
    return isBelow;
  }
}
