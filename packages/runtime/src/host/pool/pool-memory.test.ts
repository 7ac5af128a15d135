import { describe, expect, it } from 'vitest';
import { afterRefills, OTHER_PROFILE, openPool, requestOf } from './fixtures/open-pool.ts';

describe('WorkerPool and memory', () => {
  it('refuses a call that could never fit', async () => {
    await using open = await openPool({ maxWorkerMemoryMiB: 200 });
    await expect(open.pool.lease(requestOf({ memoryMiB: 113 }))).rejects.toMatchObject({
      code: 'ERR_CARAPACE_RUNTIME_MEMORY',
      retryable: false,
      message: 'Cannot start call: its worker may take 201 MiB, all workers together 200 MiB',
    });
    expect((await open.pool.lease(requestOf({ memoryMiB: 112 }))).worker.alive).toBe(true);
  });

  it('lets a call wait until what runs leaves enough, though there are places', async () => {
    await using open = await openPool({ maxWorkers: 4, maxWorkerMemoryMiB: 300 });
    const { pool } = open;
    const first = await pool.lease(requestOf());
    const second = pool.lease(requestOf());
    expect(pool.stats).toMatchObject({ reservedMiB: 152, booting: 0, waiting: 1 });
    await first.worker.kill('call-ended');
    expect((await second).worker.alive).toBe(true);
    expect(pool.stats).toMatchObject({ reservedMiB: 152, alive: 1 });
  });

  it('counts what it has promised to those before', async () => {
    await using open = await openPool({ maxWorkers: 4, maxWorkerMemoryMiB: 400 });
    const leases = [1, 2, 3].map(() => open.pool.lease(requestOf()));
    expect(open.pool.stats).toMatchObject({ booting: 2, waiting: 3 });
    await Promise.all(leases.slice(0, 2));
    expect(open.pool.stats).toMatchObject({ reservedMiB: 304, booting: 0, waiting: 1 });
    await Promise.all([expect(leases[2]).rejects.toThrow(), open.pool.close()]);
  });

  it('gives up idle spares before a call waits for others, but not the one it needs', async () => {
    await using open = await openPool({ spares: 3, maxSpares: 3, maxWorkers: 3, maxWorkerMemoryMiB: 200 });
    const { worker } = await open.pool.lease(requestOf({ memoryMiB: 112 }));
    expect(open.pids).toContain(worker.pid);
    expect(open.pids).toHaveLength(3);
    expect(open.pool.stats).toMatchObject({ spares: 0, alive: 1, reservedMiB: 200 });
  });

  it('keeps the spare that a waiting call needs, when giving it up would not help', async () => {
    await using open = await openPool({ spares: 2, maxSpares: 2, maxWorkers: 2, maxWorkerMemoryMiB: 300 });
    const { pool } = open;
    const first = await pool.lease(requestOf());
    const second = pool.lease(requestOf());
    expect(pool.stats).toMatchObject({ spares: 1, waiting: 1 });
    await first.worker.kill('call-ended');
    expect(open.pids.slice(0, 2)).toContain((await second).worker.pid);
  });

  it('boots no spare while a call waits for the memory of it', async () => {
    await using open = await openPool({ spares: 1, maxSpares: 1, maxWorkers: 3, maxWorkerMemoryMiB: 400 });
    const { pool } = open;
    const [first, second] = [await pool.lease(requestOf()), await pool.lease(requestOf())];
    const waiting = pool.lease(requestOf({ profile: OTHER_PROFILE, memoryMiB: 300 }));
    await first.worker.kill('call-ended');
    await afterRefills();
    expect(pool.stats).toMatchObject({ alive: 1, booting: 0, waiting: 1 });
    expect(open.pids).toHaveLength(2);
    await second.worker.kill('call-ended');
    expect((await waiting).worker.alive).toBe(true);
  });

  it('lets the next in turn go on when who waits for memory gives up', async () => {
    await using open = await openPool({ maxWorkers: 2, maxWorkerMemoryMiB: 300 });
    const { pool } = open;
    await pool.lease(requestOf());
    const caller = new AbortController();
    const large = pool.lease(requestOf({ memoryMiB: 200, signal: caller.signal }));
    const small = pool.lease(requestOf({ memoryMiB: 8 }));
    await afterRefills();
    expect(pool.stats).toMatchObject({ waiting: 2, booting: 0 });
    caller.abort();
    await expect(large).rejects.toThrow();
    expect((await small).worker.alive).toBe(true);
  });

  it('boots no spare that would not fit', async () => {
    await using open = await openPool({ spares: 3, maxSpares: 3, maxWorkers: 3, maxWorkerMemoryMiB: 100 });
    expect(open.pool.stats).toMatchObject({ spares: 2, alive: 2, reservedMiB: 80 });
  });
});

describe('WorkerPool and workers that were lent and run nothing', () => {
  it('asks for one back when a call finds no place', async () => {
    let idle: { kill(reason: 'closed'): unknown } | undefined;
    const reclaim = (): boolean => idle?.kill('closed') !== undefined;
    await using open = await openPool({}, { reclaim });
    idle = (await open.pool.lease(requestOf())).worker;
    const { worker } = await open.pool.lease(requestOf({ profile: OTHER_PROFILE }));
    expect(worker.alive).toBe(true);
  });

  it('asks for one back when a call finds no memory', async () => {
    let idle: { kill(reason: 'closed'): unknown } | undefined;
    const reclaim = (): boolean => idle?.kill('closed') !== undefined;
    await using open = await openPool({ maxWorkers: 4, maxWorkerMemoryMiB: 200 }, { reclaim });
    idle = (await open.pool.lease(requestOf())).worker;
    const { worker } = await open.pool.lease(requestOf());
    expect(worker.alive).toBe(true);
  });

  it.each([
    ['a place', 4_096],
    ['memory', 200],
  ])('asks for none while a dying worker is about to leave %s', async (_name, maxWorkerMemoryMiB) => {
    let asked = 0;
    const reclaim = (): boolean => {
      asked += 1;
      return false;
    };
    await using open = await openPool({ maxWorkerMemoryMiB }, { reclaim });
    const { worker } = await open.pool.lease(requestOf());
    void worker.kill('call-ended');
    await open.pool.lease(requestOf());
    expect(asked).toBe(0);
  });
});
