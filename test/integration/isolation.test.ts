import { createMemorySink, createRuntime, type Runtime, type SkillHandle } from '@carapace/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inlineSkill } from '../inline-skill.ts';

const COUNTER = inlineSkill({
  name: 'counter',
  isolation: 'session',
  limits: { wallMs: 20_000, concurrency: 16 },
  tools: { count: {}, slow: {}, die: {}, ask: { approval: 'once' } },
  bundle: `let count = 0; let inside = 0;
    const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    export default { tools: {
      count: { run: () => { count += 1; return count; } },
      slow: { run: async () => { inside += 1; const most = inside; await pause(30); inside -= 1; count += 1; return [most, count]; } },
      die: { run: () => { for (;;); } },
      ask: { run: () => true },
    } };`,
});
const STATELESS = inlineSkill({
  name: 'stateless',
  tools: { count: {} },
  bundle: 'let count = 0; export default { tools: { count: { run: () => { count += 1; return count; } } } };',
});

const sink = createMemorySink();
const asked: string[] = [];
let runtime: Runtime;
let counter: SkillHandle;
beforeAll(async () => {
  runtime = await createRuntime({
    isolation: 'session',
    audit: sink,
    approve: async ({ callId }) => {
      asked.push(callId);
      return true;
    },
  });
  counter = await runtime.load(COUNTER);
});
afterAll(() => runtime.close());

async function count(handle: SkillHandle, place: object): Promise<unknown> {
  return (await handle.call('count', {}, place)).structured;
}

describe('isolation', () => {
  it('keeps the state of a session, and of no other session or tenant', async () => {
    expect(await count(counter, { session: 'a' })).toBe(1);
    expect(await count(counter, { session: 'a' })).toBe(2);
    expect(await count(counter, { session: 'b' })).toBe(1);
    expect(await count(counter, { session: 'a', tenant: 'other' })).toBe(1);
    expect(await count(counter, { session: 'a' })).toBe(3);
  });

  it('is stronger where a call has no session, or asks for more', async () => {
    for (const place of [{}, { session: 'a', isolation: 'skill' }, { session: 'a', isolation: 'call' }] as const) {
      expect(await count(counter, place)).toBe(1);
      expect(await count(counter, place)).toBe(1);
    }
  });

  it('gives no session to a skill whose manifest does not ask for one', async () => {
    await using stateless = await runtime.load(STATELESS);
    expect(await count(stateless, { session: 'a' })).toBe(1);
    expect(await count(stateless, { session: 'a' })).toBe(1);
  });

  it('says in every result what could outlive the call', async () => {
    const levels = [{ session: 'a' }, {}, { isolation: 'call' }] as const;
    const results = await Promise.all(levels.map((place) => counter.call('count', {}, place)));
    expect(results.map(({ provenance }) => provenance.protection.isolation)).toEqual(['session', 'skill', 'call']);
  });

  it.each([
    ['a load weaker than the manifest', () => runtime.load(STATELESS, { isolation: 'session' }), /its manifest allows/],
    [
      'a call weaker than its load',
      async () => {
        await using strict = await runtime.load(COUNTER, { isolation: 'call' });
        return await strict.call('count', {}, { isolation: 'skill' });
      },
      /the load option allows "call"/,
    ],
  ])('refuses %s', async (_name, weaken, message) => {
    await expect(weaken()).rejects.toMatchObject({
      code: 'ERR_CARAPACE_RUNTIME_ISOLATION',
      message: expect.stringMatching(message),
    });
  });

  it('refuses what cannot be a name', async () => {
    await expect(async () => counter.call('count', {}, { tenant: 'a\nb' })).rejects.toThrow(/tenant/);
    await expect(async () => counter.call('count', {}, { session: '' })).rejects.toThrow(/session/);
  });

  it('runs the calls of one session one after the other, those of others beside them', async () => {
    const place = { session: 'queue' };
    const results = await Promise.all(Array.from({ length: 4 }, () => counter.call('slow', {}, place)));
    expect(results.map(({ structured }) => structured)).toEqual([1, 2, 3, 4].map((turn) => [1, turn]));
    expect(runtime.stats().waitingForSession).toBe(0);
  });

  it('begins a session anew after its worker was killed, and says so in the trail', async () => {
    const place = { session: 'killed' };
    expect(await count(counter, place)).toBe(1);
    const short = inlineShort();
    await using brief = await runtime.load(short);
    expect(await count(brief, place)).toBe(1);
    expect((await brief.call('die', {}, place)).code).toBe('ERR_CARAPACE_BUDGET_WALL');
    expect(await count(brief, place)).toBe(1);
    expect(await count(counter, place)).toBe(2);
  });

  it('ends the kept workers of a skill that is closed', async () => {
    const before = runtime.stats().warm;
    const brief = await runtime.load(inlineShort());
    await brief.call('count', {}, { session: 'x' });
    await expect.poll(() => runtime.stats().warm).toBe(before + 1);
    await brief.close();
    expect(runtime.stats().warm).toBe(before);
    expect(sink.events()).toContainEqual(expect.objectContaining({ kind: 'worker-killed', reason: 'skill-closed' }));
  });

  it('counts the wait for a turn in the deadline', async () => {
    await using brief = await runtime.load(inlineShort());
    const place = { session: 'wait' };
    // All have the same deadline but for a moment. Two, so that the turn cannot come free within that moment.
    const hold = [brief.call('die', {}, place), brief.call('die', {}, place)];
    const waits = await brief.call('count', {}, place);
    expect(waits.code).toBe('ERR_CARAPACE_BUDGET_WALL');
    expect(waits.usage.wallMs).toBeGreaterThan(400);
    for (const { code } of await Promise.all(hold)) expect(code).toBe('ERR_CARAPACE_BUDGET_WALL');
  });

  it('asks for the approval of each tenant', async () => {
    for (const tenant of ['a', 'b', 'a', 'b']) await counter.call('ask', {}, { tenant, callId: `ask-${tenant}` });
    expect(asked).toEqual(['ask-a', 'ask-b']);
  });
});

/** As the counter, with little time. */
function inlineShort(): ReturnType<typeof inlineSkill> {
  return inlineSkill({
    name: 'counter',
    isolation: 'session',
    limits: { wallMs: 500 },
    tools: { count: {}, die: {} },
    bundle: COUNTER.bundle,
  });
}
