import type { Bar, BenchRow } from './row.ts';
import type { Summary } from './statistics.ts';

/** Whether every figure of the bar is reached. A ratio that could not be taken is not reached. */
export function judge(bar: Bar, better: BenchRow['better'], summary: Summary, ratio: number | undefined): boolean {
  const reaches = (figure: number, wanted: number | undefined): boolean => {
    if (wanted === undefined) return true;
    return better === 'lower' ? figure <= wanted : figure >= wanted;
  };
  return reaches(summary.p50, bar.p50) && reaches(summary.p99, bar.p99) && reaches(ratio ?? Number.NaN, bar.ratio);
}
