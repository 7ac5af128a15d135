import { release } from 'node:os';
import { type Isolation, LIMITS } from '@carapace/manifest/base';
import { denyAll } from './approval.ts';
import { type AuditTrail, createAuditTrail } from './audit/audit-trail.ts';
import { createMemorySink } from './audit/memory-sink.ts';
import { RuntimeFailure } from './errors.ts';
import { createNetwork, type Network, type OpenNetPowers } from './host/broker/net/network.ts';
import { createEmbeddedExecutor } from './host/call/embedded-executor.ts';
import type { LoadedSkill } from './host/call/loaded-skill.ts';
import { recordRetired } from './host/call/record-end.ts';
import type { RetiredWorker } from './host/lease/lease.ts';
import { WorkerLeases } from './host/lease/worker-leases.ts';
import type { PoolLimits } from './host/pool/pool-limits.ts';
import { nodePoolPowers } from './host/pool/pool-powers.ts';
import { ALL_LAYERS, type WorkerProfile } from './host/pool/spawn-worker.ts';
import { WorkerPool } from './host/pool/worker-pool.ts';
import { type LaunchFiles, openWorkerFiles } from './jail/launch-files.ts';
import { LiveRuntime } from './live-runtime.ts';
import { chooseConfinement, closeConfinement } from './protection/choose-confinement.ts';
import { assertPlatform } from './protection/platform.ts';
import {
  atLeast,
  type ProtectionLevel,
  type ProtectionReport,
  protectionOf,
  shortfall,
} from './protection/protection-report.ts';
import { assertLayersHold, type SelfTestResult } from './protection/self-test.ts';
import type { Redaction } from './result/redaction.ts';
import type { Runtime } from './runtime.ts';
import { poolLimits, type RuntimeOptions } from './runtime-options.ts';
import { openSecretStore, type SecretStore } from './secrets/secret-store.ts';

/**
 * Processor seconds in the kernel behind every budget: the largest a manifest may ask for, and the worker's own boot. A worker
 * that serves many calls may use more in its life; the host retires it before it meets this limit.
 */
const CPU_BACKSTOP_SECONDS: Readonly<Record<Isolation, number>> = {
  call: LIMITS.cpuMs.ceiling / 1000 + 5,
  skill: 3_600,
  session: 86_400,
};

/**
 * Starts a runtime: tries one forbidden action per class inside the jail, refuses to go on if any succeeds or if the wall is
 * lower than required, and boots the spare workers.
 *
 * @example
 * await using runtime = await createRuntime();
 * await using skill = await runtime.load('./skills/text-stats');
 * const result = await skill.call('count', { text: 'one two' });
 *
 * @throws RuntimeFailure ERR_CARAPACE_RUNTIME_PLATFORM, _RUNTIME_PROTECTION, _RUNTIME_SELF_TEST, _RUNTIME_NETWORK, _WORKER_START;
 * AuditFailure when the trail cannot be written; SecretFailure, RangeError for options that cannot be used
 */
export function createRuntime(options: RuntimeOptions = {}): Promise<Runtime> {
  return startRuntime(options, NODE_POWERS);
}

/** What a runtime does to the world beyond its workers. */
export interface RuntimePowers {
  readonly openNet: OpenNetPowers;
}

/** Loaded with the first call of a skill that has a host granted: the HTTP client is most of what it costs. */
const NODE_POWERS: RuntimePowers = {
  openNet: async (policy) => (await import('./host/broker/net/net-powers.ts')).openNetPowers(policy),
};

/** `createRuntime` with powers of the caller's own: for tests. */
export async function startRuntime(options: RuntimeOptions, powers: RuntimePowers): Promise<Runtime> {
  assertPlatform({ os: process.platform, processor: process.arch, nodeVersion: process.versions.node });
  const { isolation = 'call', minimumProtection = 'jailed', approve = denyAll, policy = {}, dataFolder } = options;
  const limits = poolLimits(options);
  const { network, secrets, redaction, trail } = await openServices(options, powers);
  const { now } = nodePoolPowers;
  const { files, selfTest, pool, leases, profileFor } = await openWorkers(options, limits, isolation);
  try {
    const protection = protectionOf(selfTest.layers);
    const overrides = atLeast(minimumProtection, 'jailed')
      ? []
      : [`minimum protection lowered to ${minimumProtection}`];
    const networkOverrides = network.policy.overrides;
    recordStart(trail, protection, selfTest, [...overrides, ...networkOverrides]);
    assertWall(protection, minimumProtection, selfTest);
    await pool.warmUp();
    const effects = { network, secrets, signers: options.signers ?? [] };
    const onRetired = (skill: LoadedSkill, end: RetiredWorker): void => recordRetired(trail, skill, end);
    const executor = createEmbeddedExecutor({ leases, effects, profileFor, minimumProtection, now, onRetired });
    return new LiveRuntime({
      pool,
      leases,
      files,
      executor,
      isolation,
      trail,
      protection,
      overrides,
      networkOverrides,
      selfTest,
      approve,
      policy,
      redaction,
      secrets,
      dataFolder,
      now,
    });
  } catch (error) {
    leases.close();
    await pool.close();
    files.close();
    throw error;
  }
}

/** What needs no worker: checked first, so that an option that cannot be used costs no process. */
interface Services {
  readonly network: Network;
  readonly secrets: SecretStore;
  readonly redaction: Redaction;
  readonly trail: AuditTrail;
}

async function openServices(options: RuntimeOptions, { openNet }: RuntimePowers): Promise<Services> {
  const network = createNetwork(options.network, openNet);
  const secrets = await openSecretStore({ sources: options.secrets ?? [] });
  const redaction = redactionOf(secrets);
  const redact = (text: string): string => redaction.redactText(text).text;
  const trail = createAuditTrail({ sink: options.audit ?? createMemorySink(), redact });
  return { network, secrets, redaction, trail };
}

interface Workers {
  /** Closing them gives back the confinement as well. */
  readonly files: LaunchFiles;
  readonly selfTest: SelfTestResult;
  readonly pool: WorkerPool;
  readonly leases: WorkerLeases;
  readonly profileFor: (jit: boolean) => WorkerProfile;
}

async function openWorkers(options: RuntimeOptions, limits: PoolLimits, isolation: Isolation): Promise<Workers> {
  const files = openWorkerFiles();
  const { confinement, selfTest } = await chooseConfinement({
    powers: nodePoolPowers,
    launcherPath: files.launcherPath,
    profile: workerProfile(false, isolation),
    namespaces: options.namespaces ?? 'auto',
  }).catch((error: unknown) => {
    files.close();
    throw error;
  });
  const close = (): void => {
    files.close();
    closeConfinement(confinement);
  };
  const profileFor = (jit: boolean): WorkerProfile => ({ ...workerProfile(jit, isolation), confinement });
  const pool: WorkerPool = new WorkerPool(nodePoolPowers, files, limits, profileFor(false), () => leases.reclaim());
  const leases = new WorkerLeases({ pool, now: nodePoolPowers.now, maxQueue: limits.maxQueue });
  return { files: { ...files, close }, selfTest, pool, leases, profileFor };
}

function redactionOf({ redactor }: SecretStore): Redaction {
  return { redactText: (text) => redactor.redactText(text), openScan: () => redactor.stream() };
}

function workerProfile(jit: boolean, isolation: Isolation): WorkerProfile {
  return { jit, cpuSeconds: CPU_BACKSTOP_SECONDS[isolation], layers: ALL_LAYERS };
}

/** A layer that lies is the worse news, and explains what is missing: it comes first. */
function assertWall(protection: ProtectionReport, required: ProtectionLevel, selfTest: SelfTestResult): void {
  assertLayersHold(selfTest);
  if (!atLeast(protection.level, required)) {
    throw new RuntimeFailure(
      'ERR_CARAPACE_RUNTIME_PROTECTION',
      `Cannot start runtime: "${required}" is required, this machine enforces "${protection.level}" (${shortfall(protection, required)})`,
    );
  }
}

function recordStart(
  trail: AuditTrail,
  { level, layers }: ProtectionReport,
  { attempts }: SelfTestResult,
  overrides: readonly string[],
): void {
  trail.record({
    kind: 'runtime-start',
    level,
    layers: layers.map(({ layer, state, detail }) => ({ name: layer, enforced: state === 'enforced', detail })),
    overrides,
    versions: { node: process.versions.node, v8: process.versions.v8, kernel: release() },
  });
  trail.record({
    kind: 'self-test',
    passed: attempts.every(({ outcome }) => outcome === 'denied'),
    checks: attempts.map(({ name, outcome, stoppedBy }) => ({
      name,
      blocked: outcome === 'denied',
      detail: `${outcome}; to be stopped by ${stoppedBy.join(' or ')}`,
    })),
  });
}
