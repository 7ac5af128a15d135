/** Bounds of a worker pool. */
export interface PoolLimits {
  /** Idle, booted workers kept ready whatever the demand. */
  readonly spares: number;
  /** Idle, booted workers kept ready at the highest demand. */
  readonly maxSpares: number;
  /** Workers alive at once, spares and dying ones included. */
  readonly maxWorkers: number;
  /** What all workers together may take, in MiB; each counts with the most it is allowed. */
  readonly maxWorkerMemoryMiB: number;
  /** Calls that may wait for a worker; the next one is refused. */
  readonly maxQueue: number;
  /** Spares that are booted at the same time while calls may run. A call that waits has its worker booted whatever else is. */
  readonly spareBootsAtOnce: number;
  /** How long a worker may take to boot, in ms. */
  readonly startTimeoutMs: number;
  /** How long a peak of demand keeps spares, in ms. */
  readonly spareHoldMs: number;
}
