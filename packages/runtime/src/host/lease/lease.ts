import type { Isolation } from '@carapace/manifest';
import type { LayerReport } from '../../jail/jail-spec.ts';
import type { ProcessMeter, ProcessUsage } from '../pool/process-meter.ts';
import type { ReadyWorker } from '../pool/worker-pool.ts';
import type { WorkerProcess } from '../pool/worker-process.ts';
import type { KeptIsolation, RecycleReason } from './recycle-rule.ts';
import { RequestTable } from './request-table.ts';

/** For whom a worker runs. A worker that has served one key never serves another. */
export interface WorkerKey {
  /** Digest, grants and limits of the skill, tenant, and the session's key where there is one. */
  readonly text: string;
  /** The part of it that names the skill and its grants alone, so that closing a skill finds all its workers. */
  readonly skill: string;
}

/** A kept worker that was ended, or ended itself, between two calls. */
export interface RetiredWorker {
  readonly pid: number;
  readonly reason: RecycleReason | RetireReason;
}

export type RetireReason =
  | 'idle'
  | 'reclaimed'
  | 'skill-closed'
  | 'runtime-closed'
  /** It did not come back clean in time, spoke, or died while nobody used it. */
  | 'anomaly';

/** For whom a worker is taken from the pool. */
export interface Borrower {
  readonly isolation: Isolation;
  readonly key: WorkerKey;
  /** Told when the worker ends between two calls. */
  readonly onRetired: (end: RetiredWorker) => void;
}

/** One worker on loan: what it was handed out for, what it holds by now, and what it used before it saw any skill. */
export class Lease {
  readonly worker: WorkerProcess;
  readonly layers: readonly LayerReport[];
  readonly isolation: Isolation;
  readonly key: WorkerKey;
  readonly requests: RequestTable = new RequestTable();
  readonly base: ProcessUsage;
  usage: ProcessUsage;
  /** When the worker came from the pool, and when it was put on the shelf last, by the clock of the leases. */
  readonly since: number;
  idleSince: number;
  calls = 0;
  /** The skill's bundle was sent. */
  loaded = false;
  /** The skill is running in its isolate. */
  opened = false;
  readonly #onRetired: (end: RetiredWorker) => void;
  #retired = false;

  constructor({ worker, layers }: ReadyWorker, { isolation, key, onRetired }: Borrower, now: number) {
    this.worker = worker;
    this.layers = layers;
    this.isolation = isolation;
    this.key = key;
    this.#onRetired = onRetired;
    this.base = worker.meter.read();
    this.usage = this.base;
    this.since = now;
    this.idleSince = now;
  }

  get meter(): ProcessMeter {
    return this.worker.meter;
  }

  /** Whether the worker may outlive a call. */
  get keepable(): boolean {
    return isKept(this.isolation);
  }

  /** Measures the worker now, for its next call. */
  measure(): ProcessUsage {
    this.usage = this.meter.read();
    return this.usage;
  }

  /** Kills a worker between two calls, and tells so once. */
  retire(reason: RetiredWorker['reason']): void {
    if (this.#retired) return;
    this.#retired = true;
    void this.worker.kill('retired');
    this.#onRetired({ pid: this.worker.pid, reason });
  }
}

export function isKept(isolation: Isolation): isolation is KeptIsolation {
  return isolation !== 'call';
}
