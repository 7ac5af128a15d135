import type { Isolation } from '@carapace/manifest';
import { type CallOptions, createMemorySink, type Runtime } from '@carapace/runtime';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { BETWEEN_CALLS, IN_SECOND_CALL, type KeptCase, RENEWAL } from './corpus/protocol/kept.ts';
import { value } from './expected.ts';
import { HOSTILE } from './hostile-runtime.ts';
import { callAndJudge } from './protocol-case.ts';
import { childProcesses, skillOf } from './sandbox.ts';
import { VARIANT } from './variant.ts';

/** Workers that outlive their call, under the two isolations that keep them; a run of the suite under one has nothing to add. */
const KEPT: readonly (readonly [Exclude<Isolation, 'call'>, readonly KeptCase[]])[] = [
  ['skill', [...IN_SECOND_CALL, ...BETWEEN_CALLS, ...RENEWAL]],
  ['session', [...IN_SECOND_CALL, ...BETWEEN_CALLS]],
];

describe.skipIf(VARIANT.isolation !== 'call').each(KEPT)('a worker kept under isolation %s that', (isolation, rows) => {
  let runtime: Runtime;
  const audit = createMemorySink(100_000);
  beforeAll(async () => {
    runtime = await HOSTILE.create({ isolation, namespaces: VARIANT.namespaces, spares: 1, maxWorkers: 4, audit });
  });
  afterAll(async () => {
    await runtime.close();
    expect(childProcesses()).toEqual([]);
  });

  /** As an honest worker between two calls, of which there is nothing to say where its isolate is kept. */
  const renewed =
    isolation === 'skill'
      ? "function renewed() { hear('renew'); send({ kind: 'renewed' }); }"
      : 'function renewed() {}';
  const LATER = 'function later() { for (const end = Date.now() + 30; Date.now() < end; ); }';
  const FIRST =
    "send({ kind: 'request', id: 1, op: { family: 'timer', method: 'sleep', delayMs: 0 } }); hear('reply'); done(1);";

  it.each(rows.map((row) => [row.id, row.title, row] as const))(
    '%s %s',
    async (_id, _title, { id, title, then, second, limits }) => {
      const module = `${renewed}\n${LATER}\n${FIRST}\n${then}`;
      const skill = await runtime.load(
        skillOf({ id, title, module, isolation, ...(limits === undefined ? {} : { limits }) }),
      );
      const options: CallOptions = isolation === 'session' ? { session: 's' } : {};
      await callAndJudge(skill, { ...options, callId: `first-${title.replaceAll(' ', '-')}` }, value(1));
      // What it says between the calls has arrived, or the call has taken it as it is.
      await rest(runtime);
      await callAndJudge(skill, { ...options, callId: `second-${title.replaceAll(' ', '-')}` }, second);
      await skill.close();
      expect(audit.events({ kind: 'log' })).toEqual([]);
    },
  );
});

const REST_MS = 300;

/** Resolves when for a while every worker has been a spare or has waited for the next call of its skill. */
async function rest(runtime: Runtime): Promise<void> {
  let since = performance.now();
  const check = (): void => {
    const { alive, spares, warm } = runtime.stats();
    if (alive !== spares + warm) since = performance.now();
    expect(performance.now() - since).toBeGreaterThan(REST_MS);
  };
  await vi.waitFor(check, { timeout: 10_000, interval: 5 });
}
