import { describe, expect, it } from 'vitest';
import { openPool, requestOf } from './fixtures/open-pool.ts';
import { nodePoolPowers } from './pool-powers.ts';
import type { LeaseRequest, WorkerPool } from './worker-pool.ts';

/** Leases a worker and gives it up at once; tells the name when the lease is granted. */
function takeTurn(pool: WorkerPool, request: Partial<LeaseRequest>, granted: string[]): Promise<string> {
  const name = `${request.tenant} ${request.skill ?? ''}`.trim();
  return pool.lease(requestOf(request)).then(
    ({ worker }) => {
      granted.push(name);
      void worker.kill('call-ended');
      return name;
    },
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : 'no error'),
  );
}

describe('WorkerPool with many who wait', () => {
  it('serves a quiet tenant in its turn, whatever another one has in the queue', async () => {
    await using open = await openPool({ maxQueue: 16 });
    const granted: string[] = [];
    for (let call = 0; call < 10; call += 1) void takeTurn(open.pool, { tenant: 'flood' }, granted);
    await takeTurn(open.pool, { tenant: 'quiet' }, granted);
    expect(granted).toEqual(['flood', 'quiet']);
  });

  it('serves a quiet skill in its turn within its tenant', async () => {
    await using open = await openPool({ maxQueue: 16 });
    const granted: string[] = [];
    for (let call = 0; call < 10; call += 1) void takeTurn(open.pool, { tenant: 't', skill: 'flood' }, granted);
    await takeTurn(open.pool, { tenant: 't', skill: 'quiet' }, granted);
    expect(granted).toEqual(['t flood', 't quiet']);
  });

  it('lets the fullest lane pay for a full queue, and tells when to come back', async () => {
    await using open = await openPool({ maxQueue: 3 });
    const flood = [1, 2, 3].map(() => open.pool.lease(requestOf({ tenant: 'flood' })));
    flood.forEach((lease) => void lease.catch(() => undefined));
    await expect(open.pool.lease(requestOf({ tenant: 'flood' }))).rejects.toMatchObject({
      code: 'ERR_CARAPACE_RUNTIME_BUSY',
      retryable: true,
      message: expect.stringMatching(
        /^Cannot start call: 1 workers are alive and 3 calls wait; try again in about \d+ ms$/,
      ),
      detail: { alive: 1, waiting: 3, retryInMs: 100 },
    });
    const quiet = takeTurn(open.pool, { tenant: 'quiet' }, []);
    await expect(flood[2]).rejects.toMatchObject({ code: 'ERR_CARAPACE_RUNTIME_BUSY' });
    expect(open.pool.stats.waiting).toBe(3);
    void flood[0]?.then(({ worker }) => worker.kill('call-ended'));
    expect(await quiet).toBe('quiet');
  });

  it('lets nobody overtake those who wait, not even for a spare at hand', async () => {
    // Two spares; the first call waits for the memory of one, and the second would fit at once.
    await using open = await openPool({ spares: 2, maxSpares: 2, maxWorkers: 2, maxWorkerMemoryMiB: 200 });
    const granted: string[] = [];
    const large = takeTurn(open.pool, { tenant: 'large', memoryMiB: 100 }, granted);
    const small = takeTurn(open.pool, { tenant: 'small', memoryMiB: 8 }, granted);
    expect(open.pool.stats.waiting).toBe(2);
    await Promise.all([large, small]);
    expect(granted).toEqual(['large', 'small']);
  });
});

describe('WorkerPool and borrowers who keep their workers', () => {
  it('has a borrower yield to who has waited for long, and counts it as its turn', async () => {
    const clock = { ms: 0 };
    await using open = await openPool({}, { powers: { ...nodePoolPowers, now: () => clock.ms } });
    const { pool } = open;
    const kept = await pool.lease(requestOf({ tenant: 'busy' }));
    const granted: string[] = [];
    const again = takeTurn(pool, { tenant: 'busy' }, granted);
    const quiet = takeTurn(pool, { tenant: 'quiet' }, granted);
    expect(pool.shouldYield('busy', 'skill')).toBe(false);
    clock.ms = 250;
    expect(pool.shouldYield('busy', 'skill')).toBe(true);
    void kept.worker.kill('retired');
    expect(pool.shouldYield('busy', 'skill')).toBe(false);
    await Promise.all([again, quiet]);
    expect(granted).toEqual(['quiet', 'busy']);
  });

  it('has nobody yield to himself, nor to a call whose worker is being booted', async () => {
    const clock = { ms: 0 };
    await using open = await openPool({ maxWorkers: 2 }, { powers: { ...nodePoolPowers, now: () => clock.ms } });
    const { pool } = open;
    await pool.lease(requestOf({ tenant: 'busy' }));
    const coming = pool.lease(requestOf({ tenant: 'quiet' }));
    const own = pool.lease(requestOf({ tenant: 'busy' }));
    clock.ms = 1_000;
    expect(pool.stats).toMatchObject({ booting: 1, waiting: 2, oldestWaitMs: 1_000 });
    expect(pool.shouldYield('busy', 'skill')).toBe(false);
    await coming;
    expect(pool.stats).toMatchObject({ booting: 0, waiting: 1 });
    expect(pool.shouldYield('busy', 'skill')).toBe(false);
    expect(pool.shouldYield('busy', 'other')).toBe(true);
    await Promise.all([expect(own).rejects.toThrow(), pool.close()]);
  });

  it('asks for a worker back when it is told that one runs nothing any more', async () => {
    let idle: { kill(reason: 'retired'): unknown } | undefined;
    await using open = await openPool({}, { reclaim: () => idle?.kill('retired') !== undefined });
    const { worker } = await open.pool.lease(requestOf({ tenant: 'busy' }));
    const waiting = open.pool.lease(requestOf({ tenant: 'quiet' }));
    idle = worker;
    open.pool.noteIdle();
    expect((await waiting).worker.alive).toBe(true);
  });
});
