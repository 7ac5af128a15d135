import { tmpdir } from 'node:os';
import { parseManifest, parseSha256 } from '@carapace/manifest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LaunchFiles, openWorkerFiles } from '../../jail/launch-files.ts';
import { loadSkill } from '../../load/load-skill.ts';
import { nodeGrantPowers } from '../../policy/grant-powers.ts';
import type { ProtectionLevel } from '../../protection/protection-report.ts';
import { POOL_DEFAULTS } from '../../runtime-options.ts';
import { openSecretStore } from '../../secrets/secret-store.ts';
import { createNetwork } from '../broker/net/network.ts';
import { WorkerLeases } from '../lease/worker-leases.ts';
import { nodePoolPowers } from '../pool/pool-powers.ts';
import { ALL_LAYERS } from '../pool/spawn-worker.ts';
import { WorkerPool } from '../pool/worker-pool.ts';
import type { ExecutedCall } from './call-executor.ts';
import { createEmbeddedExecutor } from './embedded-executor.ts';

/** Workers that come up without Landlock, as on a kernel that lost it after the start of the runtime. */
const WEAKER = { jit: false, cpuSeconds: 30, layers: { ...ALL_LAYERS, landlock: false } };

let files: LaunchFiles;
let pool: WorkerPool;
beforeEach(() => {
  files = openWorkerFiles();
  pool = new WorkerPool(
    nodePoolPowers,
    files,
    { ...POOL_DEFAULTS, spares: 0, maxSpares: 0, maxWorkers: 1, maxQueue: 1 },
    WEAKER,
  );
});
afterEach(async () => {
  await pool.close();
  files.close();
});

async function runAt(minimumProtection: ProtectionLevel): Promise<ExecutedCall> {
  const manifest = parseManifest({
    manifestVersion: 1,
    name: 'hello',
    version: '1.0.0',
    description: 'Greets',
    main: 'dist/skill.js',
    tools: { hello: { description: 'Greets', input: { type: 'object' }, annotations: { readOnly: true } } },
  });
  const bundle = 'export default { tools: { hello: { run: () => 1 } } };';
  const installed = {
    manifest,
    bundle,
    digest: parseSha256(`sha256-${'0'.repeat(64)}`),
    origin: 'unsigned-local',
  } as const;
  const skill = await loadSkill(installed, {}, {}, nodeGrantPowers, {
    dataFolder: undefined,
    temporaryFolder: tmpdir(),
  });
  const leases = new WorkerLeases({ pool, now: nodePoolPowers.now, maxQueue: 1 });
  const executor = createEmbeddedExecutor({
    effects: {
      network: createNetwork(undefined, () => Promise.reject(new Error('no call of this test sends anything'))),
      secrets: await openSecretStore({ sources: [] }),
      signers: [],
    },
    leases,
    profileFor: () => WEAKER,
    minimumProtection,
    now: nodePoolPowers.now,
    onRetired: () => undefined,
  });
  const audit = { log: () => undefined, decision: () => undefined };
  const place = { isolation: 'call', tenant: 't', startedAt: nodePoolPowers.now() } as const;
  try {
    return await executor.execute({ skill, callId: 'c1', tool: 'hello', inputJson: '{}', audit, ...place });
  } finally {
    leases.close();
  }
}

describe('createEmbeddedExecutor', () => {
  it('judges the very worker it was lent, and kills one that is not protected enough', async () => {
    await expect(runAt('jailed')).rejects.toMatchObject({ code: 'ERR_CARAPACE_RUNTIME_PROTECTION' });
    await expect.poll(() => pool.stats.alive).toBe(0);
  });

  it('reports the level of that worker, not a configured one', async () => {
    const { end, protection } = await runAt('filtered');
    expect(end.outcome).toEqual({ kind: 'value', json: '1' });
    expect(protection?.level).toBe('filtered');
  });
});
