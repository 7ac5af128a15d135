import type { Ratio, Verdict } from './report.ts';
import type { Bar, BenchRow } from './row.ts';
import type { Summary } from './statistics.ts';

interface Judged {
  readonly bar: Bar | undefined;
  readonly better: BenchRow['better'];
  readonly summary: Summary;
  readonly ratios: readonly Ratio[];
}

/** Whether every figure that a bar asks for is reached; undefined when none asks for anything. */
export function judge({ bar = {}, better, summary, ratios }: Judged): Verdict | undefined {
  const pairs: (readonly [figure: number | undefined, wanted: number | undefined])[] = [
    [summary.p50, bar.p50],
    [summary.p99, bar.p99],
    ...ratios.map(({ ratio, bar: wanted }) => [ratio, wanted] as const),
  ];
  const verdicts = pairs.flatMap(([figure, wanted]) =>
    wanted === undefined ? [] : [verdictOn(figure, wanted, better)],
  );
  if (verdicts.length === 0) return undefined;
  if (verdicts.includes('missed')) return 'missed';
  return verdicts.includes('open') ? 'open' : 'reached';
}

function verdictOn(figure: number | undefined, wanted: number, better: BenchRow['better']): Verdict {
  if (figure === undefined) return 'open';
  return (better === 'lower' ? figure <= wanted : figure >= wanted) ? 'reached' : 'missed';
}
