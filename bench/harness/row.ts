import type { PeerPackage } from '../peers/peer-packages.ts';
import type { Walls } from './walls.ts';

export type RowId =
  | 'bare-pipe'
  | 'call-warm'
  | 'call-cold'
  | 'skill-warm'
  | 'session-warm'
  | 'call-throughput'
  | 'skill-throughput'
  | 'session-throughput'
  | 'boot-spare'
  | 'boot-spare-no-namespaces'
  | 'call-cold-no-namespaces'
  | 'runtime-start'
  | 'fs-read-4k'
  | 'fs-write-4k'
  | 'node-stream-64m'
  | 'fs-stream-64m'
  | 'bare-fetch-small'
  | 'fetch-small'
  | 'fetch-overhead'
  | 'bare-fetch-10m'
  | 'fetch-10m'
  | 'fetch-10m-stream'
  | 'fetch-10m-secrets'
  | 'kill-spin'
  | 'kill-memory-bomb'
  | 'kill-output-flood'
  | 'kill-fork'
  | 'kill-host-delay'
  | 'spare-memory'
  | 'growth-memory'
  | 'growth-descriptors'
  | 'growth-processes'
  | 'import-cost'
  | 'command-version'
  | 'node-child'
  | 'node-permission-child'
  | 'bwrap-node'
  | 'deno-child'
  | 'workerd-cold'
  | 'workerd-warm'
  | 'secure-exec-cold'
  | 'secure-exec-warm'
  | 'isolated-vm-fresh'
  | 'isolated-vm-warm'
  | 'quickjs-fresh'
  | 'quickjs-warm'
  | 'boot-spawn'
  | 'boot-launcher'
  | 'boot-jail'
  | 'boot-node'
  | 'boot-addon'
  | 'boot-isolate'
  | 'boot-platform'
  | 'boot-rest'
  | 'call-checks'
  | 'call-load'
  | 'call-run'
  | 'call-worker'
  | 'call-result'
  | 'guard-frame'
  | 'guard-url'
  | 'guard-address'
  | 'guard-headers'
  | 'guard-path'
  | 'guard-redact'
  | 'guard-sanitise';

export type RowGroup = 'carapace' | 'peers' | 'breakdown';

export type RowUnit = 'ms' | 'µs' | 'MiB' | 'MiB/s' | 'calls/s' | 'count';

/** What a row has to reach. Every figure that is given must hold; each is in the row's own unit. */
export interface Bar {
  readonly p50?: number;
  /** For what must hold always: with fewer than 100 samples the 99th percentile is the worst one. */
  readonly p99?: number;
}

/** The row's p50 divided by that of another row of the same run. */
export interface RatioWish {
  readonly to: RowId;
  readonly bar?: number;
}

export interface Measurement {
  readonly samples: readonly number[];
  /** What a reader must know about this run, such as which build was measured. */
  readonly note?: string;
}

/** One thing that is measured. A file in rows/ holds one, or several that differ in one parameter. */
export interface BenchRow {
  readonly id: RowId;
  readonly group: RowGroup;
  readonly title: string;
  readonly unit: RowUnit;
  /** Whether a small figure is the good one. Decides which end of the samples p99 looks at and which side of a bar passes. */
  readonly better: 'lower' | 'higher';
  readonly ratios?: readonly RatioWish[];
  readonly bar?: Bar;
  /** What stands between the measured code and its host, for a fair comparison. */
  readonly walls?: Walls;
  /** A package that the bench has to install for this row. */
  readonly needs?: PeerPackage;
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
