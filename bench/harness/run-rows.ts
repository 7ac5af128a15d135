import { judge } from './judge.ts';
import type { ReportRow } from './report.ts';
import { type BenchRow, type Measurement, type RowId, Unavailable } from './row.ts';
import { summarise } from './statistics.ts';

export interface RunOptions {
  readonly quick: boolean;
  /** Called before each row. */
  readonly onRow: (row: BenchRow, index: number, count: number) => void;
}

/** The wanted rows and those that their ratios need, in the order of `all`. */
export function selectRows(all: readonly BenchRow[], wanted: ReadonlySet<RowId> | undefined): readonly BenchRow[] {
  if (wanted === undefined) return all;
  const bases = all.filter(({ id }) => wanted.has(id)).map(({ ratioTo }) => ratioTo);
  return all.filter(({ id }) => wanted.has(id) || bases.includes(id));
}

/** Measures one row after the other: two at the same time would measure each other. */
export async function runRows(rows: readonly BenchRow[], options: RunOptions): Promise<readonly ReportRow[]> {
  const measured: ReportRow[] = [];
  for (const [index, row] of rows.entries()) {
    options.onRow(row, index, rows.length);
    const measurement = await measure(row, options.quick);
    measured.push(toReportRow(row, measurement, measured));
  }
  return measured;
}

async function measure(row: BenchRow, quick: boolean): Promise<Measurement | Unavailable> {
  try {
    return await row.measure(quick ? row.samples.quick : row.samples.full);
  } catch (error) {
    if (error instanceof Unavailable) return error;
    throw new Error(`Cannot measure "${row.id}": it failed`, { cause: error });
  }
}

function toReportRow(row: BenchRow, measurement: Measurement | Unavailable, before: readonly ReportRow[]): ReportRow {
  const { id, title, unit, better, ratioTo, bar } = row;
  if (measurement instanceof Unavailable) return { id, title, unit, n: 0, skipped: measurement.message };
  const summary = summarise(measurement.samples, better);
  const base = before.find((other) => other.id === ratioTo);
  const ratio =
    base === undefined || 'skipped' in base ? undefined : inUnit(summary.p50, unit) / inUnit(base.p50, base.unit);
  return {
    id,
    title,
    unit,
    better,
    n: summary.n,
    p50: rounded(summary.p50),
    p99: rounded(summary.p99),
    min: rounded(summary.min),
    ...(ratioTo === undefined ? {} : { ratioTo }),
    ...(ratio === undefined ? {} : { ratio: rounded(ratio) }),
    ...(bar === undefined ? {} : { bar, pass: judge(bar, better, summary, ratio) }),
    ...(measurement.note === undefined ? {} : { note: measurement.note }),
  };
}

/** A row in milliseconds may be compared with one in microseconds. */
function inUnit(figure: number, unit: BenchRow['unit']): number {
  return unit === 'µs' ? figure / 1000 : figure;
}

/** Four digits say more than any of these measurements knows. */
function rounded(figure: number): number {
  return Number(figure.toPrecision(4));
}
