import { CallBudget } from '../../budget/call-budget.ts';
import { RuntimeFailure } from '../../errors.ts';
import {
  atLeast,
  type ProtectionLevel,
  type ProtectionReport,
  protectionOf,
  shortfall,
} from '../../protection/protection-report.ts';
import { type Broker, createBroker } from '../broker/broker.ts';
import { createFsBroker } from '../broker/fs/fs-broker.ts';
import type { WorkerProfile } from '../pool/spawn-worker.ts';
import type { ReadyWorker, WorkerPool } from '../pool/worker-pool.ts';
import type { CallExecutor, CallRequest, ExecutedCall } from './call-executor.ts';
import { type CallJob, CallSession } from './call-session.ts';
import { sleep } from './sleep.ts';
import { watchdogLimits } from './watchdog.ts';

export interface ExecutorParts {
  readonly pool: WorkerPool;
  readonly profileFor: (jit: boolean) => WorkerProfile;
  readonly minimumProtection: ProtectionLevel;
  readonly now: () => number;
}

/** The `call` profile: a fresh process for every call, killed after it, from this process's own pool. */
export function createEmbeddedExecutor(parts: ExecutorParts): CallExecutor {
  return { execute: (request) => execute(parts, request) };
}

async function execute(
  { pool, profileFor, minimumProtection, now }: ExecutorParts,
  request: CallRequest,
): Promise<ExecutedCall> {
  const { skill, audit, signal } = request;
  const ready = await pool.lease(profileFor(skill.grants.permissions.jit), signal);
  try {
    const protection = assertProtected(ready, minimumProtection);
    const budget = new CallBudget(skill.limits);
    const broker = brokerFor(request, budget);
    const session = new CallSession(jobFor(request), { worker: ready.worker, broker, budget, audit, now });
    return { end: await session.run(), protection };
  } finally {
    void ready.worker.kill('call-ended');
  }
}

/** Judged on the worker that was leased, not on the one that was tested at start-up: never a silent downgrade. */
function assertProtected({ layers }: ReadyWorker, minimum: ProtectionLevel): ProtectionReport {
  const report = protectionOf(layers);
  if (atLeast(report.level, minimum)) return report;
  throw new RuntimeFailure(
    'ERR_CARAPACE_RUNTIME_PROTECTION',
    `Cannot run skill at protection "${minimum}": this worker has "${report.level}" (${shortfall(report)})`,
  );
}

function brokerFor({ skill, tool }: CallRequest, budget: CallBudget): Broker {
  const allowed = skill.tools.get(tool)?.mounts;
  const mounts = skill.mounts.filter(({ grant }) => allowed?.has(grant.mount) === true);
  const { sourceMap } = skill.installed;
  return createBroker({
    ...(mounts.length === 0 ? {} : { fs: createFsBroker(mounts) }),
    ...(sourceMap === undefined ? {} : { sourceMap }),
    budget,
    sleep,
  });
}

function jobFor({ skill, callId, tool, inputJson, signal }: CallRequest): CallJob {
  return {
    callId,
    tool,
    inputJson,
    bundle: skill.bundle,
    filename: skill.installed.manifest.main,
    memoryMiB: skill.limits.memoryMiB,
    // The module exists when the skill has any mount; the broker decides per tool and path.
    endowments: { fs: skill.mounts.length > 0 },
    watchdog: watchdogLimits(skill.limits),
    ...(signal === undefined ? {} : { signal }),
  };
}
