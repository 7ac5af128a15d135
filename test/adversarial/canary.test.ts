import type { Isolation } from '@carapace/manifest';
import {
  type CallOptions,
  createMemorySink,
  createRuntime,
  type MemorySink,
  type Runtime,
  type SkillHandle,
} from '@carapace/runtime';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { inlineSkill } from '../inline-skill.ts';
import { BAIT } from './corpus/bait.ts';
import { CANARIES, type Canary, canarySkill } from './corpus/canaries.ts';
import { childProcesses } from './sandbox.ts';
import { VARIANT } from './variant.ts';

const FS = [{ mount: 'docs', path: '~/documents', access: ['read', 'list'], reason: 'Bait' }];
/** The waiting of `look` itself is a request for a timer; anything beyond is somebody else's. */
const REQUESTS_OF_LOOK = 1;

const LIMITS = { callsPerMinute: 6_000, wallMs: 20_000 };

/** A runtime under one isolation. All three are opened here, so a run of the suite under one of them has nothing to add. */
function openAviary(isolation: Isolation): () => { readonly runtime: Runtime; readonly audit: MemorySink } {
  let runtime: Runtime | undefined;
  const audit = createMemorySink(100_000);
  beforeAll(async () => {
    const { namespaces } = VARIANT;
    runtime = await createRuntime({ isolation, namespaces, spares: 2, maxWorkers: 6, audit });
  });
  afterAll(async () => {
    await runtime?.close();
    expect(childProcesses()).toEqual([]);
  });
  return () => {
    if (runtime === undefined) throw new Error('the runtime has not started');
    return { runtime, audit };
  };
}

function load(runtime: Runtime, canary: Canary): Promise<SkillHandle> {
  const skill = inlineSkill({
    name: 'aviary',
    bundle: canarySkill(canary),
    tools: { plant: {}, look: {} },
    permissions: { fs: FS },
    limits: LIMITS,
    isolation: 'session',
  });
  return runtime.load(skill, { permissions: 'declared', mounts: { docs: BAIT } });
}

/** A worker that has served a call is being cleaned, or killed, for a moment; after that it waits for the next, or is gone. */
function settled(runtime: Runtime): Promise<void> {
  return vi.waitFor(
    () => {
      const { alive, spares, warm } = runtime.stats();
      expect(alive).toBe(spares + warm);
    },
    { timeout: 10_000, interval: 2 },
  );
}

let birds = 0;
interface Look {
  readonly found: unknown;
  readonly logs: readonly string[];
  readonly requests: number;
  /** Processes that served the two calls. */
  readonly processes: number;
}

/** Plants a canary in one call and looks for it in another: what the second call found, said and asked for. */
async function plantThenLook(
  { runtime, audit }: ReturnType<ReturnType<typeof openAviary>>,
  canary: Canary,
  planter: CallOptions,
  looker: CallOptions,
): Promise<Look> {
  birds += 1;
  const bird = `bird-${birds}`;
  const earlier = audit.events({ kind: 'worker-killed' }).length;
  const skill = await load(runtime, canary);
  const planted = await skill.call('plant', { bird }, { ...planter, callId: `plant-${bird}` });
  expect(planted.structured).toBe('planted');
  await settled(runtime);
  const looked = await skill.call('look', { bird }, { ...looker, callId: `look-${bird}` });
  expect(looked.code).toBe(undefined);
  const call = `look-${bird}`;
  await skill.close();
  const killed = audit.events({ kind: 'worker-killed' }).slice(earlier);
  const end = audit.events({ call: `plant-${bird}` }).findIndex(({ kind }) => kind === 'call-end');
  expect(audit.events({ call: `plant-${bird}` }).slice(end + 1), 'records of a call after its end').toEqual([]);
  return {
    found: looked.structured,
    logs: audit.events({ kind: 'log', call }).flatMap((event) => (event.kind === 'log' ? [event.text] : [])),
    requests: looked.usage.brokerCalls,
    processes: new Set(killed.map((event) => 'pid' in event && event.pid)).size,
  };
}

const CLEAN = { found: false, logs: [], requests: REQUESTS_OF_LOOK };

const SAME: CallOptions = { tenant: 'one', session: 's' };
/** Pairs of calls between which nothing may pass, by isolation. */
const STRANGERS: readonly (readonly [
  isolation: Isolation,
  other: string,
  processes: number,
  planter: CallOptions,
  looker: CallOptions,
])[] = [
  ['call', 'the next call', 2, {}, {}],
  ['call', 'another tenant', 2, { tenant: 'one' }, { tenant: 'two' }],
  ['skill', 'the next call', 1, {}, {}],
  ['skill', 'another tenant', 2, { tenant: 'one' }, { tenant: 'two' }],
  ['session', 'another session', 2, SAME, { tenant: 'one', session: 't' }],
  ['session', 'the session of that name of another tenant', 2, SAME, { tenant: 'two', session: 's' }],
  ['session', 'a call without a session', 2, SAME, { tenant: 'one' }],
];

describe.skipIf(VARIANT.isolation !== 'call').each(STRANGERS)(
  'IS-047 with isolation %s, in %s,',
  (isolation, _other, processes, planter, looker) => {
    const aviary = openAviary(isolation);

    it.each(CANARIES.map((canary) => [canary.name, canary] as const))('%s is not there', async (_name, canary) => {
      expect(await plantThenLook(aviary(), canary, planter, looker)).toEqual({ ...CLEAN, processes });
    });
  },
);

describe.skipIf(VARIANT.isolation !== 'call')('IS-047 with isolation session, in the next call of the session,', () => {
  const aviary = openAviary('session');

  it.each(CANARIES.map((canary) => [canary.name, canary.inSession ?? 'has ended', canary] as const))(
    '%s %s',
    async (_name, _fate, canary) => {
      const look = await plantThenLook(aviary(), canary, SAME, SAME);
      switch (canary.inSession) {
        case 'there':
          return expect(look).toEqual({ ...CLEAN, found: true, processes: 1 });
        case 'goes on':
          return expect(look.logs.length + look.requests).toBeGreaterThan(CLEAN.requests);
        case undefined:
          return expect(look).toEqual({ ...CLEAN, processes: 1 });
      }
    },
  );
});
