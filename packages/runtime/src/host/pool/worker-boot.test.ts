import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { koffiAddon, openFiles } from '../../jail/launch-files.ts';
import { POOL_DEFAULTS } from '../../runtime-options.ts';
import { afterRefills, PROFILE, requestOf } from './fixtures/open-pool.ts';
import { nodePoolPowers } from './pool-powers.ts';
import { ALL_LAYERS } from './spawn-worker.ts';
import { WorkerPool } from './worker-pool.ts';

/** A program in the place of the worker, in the real jail, that misbehaves before any call. */
const SEND = `
const { readSync, writeSync } = require('node:fs');
const frame = (head) => {
  const text = Buffer.from(JSON.stringify(head));
  const prefix = Buffer.alloc(8);
  prefix.writeUInt32LE(4 + text.length, 0);
  prefix.writeUInt32LE(text.length, 4);
  return Buffer.concat([prefix, text]);
};
const send = (head) => writeSync(3, frame(head));
`;
const STAY = 'readSync(3, Buffer.alloc(1));';
const LIMITS = { ...POOL_DEFAULTS, spares: 1, maxSpares: 1, maxWorkers: 1, maxQueue: 1 };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carapace-boot-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function withPool(program: string, use: (pool: WorkerPool) => Promise<void>): Promise<void> {
  const path = join(folder, 'worker.js');
  writeFileSync(path, SEND + program + STAY);
  const files = openFiles(path, koffiAddon());
  const pool = new WorkerPool(nodePoolPowers, files, LIMITS, { jit: false, cpuSeconds: 30, layers: ALL_LAYERS });
  try {
    await use(pool);
  } finally {
    await pool.close();
    files.close();
  }
}

describe('a worker before its first call', () => {
  it.each([
    ['another protocol version', "send({ kind: 'ready', version: 2 });"],
    ['another message than ready', "send({ kind: 'loaded' });"],
    ['no message of the protocol', "send({ kind: 'grant' });"],
  ])('is refused and killed when it starts with %s', async (_name, program) => {
    await withPool(program, async (pool) => {
      await expect(pool.warmUp()).rejects.toMatchObject({
        code: 'ERR_CARAPACE_WORKER_START',
        message: expect.stringContaining('it spoke out of turn'),
      });
      await expect.poll(() => pool.stats).toMatchObject({ spares: 0, alive: 0, waiting: 0 });
    });
  });

  it('is refused when it says more than that it is ready, in one breath', async () => {
    const both = `
      writeSync(3, Buffer.concat([frame({ kind: 'ready', version: 1 }), frame({ kind: 'loaded' })]));
    `;
    await withPool(both, async (pool) => {
      await expect(pool.warmUp()).rejects.toMatchObject({
        code: 'ERR_CARAPACE_WORKER_START',
        message: 'Cannot start worker: it ended when it was ready',
      });
      expect(pool.stats.spares).toBe(0);
    });
  });

  it('is no spare any more, and killed, when it speaks while it waits for a call', async () => {
    const late = 'for (const end = Date.now() + 300; Date.now() < end; );';
    await withPool(`send({ kind: 'ready', version: 1 }); ${late} send({ kind: 'loaded' });`, async (pool) => {
      await pool.warmUp();
      expect(pool.stats.spares).toBe(1);
      await expect.poll(() => pool.stats).toMatchObject({ spares: 0, alive: 0, waiting: 0 });
    });
  });
});

describe('spares that die as soon as they are up', () => {
  it('are booted again when a call comes, and not for ever', async () => {
    const path = join(folder, 'mayfly.js');
    const ready = "send({ kind: 'ready', version: 1 });";
    writeFileSync(path, SEND + ready + STAY);
    const files = openFiles(path, koffiAddon());
    let started = 0;
    const spawn = new Proxy(nodePoolPowers.spawn, {
      apply: (start, self, given): unknown => {
        started += 1;
        return Reflect.apply(start, self, given);
      },
    });
    const limits = { ...POOL_DEFAULTS, spares: 2, maxSpares: 2, maxWorkers: 4, spareBootsAtOnce: 1 };
    const pool = new WorkerPool({ ...nodePoolPowers, spawn }, files, limits, PROFILE);
    try {
      const { worker } = await pool.lease(requestOf());
      writeFileSync(
        path,
        `${SEND + ready}const end = Date.now() + 50; while (Date.now() < end); process.reallyExit(1);`,
      );
      await expect.poll(() => started, { timeout: 20_000 }).toBe(3);
      await expect.poll(() => pool.stats, { timeout: 20_000 }).toMatchObject({ alive: 1, booting: 0 });
      await afterRefills();
      expect(started).toBe(3);
      expect(worker.alive).toBe(true);
    } finally {
      await pool.close();
      files.close();
    }
  });
});

describe('workers that do not come up', () => {
  const FAILING = 'process.reallyExit(3);';
  const GOOD = "send({ kind: 'ready', version: 1 });";

  /** A pool without spares whose clock stands still, and the file of the program that its next worker runs. */
  async function withFailing(
    use: (pool: WorkerPool, clock: { ms: number }, program: string) => Promise<void>,
    maxWorkers = 3,
  ): Promise<void> {
    const clock = { ms: 0 };
    const path = join(folder, 'failing.js');
    writeFileSync(path, SEND + FAILING);
    const files = openFiles(path, koffiAddon());
    const limits = { ...POOL_DEFAULTS, spares: 0, maxSpares: 0, maxWorkers, maxQueue: 8 };
    const profile = { jit: false, cpuSeconds: 30, layers: ALL_LAYERS };
    const pool = new WorkerPool({ ...nodePoolPowers, now: () => clock.ms }, files, limits, profile);
    try {
      await use(pool, clock, path);
    } finally {
      await pool.close();
      files.close();
    }
  }

  const failed = { code: 'ERR_CARAPACE_WORKER_START', message: expect.stringContaining('exited with code 3') };

  it('are not started over and over: who waits is refused after three, and told when to try again', async () => {
    await withFailing(async (pool) => {
      const leases = Array.from({ length: 5 }, () => pool.lease(requestOf()));
      const suspended = {
        code: 'ERR_CARAPACE_WORKER_START',
        message: 'Cannot start worker: 3 starts in a row have failed, the next try is in 100 ms',
        detail: { failures: 3, retryInMs: 100 },
      };
      const expected = [failed, failed, failed, suspended, suspended];
      await Promise.all(leases.map((lease, index) => expect(lease).rejects.toMatchObject(expected[index] ?? {})));
      await expect(pool.lease(requestOf())).rejects.toMatchObject(suspended);
      expect(pool.stats).toMatchObject({ booting: 0, breaker: { state: 'open', failures: 3, retryInMs: 100 } });
    }, 1);
  });

  it('are tried one at a time after the wait, and longer apart each time', async () => {
    await withFailing(async (pool, clock) => {
      for (let lease = 0; lease < 3; lease += 1) await expect(pool.lease(requestOf())).rejects.toMatchObject(failed);
      clock.ms = 100;
      const leases = [pool.lease(requestOf()), pool.lease(requestOf())];
      expect(pool.stats).toMatchObject({ booting: 1, waiting: 2, breaker: { state: 'half-open' } });
      await expect(leases[0]).rejects.toMatchObject(failed);
      await expect(leases[1]).rejects.toMatchObject({ detail: { failures: 4, retryInMs: 200 } });
    });
  });

  it('are forgotten when one comes up', async () => {
    await withFailing(async (pool, clock, program) => {
      for (let lease = 0; lease < 3; lease += 1) await expect(pool.lease(requestOf())).rejects.toMatchObject(failed);
      clock.ms = 100;
      writeFileSync(program, SEND + GOOD + STAY);
      const leases = await Promise.all([pool.lease(requestOf()), pool.lease(requestOf())]);
      expect(leases.map(({ worker }) => worker.alive)).toEqual([true, true]);
      expect(pool.stats.breaker).toEqual({ state: 'closed', failures: 0, retryInMs: 0 });
    });
  });

  it('of one kind do not keep another kind from starting', async () => {
    await withFailing(async (pool, _clock, program) => {
      for (let lease = 0; lease < 3; lease += 1) await expect(pool.lease(requestOf())).rejects.toMatchObject(failed);
      writeFileSync(program, SEND + GOOD + STAY);
      const other = { jit: false, cpuSeconds: 31, layers: ALL_LAYERS };
      expect((await pool.lease(requestOf({ profile: other }))).worker.alive).toBe(true);
    });
  });

  it('take nobody’s place in the queue', async () => {
    await withFailing(async (pool, _clock, program) => {
      for (let lease = 0; lease < 3; lease += 1) await expect(pool.lease(requestOf())).rejects.toMatchObject(failed);
      writeFileSync(program, SEND + GOOD + STAY);
      const other = { jit: false, cpuSeconds: 31, layers: ALL_LAYERS };
      const waiting = Array.from({ length: 8 }, () => pool.lease(requestOf({ profile: other, tenant: 'flood' })));
      const refused = expect(pool.lease(requestOf({ tenant: 'quiet' }))).rejects.toMatchObject({
        detail: { failures: 3 },
      });
      expect(pool.stats.waiting).toBe(8);
      await refused;
      for (const lease of waiting) void lease.then(({ worker }) => worker.kill('call-ended'));
      await Promise.all(waiting);
    });
  });
});
