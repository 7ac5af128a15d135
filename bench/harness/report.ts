import type { Machine, Versions } from './machine.ts';
import type { Bar, BenchRow, RowGroup, RowId, RowUnit } from './row.ts';
import type { Walls } from './walls.ts';

/** A row as it stands in results.json. */
export type ReportRow = MeasuredRow | SkippedRow;

/** `open`: nothing was missed, but a ratio that the bar needs could not be taken in this run. */
export type Verdict = 'reached' | 'missed' | 'open';

export interface Ratio {
  readonly to: RowId;
  /** Absent when the other row was not measured. */
  readonly ratio?: number;
  readonly bar?: number;
}

export interface MeasuredRow {
  readonly id: RowId;
  readonly group: RowGroup;
  readonly title: string;
  readonly unit: RowUnit;
  readonly better: BenchRow['better'];
  readonly n: number;
  readonly p50: number;
  readonly p99: number;
  readonly min: number;
  readonly ratios?: readonly Ratio[];
  readonly bar?: Bar;
  readonly verdict?: Verdict;
  readonly walls?: Walls;
  readonly note?: string;
}

export interface SkippedRow {
  readonly id: RowId;
  readonly group: RowGroup;
  readonly title: string;
  readonly unit: RowUnit;
  readonly n: 0;
  /** Why this machine cannot measure it, or how it failed. */
  readonly skipped: string;
  /** Present when the measurement began and failed: something is broken. */
  readonly failed?: true;
}

export interface Report {
  readonly machine: Machine;
  readonly versions: Versions;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly tookSeconds: number;
  /** True when few samples were taken, so that nobody compares such a run with a full one. */
  readonly quick: boolean;
  readonly rows: readonly ReportRow[];
}
