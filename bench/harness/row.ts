export type RowId =
  | 'bare-pipe'
  | 'node-child'
  | 'node-permission-child'
  | 'call-warm'
  | 'call-cold'
  | 'call-throughput'
  | 'boot-spare'
  | 'runtime-start'
  | 'fs-read-4k'
  | 'kill-spin'
  | 'kill-memory-bomb'
  | 'kill-output-flood'
  | 'spare-memory'
  | 'import-cost';

export type RowUnit = 'ms' | 'µs' | 'MiB' | 'calls/s';

/** What a row has to reach. Every figure that is given must hold; each is in the row's own unit. */
export interface Bar {
  readonly p50?: number;
  /** For what must hold always: with fewer than 100 samples the 99th percentile is the worst one. */
  readonly p99?: number;
  /** The row's p50 divided by that of its `ratioTo` row. */
  readonly ratio?: number;
}

export interface Measurement {
  readonly samples: readonly number[];
  /** What a reader must know about this run, such as which build was measured. */
  readonly note?: string;
}

/** One thing that is measured. A file in rows/ holds one, or several that differ in one parameter. */
export interface BenchRow {
  readonly id: RowId;
  readonly title: string;
  readonly unit: RowUnit;
  /** Whether a small figure is the good one. Decides which end of the samples p99 looks at and which side of a bar passes. */
  readonly better: 'lower' | 'higher';
  readonly ratioTo?: RowId;
  readonly bar?: Bar;
  /** Samples to take in a full run and with `--quick`. */
  readonly samples: { readonly full: number; readonly quick: number };
  /** Takes the samples and leaves no process, file or descriptor behind. Throws Unavailable when this machine cannot. */
  measure(samples: number): Promise<Measurement>;
}

/** This machine lacks what a row needs. The row is left out and says why; the run goes on. */
export class Unavailable extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'Unavailable';
  }
}
