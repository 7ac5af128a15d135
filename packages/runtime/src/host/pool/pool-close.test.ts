import { describe, expect, it } from 'vitest';
import { openPool, requestOf } from './fixtures/open-pool.ts';

const CLOSED = { code: 'ERR_CARAPACE_RUNTIME_CLOSED' };

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('WorkerPool.close', () => {
  it('refuses who waits, and kills and reaps spares, lent workers and boots under way', async () => {
    await using open = await openPool({ spares: 1, maxSpares: 1, maxWorkers: 3 });
    const { pool } = open;
    await pool.lease(requestOf());
    const refused = Promise.all([1, 2, 3].map(() => expect(pool.lease(requestOf())).rejects.toMatchObject(CLOSED)));
    expect(pool.stats).toMatchObject({ busy: 1, booting: 2, waiting: 3 });
    await pool.close();
    await refused;
    expect(open.pids).toHaveLength(3);
    expect(open.pids.filter(isAlive)).toEqual([]);
    expect(pool.stats).toMatchObject({ spares: 0, alive: 0, busy: 0, booting: 0, waiting: 0, reservedMiB: 0 });
  });

  it('starts nothing and lends nothing any more', async () => {
    await using open = await openPool({ spares: 1, maxSpares: 2, maxWorkers: 2 });
    const { pool } = open;
    // Its replacement would be due a moment after this, and again when it is reaped.
    await pool.lease(requestOf());
    await pool.close();
    await expect(pool.lease(requestOf())).rejects.toMatchObject(CLOSED);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(open.pids).toHaveLength(1);
    expect(pool.stats).toMatchObject({ alive: 0, booting: 0 });
  });

  it('is the same close when it is called again', async () => {
    await using open = await openPool({ spares: 1, maxSpares: 1 });
    const closing = open.pool.close();
    expect(open.pool.close()).toBe(closing);
    await closing;
    expect(open.pids.filter(isAlive)).toEqual([]);
  });

  it('rejects a warm-up that is under way', async () => {
    await using open = await openPool({ spares: 1, maxSpares: 1 });
    process.kill(open.pids[0] ?? 0, 'SIGKILL');
    await expect.poll(() => open.pool.stats.alive, { timeout: 20_000 }).toBe(0);
    const warming = expect(open.pool.warmUp()).rejects.toMatchObject(CLOSED);
    await open.pool.close();
    await warming;
    expect(open.pids).toHaveLength(2);
  });
});
