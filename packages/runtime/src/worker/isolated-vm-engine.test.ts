import { describe, expect, it } from 'vitest';
import { openSkill, runSkill } from './fixtures/run-skill.ts';
import { IsolateLost } from './isolate-engine.ts';
import { createIsolatedVmEngine } from './isolated-vm-engine.ts';

const SILENT = { send: () => undefined, nextRequestId: () => 1 };

describe('one call', () => {
  it('sends loaded, then the result as JSON', () => {
    const opened = openSkill('export default { tools: { t: { run: (input) => ({ hello: input.name }) } } };');
    expect(opened.call('t', { name: 'Bern' }).value).toEqual({ hello: 'Bern' });
    expect(opened.sent.map((message) => message.kind)).toEqual(['loaded', 'result']);
  });

  it('gives run its object as this, and a context with callId, tool, signal and log', () => {
    const source = `export default { tools: { t: {
      prefix: 'p',
      run(input, context) { context.log.info('hi'); return [this.prefix, context.callId, context.tool, context.signal.aborted]; },
    } } };`;
    const run = openSkill(source).call('t', {}, 'toolu_01');
    expect(run.value).toEqual(['p', 'toolu_01', 't', false]);
    expect(run.logs).toEqual(['hi']);
  });

  it('accepts the named export tools and plain functions', () => {
    expect(runSkill('export const tools = { t: (input) => input };', { input: [1] }).value).toEqual([1]);
  });

  it('waits for top-level await, and a call that came earlier starts then', () => {
    const source = 'await new Promise((r) => setTimeout(r, 5)); export const tools = { t: () => 1 };';
    const kinds = runSkill(source);
    expect(kinds.value).toBe(1);
    const opened = openSkill(source, { answer: () => 'silence' });
    opened.session.call('early', 't', '{}');
    expect(opened.sent.map((message) => message.kind)).toEqual(['request']);
    opened.session.deliver({ kind: 'reply', id: 1, ok: true });
    expect(opened.sent.map((message) => message.kind)).toEqual(['request', 'loaded', 'result']);
  });

  it('answers a second call that comes while one is running with a failure', () => {
    const opened = openSkill('export const tools = { t: () => new Promise(() => {}) };');
    opened.session.call('a', 't', '{}');
    opened.session.call('b', 't', '{}');
    const result = opened.sent.find((message) => message.kind === 'result');
    expect(result).toMatchObject({ call: 'b', ok: false, failure: { stage: 'run' } });
  });

  it('aborts the signal of the running call and nothing when none runs', () => {
    const opened = openSkill(`export const tools = { t: (input, { signal }) => new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve([signal.reason.name, signal.reason.message]));
    }) };`);
    opened.session.abort('too early');
    opened.session.call('a', 't', '{}');
    opened.session.abort('time is up');
    const result = opened.sent.find((message) => message.kind === 'result');
    expect(Buffer.from(opened.bodies.get(result ?? { kind: 'loaded' }) ?? []).toString()).toBe(
      '["AbortError","time is up"]',
    );
  });
});

describe('the isolate as a whole', () => {
  it('IS-047 IS-048 starts every isolate pristine', () => {
    const source = `globalThis.left ??= 0; globalThis.left += 1; Object.prototype.dirty = true;
      export const tools = { t: () => [globalThis.left, Object.keys({}).length] };`;
    expect(runSkill(source).value).toEqual([1, 0]);
    expect(runSkill(source).value).toEqual([1, 0]);
    expect(runSkill('export const tools = { t: () => ({}).dirty ?? "clean" };').value).toBe('clean');
  });

  it('refuses to open a second skill in one isolate', () => {
    const prepared = createIsolatedVmEngine().prepare({ memoryMiB: 16 });
    const load = {
      source: 'export const tools = {};',
      filename: 'dist/skill.js',
      limits: { outputBytes: 1, logBytes: 1, requests: 1 },
      endowments: { fs: false, net: false },
    };
    prepared.open(load, SILENT);
    expect(() => prepared.open(load, SILENT)).toThrow('already holds one');
    prepared.dispose();
    prepared.dispose();
  });

  it('throws IsolateLost once the isolate is gone, whatever is asked of it', () => {
    const opened = openSkill('export const tools = { t: () => new Promise((r) => setTimeout(r, 1)) };');
    opened.session.call('a', 't', '{}');
    opened.session.dispose();
    expect(() => opened.session.deliver({ kind: 'reply', id: 1, ok: true })).toThrow(IsolateLost);
    expect(() => opened.session.abort('x')).toThrow(IsolateLost);
  });
});
