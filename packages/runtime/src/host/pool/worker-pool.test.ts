import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LaunchFiles, openWorkerFiles } from '../../jail/launch-files.ts';
import { nodePoolPowers, type PoolPowers } from './pool-powers.ts';
import { ALL_LAYERS, type WorkerProfile } from './spawn-worker.ts';
import { WorkerPool } from './worker-pool.ts';

const PROFILE: WorkerProfile = { jit: false, cpuSeconds: 30, layers: ALL_LAYERS };

let files: LaunchFiles;
let pool: WorkerPool;
let latestPid: number;

/** Every worker's meter is opened at its start, which tells the pid that the pool keeps to itself. */
const powers: PoolPowers = {
  ...nodePoolPowers,
  openProcFile: (pid, name) => {
    latestPid = pid;
    return nodePoolPowers.openProcFile(pid, name);
  },
};

beforeEach(async () => {
  files = openWorkerFiles();
  // Every place is taken by the one worker, so a replacement can only come once that one is reaped.
  const limits = { spares: 1, maxWorkers: 1, maxQueue: 4, startTimeoutMs: 20_000 };
  pool = new WorkerPool(powers, files, limits, PROFILE);
  await pool.warmUp();
});

afterEach(async () => {
  await pool.close();
  files.close();
});

describe('WorkerPool', () => {
  it('replaces the worker of a call, and not before it is reaped', async () => {
    const { worker } = await pool.lease(PROFILE);
    const reaped = worker.kill('call-ended');
    expect(pool.stats).toEqual({ spares: 0, alive: 1, waiting: 0 });
    await reaped;
    await expect.poll(() => pool.stats, { timeout: 20_000 }).toEqual({ spares: 1, alive: 1, waiting: 0 });
  });

  it('replaces a worker that died during its call', async () => {
    const { worker } = await pool.lease(PROFILE);
    process.kill(worker.pid, 'SIGKILL');
    await worker.exited;
    await expect.poll(() => pool.stats.spares, { timeout: 20_000 }).toBe(1);
  });

  it('serves a call that waits for the place before it boots a spare', async () => {
    const first = await pool.lease(PROFILE);
    const second = pool.lease(PROFILE);
    await first.worker.kill('call-ended');
    expect((await second).worker.pid).not.toBe(first.worker.pid);
    expect(pool.stats).toEqual({ spares: 0, alive: 1, waiting: 0 });
  });

  it('does not replace a spare that dies by itself before a call comes', async () => {
    process.kill(latestPid, 'SIGKILL');
    await expect.poll(() => pool.stats, { timeout: 20_000 }).toEqual({ spares: 0, alive: 0, waiting: 0 });
    expect((await pool.lease(PROFILE)).worker.alive).toBe(true);
  });
});
