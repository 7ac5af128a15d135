import type { Isolation } from '@carapace/manifest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LaunchFiles, openWorkerFiles } from '../../jail/launch-files.ts';
import { POOL_DEFAULTS } from '../../runtime-options.ts';
import { nodePoolPowers } from '../pool/pool-powers.ts';
import { ALL_LAYERS, type WorkerProfile } from '../pool/spawn-worker.ts';
import { WorkerPool } from '../pool/worker-pool.ts';
import type { Lease, RetiredWorker } from './lease.ts';
import { RECYCLE_RULES, type RecycleRule } from './recycle-rule.ts';
import { type LeaseWish, WorkerLeases } from './worker-leases.ts';

const PROFILE: WorkerProfile = { jit: false, cpuSeconds: 60, layers: ALL_LAYERS };

let files: LaunchFiles;
let pool: WorkerPool;
let leases: WorkerLeases;
let ended: RetiredWorker[];
let clock = 0;

function start(rules: Partial<RecycleRule> = {}, maxWorkers = 3): void {
  pool = new WorkerPool(nodePoolPowers, files, { ...POOL_DEFAULTS, spares: 0, maxSpares: 0, maxWorkers }, PROFILE, () =>
    leases.reclaim(),
  );
  const both = { skill: { ...RECYCLE_RULES.skill, ...rules }, session: { ...RECYCLE_RULES.session, ...rules } };
  leases = new WorkerLeases({ pool, now: () => clock, maxQueue: 4, rules: both, sweepMs: 10 });
}

beforeEach(() => {
  files = openWorkerFiles();
  ended = [];
  clock = 0;
});
afterEach(async () => {
  leases.close();
  await pool.close();
  files.close();
});

function wishOf(isolation: Isolation, place = 'a', cpuMs = 1_000): LeaseWish {
  return {
    profile: PROFILE,
    tenant: 't',
    skill: 's',
    memoryMiB: 64,
    isolation,
    key: { text: `${isolation} ${place}`, skill: 's' },
    cpuMs,
    onRetired: (end) => ended.push(end),
  };
}

/** A loan and its return, as a call that ends well would do it. */
async function pass(wish: LeaseWish): Promise<Lease> {
  const lease = leases.takeReady(wish) ?? (await leases.lease(wish));
  leases.giveBack(lease, wish, true);
  return lease;
}

const warm = (count: number): Promise<unknown> => expect.poll(() => leases.stats.warm).toBe(count);

describe('WorkerLeases', () => {
  it('kills the worker of a `call` even when it is given back as kept', async () => {
    start();
    const wish = wishOf('call');
    const lease = await leases.lease(wish);
    expect(lease.keepable).toBe(false);
    leases.giveBack(lease, wish, true);
    await expect.poll(() => pool.stats.alive).toBe(0);
  });

  it.each(['skill', 'session'] as const)('lends the worker of a `%s` again, to its own key only', async (isolation) => {
    start();
    const first = await pass(wishOf(isolation));
    await warm(1);
    expect(await pass(wishOf(isolation))).toBe(first);
    await warm(1);
    const other = await pass(wishOf(isolation, 'b'));
    expect(other.worker.pid).not.toBe(first.worker.pid);
    await warm(2);
  });

  it('gives a call that waits for the pool the worker of its key that comes back first', async () => {
    start({}, 1);
    const wish = wishOf('skill');
    const first = await leases.lease(wish);
    const second = leases.lease(wish);
    leases.giveBack(first, wish, true);
    expect(await second).toBe(first);
    leases.giveBack(first, wish, true);
  });

  it('lets calls of one session in one after the other', async () => {
    start();
    const wish = wishOf('session');
    const first = await leases.lease(wish);
    let came = false;
    const second = leases.lease(wish).then((lease) => {
      came = true;
      return lease;
    });
    expect(leases.stats.waitingForSession).toBe(1);
    expect(leases.takeReady(wish)).toBeUndefined();
    await Promise.resolve();
    expect(came).toBe(false);
    leases.giveBack(first, wish, true);
    expect(await second).toBe(first);
  });

  it('passes the turn of a session on when its first call gets no worker', async () => {
    start();
    const wish = wishOf('session');
    await expect(leases.lease({ ...wish, signal: AbortSignal.abort('gone') })).rejects.toBe('gone');
    const impossible = { ...wish, memoryMiB: 10 ** 9 };
    await expect(leases.lease(impossible)).rejects.toMatchObject({ code: 'ERR_CARAPACE_RUNTIME_MEMORY' });
    expect((await leases.lease(wish)).worker.alive).toBe(true);
  });

  it('starts a new worker when the kept one was killed by its call', async () => {
    start();
    const wish = wishOf('session');
    const first = await leases.lease(wish);
    await first.worker.kill('budget');
    leases.giveBack(first, wish, true);
    expect(leases.stats.warm).toBe(0);
    expect((await pass(wish)).worker.pid).not.toBe(first.worker.pid);
  });

  it.each([
    ['calls', { maxCalls: 2 }, 0, 1_000],
    ['age', { maxAgeMs: 100 }, 60, 1_000],
    ['memory', { maxGrowthMiB: -1_000 }, 0, 1_000],
    ['processor time', {}, 0, 60_000],
  ])('recycles for %s', async (what, rules, tick, cpuMs) => {
    start(rules);
    const wish = wishOf('skill', 'a', cpuMs);
    for (let turn = 0; turn < 3 && ended.length === 0; turn += 1) {
      clock += tick;
      const { worker } = await pass(wish);
      await expect.poll(() => leases.stats.warm === 1 || !worker.alive).toBe(true);
    }
    expect(ended).toEqual([{ pid: expect.any(Number), reason: `recycled: ${what}` }]);
    await expect.poll(() => pool.stats.alive).toBe(0);
  });

  it('ends a worker that nobody has used for long', async () => {
    start({ maxIdleMs: 1_000 });
    await pass(wishOf('session'));
    clock = 999;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(leases.stats.warm).toBe(1);
    clock = 1_000;
    await expect.poll(() => ended).toEqual([{ pid: expect.any(Number), reason: 'idle' }]);
  });

  it('ends an idle worker that dies or speaks', async () => {
    start();
    const { worker } = await pass(wishOf('session'));
    process.kill(worker.pid, 'SIGKILL');
    await expect.poll(() => ended).toEqual([{ pid: worker.pid, reason: 'anomaly' }]);
    const speaks = await pass(wishOf('session', 'b'));
    // An honest worker answers a question that nobody should have asked; to the shelf that is a word out of turn.
    await speaks.worker.send({ kind: 'renew' });
    await expect.poll(() => ended.map(({ pid }) => pid)).toEqual([worker.pid, speaks.worker.pid]);
    expect(leases.stats.warm).toBe(0);
  });

  it('gives up an idle worker for a call that finds no room, one without state first', async () => {
    start({}, 2);
    const session = await pass(wishOf('session'));
    const skill = await pass(wishOf('skill'));
    await warm(2);
    await pass(wishOf('skill', 'b'));
    expect(ended).toEqual([{ pid: skill.worker.pid, reason: 'reclaimed' }]);
    expect(session.worker.alive).toBe(true);
  });

  it('ends the workers of a skill that is closed, also one that is not ready for its next call yet', async () => {
    start();
    const idle = await pass(wishOf('session'));
    const renewing = await pass(wishOf('skill'));
    leases.retireSkill('another');
    expect(ended).toEqual([]);
    leases.retireSkill('s');
    expect(ended.map(({ reason }) => reason)).toEqual(['skill-closed', 'skill-closed']);
    expect(idle.worker.alive || renewing.worker.alive).toBe(false);
  });

  it('keeps nothing once it is closed', async () => {
    start();
    const wish = wishOf('session');
    const lease = await leases.lease(wish);
    leases.close();
    leases.giveBack(lease, wish, true);
    expect(ended).toEqual([{ pid: lease.worker.pid, reason: 'runtime-closed' }]);
  });
});
