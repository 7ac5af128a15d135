import type { Approve } from './approval.ts';
import type { AuditSink } from './audit/audit-sink.ts';
import type { PoolLimits } from './host/pool/worker-pool.ts';
import type { OperatorPolicy } from './load/load-skill.ts';
import type { ProtectionLevel } from './protection/protection-report.ts';

/** Options of a runtime. Every default is the strict one. */
export interface RuntimeOptions {
  /** Narrows every skill. Default: nothing beyond manifest and grant. */
  readonly policy?: OperatorPolicy;
  /** Where audit records go. Default: a ring of the latest 10,000 in memory. */
  readonly audit?: AuditSink;
  /** Asked before tools whose manifest wants approval. Default: deny. */
  readonly approve?: Approve;
  /** The weakest wall under which a skill may run. Default `jailed`; anything weaker is stamped on every result. */
  readonly minimumProtection?: ProtectionLevel;
  /** Booted workers kept ready, each about 30 MiB. Default 2. */
  readonly spares?: number;
  /** Workers alive at once. Default 8. */
  readonly maxWorkers?: number;
  /** Calls that may wait for a worker. Default 32. */
  readonly maxQueue?: number;
}

export const POOL_DEFAULTS: PoolLimits = { spares: 2, maxWorkers: 8, maxQueue: 32, startTimeoutMs: 20_000 };

/** Throws RangeError for numbers that would mean no worker, no bound, or a bound below the spares. */
export function poolLimits({ spares, maxWorkers, maxQueue }: RuntimeOptions): PoolLimits {
  const limits = {
    ...POOL_DEFAULTS,
    spares: spares ?? POOL_DEFAULTS.spares,
    maxWorkers: maxWorkers ?? POOL_DEFAULTS.maxWorkers,
    maxQueue: maxQueue ?? POOL_DEFAULTS.maxQueue,
  };
  assertWhole('spares', limits.spares, 0, 64);
  assertWhole('maxWorkers', limits.maxWorkers, 1, 1024);
  assertWhole('maxQueue', limits.maxQueue, 0, 100_000);
  if (limits.spares > limits.maxWorkers)
    throw new RangeError(`Cannot keep ${limits.spares} spares: maxWorkers is ${limits.maxWorkers}`);
  return limits;
}

function assertWhole(name: string, value: number, minimum: number, maximum: number): void {
  if (Number.isInteger(value) && value >= minimum && value <= maximum) return;
  throw new RangeError(`Cannot use ${name} ${value}: not a whole number from ${minimum} to ${maximum}`);
}
