/** What a booted worker without a skill may take: measured at 26 to 33 MiB of its own pages. */
export const IDLE_WORKER_MIB = 40;
/** What a call may add beyond its heap before the watchdog kills it: bundle text, V8's own tables, one buffer on its way. */
export const CALL_ALLOWANCE_MIB = 48;

/** What a spare needs beyond what it has, in MiB, to serve a call whose heap may have `memoryMiB`. */
export function leaseGrowthMiB(memoryMiB: number): number {
  return CALL_ALLOWANCE_MIB + memoryMiB;
}

/**
 * Who may use how much of the memory that all workers share. Every worker counts with the most it may take and not with what
 * it takes now, so the sum holds whatever the skills do.
 */
export class MemoryLedger<Owner> {
  readonly ceilingMiB: number;
  readonly #shares = new Map<Owner, number>();
  #reservedMiB = 0;

  constructor(ceilingMiB: number) {
    this.ceilingMiB = ceilingMiB;
  }

  get reservedMiB(): number {
    return this.#reservedMiB;
  }

  get freeMiB(): number {
    return this.ceilingMiB - this.#reservedMiB;
  }

  shareOf(owner: Owner): number {
    return this.#shares.get(owner) ?? 0;
  }

  /** Adds to an owner's share. Throws RangeError when it does not fit: whoever asks has looked at `freeMiB` before. */
  reserve(owner: Owner, mib: number): void {
    if (mib > this.freeMiB) throw new RangeError(`Cannot reserve ${mib} MiB: ${this.freeMiB} MiB are free`);
    this.#shares.set(owner, this.shareOf(owner) + mib);
    this.#reservedMiB += mib;
  }

  release(owner: Owner): void {
    this.#reservedMiB -= this.shareOf(owner);
    this.#shares.delete(owner);
  }
}
