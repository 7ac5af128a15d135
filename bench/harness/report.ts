import type { Machine, Versions } from './machine.ts';
import type { Bar, BenchRow, RowId, RowUnit } from './row.ts';

/** A row as it stands in results.json. */
export type ReportRow = MeasuredRow | SkippedRow;

export interface MeasuredRow {
  readonly id: RowId;
  readonly title: string;
  readonly unit: RowUnit;
  readonly better: BenchRow['better'];
  readonly n: number;
  readonly p50: number;
  readonly p99: number;
  readonly min: number;
  readonly ratioTo?: RowId;
  readonly ratio?: number;
  readonly bar?: Bar;
  readonly pass?: boolean;
  readonly note?: string;
}

export interface SkippedRow {
  readonly id: RowId;
  readonly title: string;
  readonly unit: RowUnit;
  readonly n: 0;
  /** Why this machine cannot measure it. */
  readonly skipped: string;
}

export interface Report {
  readonly machine: Machine;
  readonly versions: Versions;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** True when few samples were taken, so that nobody compares such a run with a full one. */
  readonly quick: boolean;
  readonly rows: readonly ReportRow[];
}
