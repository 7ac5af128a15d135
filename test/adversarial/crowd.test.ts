import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSandbox, type Sandbox, skillOf } from './sandbox.ts';
import { callOptions } from './variant.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox({ spares: 1, maxWorkers: 2, maxQueue: 3 });
});
beforeEach(() =>
  vi.waitFor(() => expect(sandbox.runtime.stats()).toMatchObject({ spares: 1, alive: 1 }), { timeout: 10_000 }),
);
afterAll(async () => {
  await sandbox.expectUnharmed();
  await sandbox[Symbol.asyncDispose]();
});

/** What became of each call: the value, the code of its result, or the code it was rejected with. */
function fates(
  calls: readonly Promise<{ readonly code: string | undefined; readonly structured: unknown }>[],
): Promise<readonly unknown[]> {
  return Promise.all(
    calls.map((call) =>
      call.then(
        ({ code, structured }) => code ?? structured,
        (reason: unknown) => (reason instanceof Error && 'code' in reason ? reason.code : reason),
      ),
    ),
  );
}

describe('RS-086 many calls at once by the same caller', () => {
  it.each([5, 10, 30])(
    '%i calls: one spare and three in the queue are served, the others are refused',
    async (count) => {
      const skill = await sandbox.runtime.load(skillOf({ id: 'RS-086', title: 'crowd', run: 'return "served";' }));
      const outcomes = await fates(Array.from({ length: count }, () => skill.call('attack', {}, callOptions())));
      expect(outcomes.filter((fate) => fate === 'served')).toHaveLength(4);
      expect(outcomes.filter((fate) => fate === 'ERR_CARAPACE_RUNTIME_BUSY')).toHaveLength(count - 4);
      await skill.close();
      await sandbox.expectSettled();
    },
  );

  it('never has more workers alive than it may, not even while they die', async () => {
    await using skill = await sandbox.runtime.load(skillOf({ id: 'RS-086', title: 'crowd', run: 'return "served";' }));
    let most = 0;
    const watching = setInterval(() => {
      most = Math.max(most, sandbox.runtime.stats().alive);
    }, 1);
    await fates(Array.from({ length: 10 }, () => skill.call('attack', {}, callOptions())));
    clearInterval(watching);
    expect(most).toBeLessThanOrEqual(2);
  });

  it('a skill’s own limits refuse before a worker is asked for', async () => {
    const run = 'await new Promise((r) => setTimeout(r, 300)); return "served";';
    const limits = { concurrency: 2, callsPerMinute: 3 };
    await using skill = await sandbox.runtime.load(skillOf({ id: 'RS-086', title: 'crowd', run, limits }));
    const outcomes = await fates(Array.from({ length: 4 }, () => skill.call('attack', {}, callOptions())));
    expect(outcomes).toEqual([
      'served',
      'served',
      'ERR_CARAPACE_BUDGET_CONCURRENCY',
      'ERR_CARAPACE_BUDGET_CONCURRENCY',
    ]);
    expect(await fates([skill.call('attack', {}, callOptions())])).toEqual(['served']);
    expect(await fates([skill.call('attack', {}, callOptions())])).toEqual(['ERR_CARAPACE_BUDGET_RATE']);
  });
});

describe('RS-089 a kill while the worker writes its result', () => {
  const SIZE = 3_000_000;
  const run = `return "x".repeat(${SIZE});`;
  const limits = { outputKiB: 4_096, memoryMiB: 256 };

  it('leaves a whole result or none, whenever the caller gives up', async () => {
    const seen = new Set<unknown>();
    for (let delay = 0; delay < 60; delay += 2) {
      const signal = AbortSignal.timeout(delay);
      const result = await sandbox.run({ id: 'RS-089', title: 'large', run, limits }, {}, signal);
      if (result.code === undefined) expect(result.structured).toHaveLength(SIZE);
      seen.add(result.code);
      await sandbox.expectSettled();
    }
    seen.delete(undefined);
    expect([...seen]).toEqual(['ERR_CARAPACE_CALL_ABORTED']);
  }, 120_000);

  it('leaves a whole result or none, wherever the deadline falls', async () => {
    for (let wallMs = 10; wallMs <= 60; wallMs += 5) {
      const attack = { id: 'RS-089', title: 'large', run, limits: { ...limits, wallMs } };
      const result = await sandbox.run(attack);
      if (result.code === undefined) expect(result.structured).toHaveLength(SIZE);
      else expect(result.code).toBe('ERR_CARAPACE_BUDGET_WALL');
      await sandbox.expectSettled();
    }
  }, 120_000);
});
