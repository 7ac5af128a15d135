import { release } from 'node:os';
import { LIMITS } from '@carapace/manifest/base';
import { denyAll } from './approval.ts';
import { type AuditTrail, createAuditTrail } from './audit/audit-trail.ts';
import { createMemorySink } from './audit/memory-sink.ts';
import { RuntimeFailure } from './errors.ts';
import { createEmbeddedExecutor } from './host/call/embedded-executor.ts';
import { nodePoolPowers } from './host/pool/pool-powers.ts';
import { ALL_LAYERS, type WorkerProfile } from './host/pool/spawn-worker.ts';
import { WorkerPool } from './host/pool/worker-pool.ts';
import { openWorkerFiles } from './jail/launch-files.ts';
import { LiveRuntime } from './live-runtime.ts';
import { assertPlatform } from './protection/platform.ts';
import {
  atLeast,
  type ProtectionLevel,
  type ProtectionReport,
  protectionOf,
  shortfall,
} from './protection/protection-report.ts';
import { assertLayersHold, runSelfTest, type SelfTestResult } from './protection/self-test.ts';
import type { Runtime } from './runtime.ts';
import { poolLimits, type RuntimeOptions } from './runtime-options.ts';

/** Processor seconds in the kernel behind every budget: the largest a manifest may ask for, and the worker's own boot. */
const CPU_BACKSTOP_SECONDS = LIMITS.cpuMs.ceiling / 1000 + 5;

/**
 * Starts a runtime: tries one forbidden action per class inside the jail, refuses to go on if any succeeds or if the wall is
 * lower than required, and boots the spare workers.
 *
 * @example
 * await using runtime = await createRuntime();
 * await using skill = await runtime.load('./skills/text-stats');
 * const result = await skill.call('count', { text: 'one two' });
 *
 * @throws RuntimeFailure ERR_CARAPACE_RUNTIME_PLATFORM, _RUNTIME_PROTECTION, _RUNTIME_SELF_TEST, _WORKER_START;
 * AuditFailure when the trail cannot be written; RangeError for impossible options
 */
export async function createRuntime(options: RuntimeOptions = {}): Promise<Runtime> {
  assertPlatform({ os: process.platform, processor: process.arch, nodeVersion: process.versions.node });
  const limits = poolLimits(options);
  const minimumProtection = options.minimumProtection ?? 'jailed';
  const trail = createAuditTrail({ sink: options.audit ?? createMemorySink() });
  const files = openWorkerFiles();
  const pool = new WorkerPool(nodePoolPowers, files, limits, profileFor(false));
  try {
    // Spares boot while the probe runs: they hold no skill, and none is lent before the wall was judged.
    const [selfTest] = await Promise.all([runSelfTest(nodePoolPowers, profileFor(false)), pool.warmUp()]);
    const protection = protectionOf(selfTest.layers);
    const overrides = minimumProtection === 'jailed' ? [] : [`minimum protection lowered to ${minimumProtection}`];
    recordStart(trail, protection, selfTest, overrides);
    assertWall(protection, minimumProtection, selfTest);
    const executor = createEmbeddedExecutor({ pool, profileFor, minimumProtection, now: nodePoolPowers.now });
    const { approve = denyAll, policy = {} } = options;
    return new LiveRuntime({
      pool,
      files,
      executor,
      trail,
      protection,
      overrides,
      selfTest,
      approve,
      policy,
      now: nodePoolPowers.now,
    });
  } catch (error) {
    await pool.close();
    files.close();
    throw error;
  }
}

function profileFor(jit: boolean): WorkerProfile {
  return { jit, cpuSeconds: CPU_BACKSTOP_SECONDS, layers: ALL_LAYERS };
}

function assertWall(protection: ProtectionReport, required: ProtectionLevel, selfTest: SelfTestResult): void {
  if (!atLeast(protection.level, required)) {
    throw new RuntimeFailure(
      'ERR_CARAPACE_RUNTIME_PROTECTION',
      `Cannot start runtime: "${required}" is required, this machine enforces "${protection.level}" (${shortfall(protection)})`,
    );
  }
  assertLayersHold(selfTest);
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
