import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CallUpdate,
  createMemorySink,
  createRuntime,
  type MemorySink,
  type Runtime,
  type ToolResult,
} from '@carapace/runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { inlineSkill } from '../inline-skill.ts';

const ABORTED = 'ERR_CARAPACE_CALL_ABORTED';

/** Says `ready` through a partial result, so that a test knows when the tool is at the place where it is to be aborted. */
const BUNDLE = `
import { readFile } from 'node:fs/promises';
const never = () => new Promise(() => {});
const heard = (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(signal.reason)));
export default { tools: {
  async listens(input, { signal, partial, log }) {
    partial('ready ');
    const { name, message } = await heard(signal);
    log.info(name + ': ' + message);
    return 'too late';
  },
  async outlives(input, { signal, partial, log }) {
    partial('ready ');
    await heard(signal);
    log.info('heard');
    await never();
  },
  spins(input, { partial }) { partial('ready '); for (;;); },
  async spinsThen(input, { signal, partial }) {
    partial('ready ');
    signal.addEventListener('abort', () => { for (;;); });
    await never();
  },
  async throws(input, { signal, partial, log }) {
    signal.addEventListener('abort', () => { throw new Error('in the listener'); });
    signal.addEventListener('abort', () => log.info('next listener'));
    partial('ready ');
    await never();
  },
  async rejects(input, { signal, partial }) {
    partial('ready ');
    await heard(signal);
    throw new Error('gave up too');
  },
  async reads(input, { signal, partial, log }) {
    const early = await readFile('/docs/a.txt', { encoding: 'utf8', signal });
    partial('ready ');
    const reason = await heard(signal);
    const late = await readFile('/docs/a.txt', { signal }).catch((error) => error);
    log.info([early, late.name, late.cause === reason].join(' '));
  },
  async tells(input, { signal, partial, progress, log }) {
    partial('ready ');
    await heard(signal);
    partial('after the abort '); progress('after the abort');
    log.info('told');
    await never();
  },
  works: () => 'done',
} };`;

const TOOLS = ['listens', 'outlives', 'spins', 'spinsThen', 'throws', 'rejects', 'reads', 'tells', 'works'];
const SKILL = inlineSkill({
  name: 'patient',
  bundle: BUNDLE,
  tools: Object.fromEntries(TOOLS.map((tool) => [tool, {}])),
  permissions: { fs: [{ mount: 'docs', path: '~/documents', access: ['read', 'list'], reason: 'Test' }] },
  limits: { wallMs: 20_000, cpuMs: 20_000 },
});

/** Says how often it was called in its life, and whether any signal of the calls before has fired. */
const COUNTER = inlineSkill({
  name: 'counter',
  bundle: `const signals = [];
    export default { tools: {
      t(input, { signal }) { const before = signals.map(({ aborted }) => aborted); signals.push(signal); return [signals.length, ...before]; },
      async waits(input, { partial }) { partial('ready '); await new Promise(() => {}); },
    } };`,
  tools: { t: {}, waits: {} },
  isolation: 'session',
});

let folder: string;
let audit: MemorySink;
let runtime: Runtime;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carapace-cancel-'));
  writeFileSync(join(folder, 'a.txt'), 'text');
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  audit = createMemorySink();
  runtime = await createRuntime({ spares: 1, audit });
  return () => runtime.close();
});

interface Aborted {
  readonly code: string | undefined;
  readonly text: string;
  readonly logs: readonly string[];
  readonly updates: readonly CallUpdate[];
}

/** Calls a tool and aborts it as soon as it says that it is ready. */
async function abortWhenReady(tool: string): Promise<Aborted> {
  await using skill = await runtime.load(SKILL, { permissions: 'declared', mounts: { docs: folder } });
  const caller = new AbortController();
  const updates: CallUpdate[] = [];
  const result = await skill.call(
    tool,
    {},
    {
      signal: caller.signal,
      onUpdate: (update) => {
        updates.push(update);
        caller.abort(new Error('what the gateway knows about its user'));
      },
    },
  );
  const logs = result.logs?.lines.map(({ text }) => text) ?? [];
  return { code: result.code, text: result.toText(), logs, updates };
}

const kills = (): readonly unknown[] => audit.events({ kind: 'worker-killed' });

// What a skill says after the abort it says in the 100 ms before the kill. A busy machine may not let it run in that time.
describe('a call that its caller aborts', { retry: 3 }, () => {
  it('fires the signal of the skill, with a reason that says nothing of the host', async () => {
    const { code, text, logs } = await abortWhenReady('listens');
    expect([code, logs]).toEqual([ABORTED, ['AbortError: The caller gave up']]);
    expect(text).not.toMatch(/too late|gateway/);
  });

  it('is aborted also when the skill fails in answer', async () => {
    expect((await abortWhenReady('rejects')).code).toBe(ABORTED);
  });

  it.each([
    ['goes on without end after it has heard', 'outlives', ['heard']],
    ['does not come back to listen', 'spins', []],
    ['spins in its listener', 'spinsThen', []],
  ])('ends a skill that %s by a kill', async (_name, tool, lines) => {
    const { code, logs } = await abortWhenReady(tool);
    expect([code, logs]).toEqual([ABORTED, lines]);
    expect(kills()).toMatchObject([{ reason: 'aborted', signal: 'SIGKILL' }]);
  });

  it('runs every listener although one throws, and tells the author', async () => {
    const { code, logs } = await abortWhenReady('throws');
    expect(code).toBe(ABORTED);
    expect(logs).toEqual([expect.stringContaining('in the listener'), 'next listener']);
  });

  it('rejects what the skill asks with its signal, as Node does', async () => {
    const { code, logs } = await abortWhenReady('reads');
    expect([code, logs]).toEqual([ABORTED, ['text AbortError true']]);
  });

  it('hands out no update any more', async () => {
    const { logs, updates } = await abortWhenReady('tells');
    expect(logs).toEqual(['told']);
    expect(updates.map((update) => update.kind === 'partial' && update.text)).toEqual(['ready ']);
  });
});

describe('an abort outside the call', () => {
  it('comes before it, and nothing runs', async () => {
    await using skill = await runtime.load(SKILL);
    const result = await skill.call('works', {}, { signal: AbortSignal.abort() });
    expect([result.code, result.structured]).toEqual([ABORTED, undefined]);
  });

  it('comes while the skill loads, and its tool is not entered', async () => {
    const slow = inlineSkill({
      name: 'slow',
      bundle: `console.log('loading'); await new Promise((resolve) => setTimeout(resolve, 50));
        export default { tools: { t: () => { console.log('entered'); } } };`,
      tools: { t: {} },
    });
    await using skill = await runtime.load(slow);
    const caller = new AbortController();
    const calling = skill.call('t', {}, { callId: 'c1', signal: caller.signal });
    await vi.waitFor(() => expect(audit.events({ kind: 'log' })).toHaveLength(1), { timeout: 10_000, interval: 1 });
    caller.abort();
    const result = await calling;
    expect([result.code, result.logs?.lines.map(({ text }) => text)]).toEqual([ABORTED, ['loading']]);
  });

  it.each(['call', 'skill', 'session'] as const)(
    'comes after it, and changes nothing under "%s"',
    async (isolation) => {
      await using patient = await createRuntime({ spares: 1, isolation });
      await using skill = await patient.load(COUNTER);
      const counts: unknown[] = [];
      for (let call = 0; call < 3; call += 1) {
        const caller = new AbortController();
        const { structured } = await skill.call('t', {}, { session: 's', signal: caller.signal });
        caller.abort();
        counts.push(structured);
      }
      const aborted = [false, false];
      expect(counts).toEqual(isolation === 'session' ? [[1], [2, false], [3, ...aborted]] : [[1], [1], [1]]);
    },
  );

  it('ends a session, whose next call finds nothing of it', async () => {
    await using patient = await createRuntime({ spares: 1, isolation: 'session' });
    await using skill = await patient.load(COUNTER);
    const call = (options: object): Promise<ToolResult> => skill.call('t', {}, { session: 's', ...options });
    expect((await call({})).structured).toEqual([1]);
    const caller = new AbortController();
    const waiting = skill.call('waits', {}, { session: 's', signal: caller.signal, onUpdate: () => caller.abort() });
    expect((await waiting).code).toBe(ABORTED);
    expect((await call({})).structured).toEqual([1]);
  });
});
