import { judge } from './judge.ts';
import type { MeasuredRow, Ratio, ReportRow } from './report.ts';
import { type BenchRow, type Measurement, type RatioWish, type RowId, Unavailable } from './row.ts';
import { type Summary, summarise } from './statistics.ts';

export interface RunOptions {
  readonly quick: boolean;
  /** Called before each row. */
  readonly onRow: (row: BenchRow, index: number, count: number) => void;
}

interface Taken {
  readonly row: BenchRow;
  readonly outcome: Failure | { readonly summary: Summary; readonly note: string | undefined };
}

interface Failure {
  readonly skipped: string;
  readonly failed: boolean;
}

/**
 * Measures one row after the other: two at the same time would measure each other. Ratios are taken at the end, so a row may
 * be compared with a later one. A row that fails is reported and the run goes on.
 */
export async function runRows(rows: readonly BenchRow[], options: RunOptions): Promise<readonly ReportRow[]> {
  const taken: Taken[] = [];
  for (const [index, row] of rows.entries()) {
    options.onRow(row, index, rows.length);
    taken.push({ row, outcome: await take(row, options.quick) });
  }
  const medians = new Map<RowId, number>(
    taken.flatMap(({ row, outcome }) =>
      'summary' in outcome ? [[row.id, inUnit(outcome.summary.p50, row.unit)]] : [],
    ),
  );
  return taken.map((one) => toReportRow(one, medians));
}

async function take(row: BenchRow, quick: boolean): Promise<Taken['outcome']> {
  try {
    const { samples, note }: Measurement = await row.measure(quick ? row.samples.quick : row.samples.full);
    return { summary: summarise(samples, row.better), note };
  } catch (error) {
    if (error instanceof Unavailable) return { skipped: error.message, failed: false };
    return { skipped: describe(error), failed: true };
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : 'it failed without an error';
}

function toReportRow({ row, outcome }: Taken, medians: ReadonlyMap<RowId, number>): ReportRow {
  const { id, group, title, unit, better, bar, walls } = row;
  const head = { id, group, title, unit } as const;
  if ('skipped' in outcome)
    return { ...head, n: 0, skipped: outcome.skipped, ...(outcome.failed ? { failed: true } : {}) };
  const { summary, note } = outcome;
  const ratios = (row.ratios ?? []).flatMap((wish) => ratioOf(wish, inUnit(summary.p50, unit), medians));
  const verdict = judge({ bar, better, summary, ratios });
  const measured: MeasuredRow = {
    ...head,
    better,
    n: summary.n,
    p50: rounded(summary.p50),
    p99: rounded(summary.p99),
    min: rounded(summary.min),
    ...(ratios.length === 0 ? {} : { ratios }),
    ...(bar === undefined ? {} : { bar }),
    ...(verdict === undefined ? {} : { verdict }),
    ...(walls === undefined ? {} : { walls }),
    ...(note === undefined ? {} : { note }),
  };
  return measured;
}

/** A ratio that nobody asks a bar of is left out when it cannot be taken. */
function ratioOf({ to, bar }: RatioWish, median: number, medians: ReadonlyMap<RowId, number>): readonly Ratio[] {
  const base = medians.get(to);
  const wanted = bar === undefined ? {} : { bar };
  if (base !== undefined) return [{ to, ratio: rounded(median / base), ...wanted }];
  return bar === undefined ? [] : [{ to, bar }];
}

/** A row in milliseconds may be compared with one in microseconds. */
function inUnit(figure: number, unit: BenchRow['unit']): number {
  return unit === 'µs' ? figure / 1000 : figure;
}

/** Four digits say more than any of these measurements knows. */
function rounded(figure: number): number {
  return Number(figure.toPrecision(4));
}
