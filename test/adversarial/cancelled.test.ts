import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemorySink, createRuntime } from '@carapace/runtime';
import { afterAll, describe, expect, it } from 'vitest';
import { withFs } from './corpus/bait.ts';
import { childProcesses, grantOf, skillOf } from './sandbox.ts';
import { callOptions, underVariant } from './variant.ts';

const docs = mkdtempSync(join(tmpdir(), 'carapace-cancelled-'));
writeFileSync(join(docs, 'a.txt'), 'text');
afterAll(() => rmSync(docs, { recursive: true }));

const READER = {
  id: 'IP-154',
  title: 'reader',
  docs,
  module: withFs("return await fs.readFile('/docs/a.txt', 'utf8');"),
};

/** Gives up at a moment when the worker cannot be ready: none is kept, and a boot takes longer than all of these. */
const MOMENTS: readonly (readonly [title: string, giveUp: (controller: AbortController) => void])[] = [
  ['in the same turn', (controller) => controller.abort()],
  ['in a microtask', (controller) => queueMicrotask(() => controller.abort())],
  ['in the next turn', (controller) => setImmediate(() => controller.abort())],
  ['a moment later', (controller) => setTimeout(() => controller.abort(), 10)],
];

describe('IP-154 a call that is cancelled before its worker is ready', () => {
  it.each(MOMENTS)('%s executes nothing and leaves no worker', async (_title, giveUp) => {
    const audit = createMemorySink();
    const runtime = await createRuntime(underVariant({ spares: 0, maxWorkers: 1, audit }));
    await using skill = await runtime.load(skillOf(READER), grantOf(READER));
    const controller = new AbortController();
    const calling = skill.call('attack', {}, { ...callOptions(), signal: controller.signal });
    giveUp(controller);
    expect((await calling).code).toBe('ERR_CARAPACE_CALL_ABORTED');
    expect(audit.events({ kind: 'broker-decision' })).toEqual([]);
    expect(audit.events({ kind: 'call-end' })).toHaveLength(1);
    expect((await skill.call('attack', {}, callOptions())).structured).toBe('text');
    await runtime.close();
    expect(childProcesses()).toEqual([]);
  });

  it('before it was made is refused at once', async () => {
    const audit = createMemorySink();
    await using runtime = await createRuntime(underVariant({ spares: 0, maxWorkers: 1, audit }));
    await using skill = await runtime.load(skillOf(READER), grantOf(READER));
    const result = await skill.call('attack', {}, { ...callOptions(), signal: AbortSignal.abort() });
    expect(result.code).toBe('ERR_CARAPACE_CALL_ABORTED');
    expect(childProcesses()).toEqual([]);
    expect(audit.events({ kind: 'worker-killed' })).toEqual([]);
  });

  it.each(['skill', 'runtime'] as const)('because its %s is closed executes nothing', async (closed) => {
    const audit = createMemorySink();
    const runtime = await createRuntime(underVariant({ spares: 0, maxWorkers: 1, audit }));
    const skill = await runtime.load(skillOf(READER), grantOf(READER));
    const calls = [1, 2, 3].map(() => skill.call('attack', {}, callOptions()));
    await (closed === 'skill' ? skill : runtime).close();
    const codes = await Promise.all(calls.map((call) => call.then(({ code }) => code, codeOf)));
    for (const code of codes) expect(['ERR_CARAPACE_CALL_ABORTED', 'ERR_CARAPACE_RUNTIME_CLOSED']).toContain(code);
    expect(audit.events({ kind: 'broker-decision' })).toEqual([]);
    await runtime.close();
    expect(childProcesses()).toEqual([]);
  });
});

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : error;
}
