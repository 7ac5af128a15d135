import { CallBudget } from '../../budget/call-budget.ts';
import { RuntimeFailure } from '../../errors.ts';
import {
  atLeast,
  type ProtectionLevel,
  type ProtectionReport,
  protectionOf,
  shortfall,
} from '../../protection/protection-report.ts';
import type { Placeholders } from '../../protocol/messages.ts';
import type { Lease, RetiredWorker } from '../lease/lease.ts';
import type { LeaseWish, WorkerLeases } from '../lease/worker-leases.ts';
import type { WorkerProfile } from '../pool/spawn-worker.ts';
import { type EffectSources, openCallEffects } from './call-effects.ts';
import type { CallExecutor, CallRequest, ExecutedCall } from './call-executor.ts';
import { CallSession } from './call-session.ts';
import { leaseInTime } from './lease-in-time.ts';
import type { LoadedSkill } from './loaded-skill.ts';
import type { CallJob } from './send-call.ts';
import { spentWithoutWorker } from './spent-without-worker.ts';
import { watchdogLimits } from './watchdog.ts';

export interface ExecutorParts {
  readonly leases: WorkerLeases;
  readonly effects: EffectSources;
  readonly profileFor: (jit: boolean) => WorkerProfile;
  readonly minimumProtection: ProtectionLevel;
  readonly now: () => number;
  /** Told when a worker ends that had outlived its call. */
  readonly onRetired: (skill: LoadedSkill, end: RetiredWorker) => void;
}

/** Runs calls in jailed workers of this process's own pool, under the profile that each asks for. */
export function createEmbeddedExecutor(parts: ExecutorParts): CallExecutor {
  return {
    execute: (request) => execute(parts, request),
    forget: (skill) => parts.leases.retireSkill(skill.workerKey),
  };
}

/** What Node, V8 and the bundle of a worker take beside the heap of the skill, more than the watchdog lets it grow to. */
const WORKER_MEMORY_MIB = 160;

async function execute(parts: ExecutorParts, request: CallRequest): Promise<ExecutedCall> {
  const { leases, effects, minimumProtection, now } = parts;
  const wish = wishFor(parts, request);
  const lease = await leaseInTime(leases, wish, request, now);
  if (lease === 'too-late') return { end: spentWithoutWorker(now() - request.startedAt), protection: undefined };
  let kept = false;
  try {
    const protection = assertProtected(lease, minimumProtection);
    // Behind the watchdog: where cgroups are delegated the kernel holds the worker even when the host is too busy to look.
    lease.worker.limitMemory((request.skill.limits.memoryMiB + WORKER_MEMORY_MIB) * 2 ** 20);
    const budget = new CallBudget(request.skill.limits);
    const { broker, placeholders } = await openCallEffects(effects, request, budget);
    const { audit, updates } = request;
    const session = new CallSession(jobFor(request, placeholders), {
      lease,
      broker,
      budget,
      audit,
      now,
      ...(updates === undefined ? {} : { updates }),
    });
    const end = await session.run();
    kept = end.worker?.kept === true;
    return { end, protection };
  } finally {
    // What a worker then does to be ready for the next call is not this call's time.
    leases.giveBack(lease, wish, kept);
  }
}

function wishFor({ profileFor, onRetired }: ExecutorParts, request: CallRequest): LeaseWish {
  const { skill, isolation, tenant, session = '', signal } = request;
  return {
    profile: profileFor(skill.grants.permissions.jit),
    tenant,
    skill: skill.installed.digest,
    memoryMiB: skill.limits.memoryMiB,
    isolation,
    // Neither tenant nor session may hold a line break, so no two pairs give one text.
    key: { skill: skill.workerKey, text: [skill.workerKey, isolation, tenant, session].join('\n') },
    cpuMs: skill.limits.cpuMs,
    onRetired: (end) => onRetired(skill, end),
    ...(signal === undefined ? {} : { signal }),
  };
}

/** Judged on the worker that was leased, not on the one that was tested at start-up: never a silent downgrade. */
function assertProtected({ layers }: Lease, minimum: ProtectionLevel): ProtectionReport {
  const report = protectionOf(layers);
  if (atLeast(report.level, minimum)) return report;
  throw new RuntimeFailure(
    'ERR_CARAPACE_RUNTIME_PROTECTION',
    `Cannot run skill at protection "${minimum}": this worker has "${report.level}" (${shortfall(report, minimum)})`,
  );
}

function jobFor(
  { skill, callId, tool, inputJson, signal, startedAt }: CallRequest,
  secrets: Placeholders | undefined,
): CallJob {
  return {
    callId,
    tool,
    inputJson,
    bundle: skill.bundle,
    filename: skill.installed.manifest.main,
    memoryMiB: skill.limits.memoryMiB,
    // The module exists when the skill has any mount, `fetch` when it has any host; the brokers decide per tool and target.
    endowments: {
      fs: skill.mounts.length > 0 || skill.data !== undefined,
      net: skill.grants.permissions.net.length > 0,
    },
    watchdog: watchdogLimits(skill.limits, startedAt),
    ...(secrets === undefined ? {} : { secrets }),
    ...(signal === undefined ? {} : { signal }),
  };
}
