import type { BenchRow } from './row.ts';

export interface Summary {
  readonly n: number;
  readonly p50: number;
  /** The value that 99 of 100 samples are at least as good as. */
  readonly p99: number;
  readonly min: number;
}

/**
 * Nearest rank: the smallest sample that at least `percent` of all samples do not exceed. No interpolation, so every figure
 * in a report was really measured.
 *
 * @throws RangeError without samples, for a sample that is not finite, or for a percentage outside 0 to 100
 */
export function percentile(samples: readonly number[], percent: number): number {
  if (!(percent >= 0 && percent <= 100))
    throw new RangeError(`Cannot take percentile "${percent}": not within 0 to 100`);
  const wrong = samples.find((sample) => !Number.isFinite(sample));
  if (wrong !== undefined) throw new RangeError(`Cannot take percentile of "${wrong}": not a finite number`);
  const sorted = samples.toSorted((one, other) => one - other);
  const value = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('Cannot take percentile of "[]": there are no samples');
  return value;
}

/** @throws RangeError as `percentile` does */
export function summarise(samples: readonly number[], better: BenchRow['better']): Summary {
  return {
    n: samples.length,
    p50: percentile(samples, 50),
    p99: better === 'lower' ? percentile(samples, 99) : percentile(samples, 1),
    min: percentile(samples, 0),
  };
}
