import { availableParallelism, totalmem } from 'node:os';
import type { Isolation } from '@carapace/manifest';
import type { Approve } from './approval.ts';
import type { AuditSink } from './audit/audit-sink.ts';
import type { NetworkOptions } from './host/broker/net/network-options.ts';
import { defaultMemoryCeilingMiB, LEAST_CEILING_MIB } from './host/pool/memory-ceiling.ts';
import type { PoolLimits } from './host/pool/pool-limits.ts';
import type { OperatorPolicy } from './load/load-skill.ts';
import type { NamespaceUse } from './protection/choose-confinement.ts';
import type { ProtectionLevel } from './protection/protection-report.ts';
import type { SecretSource } from './secrets/secret-source.ts';
import type { Signer } from './secrets/signers/signer.ts';

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
  /**
   * The weakest isolation that any skill may run under; a skill's manifest, a load and a call can each only strengthen it.
   * `call` (default): a process for every call. `skill`: a process for each skill, grants and tenant, a fresh isolate for every
   * call. `session`: process and isolate live as long as the session.
   */
  readonly isolation?: Isolation;
  /**
   * Whether workers get namespaces of their own. Default `auto`: where bubblewrap is installed and works. `required`: or the
   * runtime does not start. See docs/protection.md.
   */
  readonly namespaces?: NamespaceUse;
  /** What skills may reach beyond the public internet, and who decides about each request. Default: nothing, nobody. */
  readonly network?: NetworkOptions;
  /** Where the values of secrets come from, asked in this order. Default none: a skill that needs one is told so. */
  readonly secrets?: readonly SecretSource[];
  /**
   * Absolute directory in which skills keep private data between calls, each tenant of each skill apart from all others. Default
   * none: a skill that is granted private data is then not loaded.
   */
  readonly dataFolder?: string;
  /** Ways to sign a request with a secret, besides `hmac-sha256` and `aws-sigv4`. */
  readonly signers?: readonly Signer[];
  /** Booted workers kept ready whatever the demand, each about 30 MiB. Default 2. */
  readonly spares?: number;
  /**
   * Booted workers kept ready at the highest demand; how many there are between the two follows the calls of late. Default 4,
   * but `spares` when only that is given.
   */
  readonly maxSpares?: number;
  /** Workers alive at once. Default 8. */
  readonly maxWorkers?: number;
  /**
   * What all workers together may take, in MiB, each counted with the most that it may. A call that does not fit waits. Default
   * half of what the machine has, or of what its control group allows this process.
   */
  readonly maxWorkerMemoryMiB?: number;
  /** Calls that may wait for a worker. Default 32. */
  readonly maxQueue?: number;
}

export const POOL_DEFAULTS: PoolLimits = {
  spares: 2,
  maxSpares: 4,
  maxWorkers: 8,
  maxWorkerMemoryMiB: defaultMemoryCeilingMiB({
    totalBytes: totalmem(),
    constrainedBytes: process.constrainedMemory(),
  }),
  maxQueue: 32,
  spareBootsAtOnce: Math.max(2, availableParallelism()),
  startTimeoutMs: 20_000,
  spareHoldMs: 30_000,
};

/** Throws RangeError for numbers that would mean no worker, no bound, or a bound below the spares. */
export function poolLimits(options: RuntimeOptions): PoolLimits {
  const {
    maxWorkers = POOL_DEFAULTS.maxWorkers,
    maxWorkerMemoryMiB = POOL_DEFAULTS.maxWorkerMemoryMiB,
    maxQueue = POOL_DEFAULTS.maxQueue,
  } = options;
  const maxSpares = options.maxSpares ?? options.spares ?? Math.min(POOL_DEFAULTS.maxSpares, maxWorkers);
  const spares = options.spares ?? Math.min(POOL_DEFAULTS.spares, maxSpares);
  assertWhole('spares', spares, 0, 64);
  assertWhole('maxSpares', maxSpares, 0, 64);
  assertWhole('maxWorkers', maxWorkers, 1, 1024);
  assertWhole('maxWorkerMemoryMiB', maxWorkerMemoryMiB, LEAST_CEILING_MIB, 2 ** 24);
  assertWhole('maxQueue', maxQueue, 0, 100_000);
  if (spares > maxSpares) throw new RangeError(`Cannot keep ${spares} spares: maxSpares is ${maxSpares}`);
  if (maxSpares > maxWorkers) throw new RangeError(`Cannot keep ${maxSpares} spares: maxWorkers is ${maxWorkers}`);
  return { ...POOL_DEFAULTS, spares, maxSpares, maxWorkers, maxWorkerMemoryMiB, maxQueue };
}

function assertWhole(name: string, value: number, minimum: number, maximum: number): void {
  if (Number.isInteger(value) && value >= minimum && value <= maximum) return;
  throw new RangeError(`Cannot use ${name} ${value}: not a whole number from ${minimum} to ${maximum}`);
}
