import { describe, expect, it } from 'vitest';
import { afterRefills, OTHER_PROFILE, openPool, requestOf } from './fixtures/open-pool.ts';
import { nodePoolPowers } from './pool-powers.ts';

const PATIENT = { timeout: 20_000 };

/** Demand is remembered by this clock, which stands still unless a test moves it; the pool's timers are real. */
function stoppedClock(): { ms: number; readonly powers: typeof nodePoolPowers } {
  const clock = { ms: 0, powers: { ...nodePoolPowers, now: () => clock.ms } };
  return clock;
}

describe('WorkerPool and demand', () => {
  it('keeps more spares after many calls at once, and fewer when they are forgotten', async () => {
    const clock = stoppedClock();
    const limits = { spares: 1, maxSpares: 3, maxWorkers: 3, spareHoldMs: 50 };
    await using open = await openPool(limits, { powers: clock.powers });
    const { pool } = open;
    const leases = await Promise.all([1, 2, 3].map(() => pool.lease(requestOf())));
    for (const { worker } of leases) void worker.kill('call-ended');
    await expect.poll(() => pool.stats, PATIENT).toMatchObject({ spares: 3, spareTarget: 3, alive: 3 });
    await afterRefills();
    clock.ms += 50;
    await expect.poll(() => pool.stats, PATIENT).toMatchObject({ spares: 1, spareTarget: 1, alive: 1 });
  });

  it('never keeps more than it may, whatever the demand', async () => {
    const clock = stoppedClock();
    await using open = await openPool({ spares: 1, maxSpares: 1, maxWorkers: 3 }, { powers: clock.powers });
    const { pool } = open;
    const requests = [requestOf(), requestOf(), requestOf({ profile: OTHER_PROFILE })];
    const leases = await Promise.all(requests.map((request) => pool.lease(request)));
    for (const { worker } of leases) await worker.kill('call-ended');
    await expect.poll(() => pool.stats.spares, PATIENT).toBe(1);
    expect(pool.stats).toMatchObject({ spares: 1, spareTarget: 1, booting: 0 });
  });

  it('boots spares a few at a time, so that the calls that run have the machine', async () => {
    const clock = stoppedClock();
    const limits = { spares: 3, maxSpares: 3, maxWorkers: 3, spareBootsAtOnce: 1 };
    await using open = await openPool(limits, { powers: clock.powers });
    const { pool } = open;
    const leases = await Promise.all([1, 2, 3].map(() => pool.lease(requestOf())));
    await Promise.all(leases.map(({ worker }) => worker.kill('call-ended')));
    expect(pool.stats).toMatchObject({ spares: 0, booting: 1, spareTarget: 3 });
    await expect.poll(() => pool.stats, PATIENT).toMatchObject({ spares: 3, booting: 0 });
  });

  it('keeps spares of another kind while that is in demand, and lets them go after it', async () => {
    const clock = stoppedClock();
    const limits = { maxSpares: 2, maxWorkers: 2, spareHoldMs: 50 };
    await using open = await openPool(limits, { powers: clock.powers });
    const { pool } = open;
    const { worker } = await pool.lease(requestOf({ profile: OTHER_PROFILE }));
    await worker.kill('call-ended');
    await expect.poll(() => pool.stats.spares, PATIENT).toBe(1);
    const pids = open.pids.length;
    const second = await pool.lease(requestOf({ profile: OTHER_PROFILE }));
    expect(open.pids).toHaveLength(pids);
    await second.worker.kill('call-ended');
    clock.ms += 50;
    await expect.poll(() => pool.stats, PATIENT).toMatchObject({ spares: 0, booting: 0, alive: 0 });
  });

  it('lets a worker go that came up for a call which did not wait', async () => {
    await using open = await openPool({ maxSpares: 1, spareHoldMs: 50 });
    const caller = new AbortController();
    const waiting = open.pool.lease(requestOf({ profile: OTHER_PROFILE, signal: caller.signal }));
    caller.abort();
    await expect(waiting).rejects.toThrow();
    await expect.poll(() => open.pool.stats.spares, { ...PATIENT, interval: 5 }).toBe(1);
    await expect.poll(() => open.pool.stats.alive, PATIENT).toBe(0);
  });
});
