import type { BreakerStatus } from './circuit-breaker.ts';

/** How busy a pool is at this moment. */
export interface PoolStats {
  /** Booted workers that wait for a call. */
  readonly spares: number;
  readonly booting: number;
  /** Lent workers that were not killed yet. */
  readonly busy: number;
  /** Processes: idle, booting, busy and dying ones. */
  readonly alive: number;
  /** Calls that wait for a worker, and how long the first of them has, in ms. */
  readonly waiting: number;
  readonly oldestWaitMs: number;
  /** How many spares the pool wants at the present demand. */
  readonly spareTarget: number;
  /** What the workers may take at most, as promised so far, and what it may come to. */
  readonly reservedMiB: number;
  readonly ceilingMiB: number;
  /** The breaker of the worker profile whose boots fail most. */
  readonly breaker: BreakerStatus;
}
