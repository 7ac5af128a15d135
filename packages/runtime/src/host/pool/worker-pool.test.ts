import { describe, expect, it } from 'vitest';
import { afterRefills, OTHER_PROFILE, openPool, requestOf } from './fixtures/open-pool.ts';

const PATIENT = { timeout: 20_000 };

describe('WorkerPool', () => {
  it('replaces the worker of a call, and not before it is reaped', async () => {
    // Every place is taken by the one worker, so a replacement can only come once that one is reaped.
    await using open = await openPool({ spares: 1, maxSpares: 1 });
    const { pool } = open;
    const { worker } = await pool.lease(requestOf());
    await afterRefills();
    expect(pool.stats).toMatchObject({ busy: 1, alive: 1 });
    const reaped = worker.kill('call-ended');
    expect(pool.stats).toMatchObject({ spares: 0, alive: 1, busy: 0, waiting: 0 });
    await reaped;
    await expect.poll(() => pool.stats, PATIENT).toMatchObject({ spares: 1, alive: 1, waiting: 0 });
  });

  it('replaces a worker that died during its call', async () => {
    await using open = await openPool({ spares: 1, maxSpares: 1 });
    const { worker } = await open.pool.lease(requestOf());
    process.kill(worker.pid, 'SIGKILL');
    await worker.exited;
    await expect.poll(() => open.pool.stats.spares, PATIENT).toBe(1);
  });

  it('replaces a lent spare while the borrower still has it', async () => {
    await using open = await openPool({ spares: 1, maxSpares: 1, maxWorkers: 2 });
    const { worker } = await open.pool.lease(requestOf());
    await expect.poll(() => open.pool.stats, PATIENT).toMatchObject({ spares: 1, busy: 1, alive: 2 });
    expect(worker.alive).toBe(true);
  });

  it('serves a call that waits for the place before it boots a spare', async () => {
    await using open = await openPool({ spares: 1, maxSpares: 1 });
    const { pool } = open;
    const first = await pool.lease(requestOf());
    const second = pool.lease(requestOf());
    await first.worker.kill('call-ended');
    expect((await second).worker.pid).not.toBe(first.worker.pid);
    expect(pool.stats).toMatchObject({ spares: 0, booting: 0, busy: 1, alive: 1, waiting: 0 });
  });

  it('does not replace a spare that dies by itself before a call comes', async () => {
    await using open = await openPool({ spares: 1, maxSpares: 1 });
    const { pool, pids } = open;
    process.kill(pids[0] ?? 0, 'SIGKILL');
    await expect.poll(() => pool.stats, PATIENT).toMatchObject({ spares: 0, booting: 0, alive: 0 });
    expect((await pool.lease(requestOf())).worker.alive).toBe(true);
  });

  it('never lets a spare of one kind keep the place from a call that needs another', async () => {
    await using open = await openPool({ spares: 1, maxSpares: 1 });
    const { worker } = await open.pool.lease(requestOf({ profile: OTHER_PROFILE }));
    expect(worker.profile).toEqual(OTHER_PROFILE);
    expect(open.pool.stats).toMatchObject({ spares: 0, alive: 1 });
  });

  it('lends no worker with other layers than asked for', async () => {
    await using open = await openPool({ spares: 1, maxSpares: 1 });
    const weaker = { ...OTHER_PROFILE, layers: { ...OTHER_PROFILE.layers, landlock: false } };
    const { worker } = await open.pool.lease(requestOf({ profile: weaker }));
    expect(worker.profile.layers.landlock).toBe(false);
  });

  it('leaves the queue with the reason of the signal, and its boot serves the next', async () => {
    await using open = await openPool();
    const { pool } = open;
    const reason = new Error('deadline');
    await expect(pool.lease(requestOf({ signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
    const caller = new AbortController();
    const waiting = pool.lease(requestOf({ signal: caller.signal }));
    caller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect(pool.stats).toMatchObject({ waiting: 0, booting: 1 });
    await pool.lease(requestOf());
    expect(open.pids).toHaveLength(1);
  });

  it('reports how it is', async () => {
    await using open = await openPool({ spares: 1, maxSpares: 2, maxWorkers: 1 });
    await open.pool.lease(requestOf({ memoryMiB: 100 }));
    const waiting = open.pool.lease(requestOf());
    expect(open.pool.stats).toEqual({
      spares: 0,
      booting: 0,
      busy: 1,
      alive: 1,
      waiting: 1,
      oldestWaitMs: expect.any(Number),
      spareTarget: 1,
      reservedMiB: 188,
      ceilingMiB: 4_096,
      breaker: { state: 'closed', failures: 0, retryInMs: 0 },
    });
    await Promise.all([expect(waiting).rejects.toThrow(), open.pool.close()]);
  });
});
