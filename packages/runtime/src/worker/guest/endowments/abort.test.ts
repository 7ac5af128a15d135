import { describe, expect, it } from 'vitest';
import { evaluate, runSkill } from '../../fixtures/run-skill.ts';

describe('Event and EventTarget', () => {
  it('dispatches to functions and objects, once, in order, and reports errors without stopping', () => {
    const run = runSkill(`export const tools = { t: () => {
      const target = new EventTarget(); const out = []; const f = (e) => out.push(['f', e.type, e.target === target, e.eventPhase]);
      target.addEventListener('x', f); target.addEventListener('x', f); target.addEventListener('x', { handleEvent() { out.push('object'); } }, { once: true });
      target.addEventListener('x', () => { throw new Error('boom'); }); target.addEventListener('x', (e) => { e.preventDefault(); target.addEventListener('x', () => out.push('late'), { once: true }); });
      out.push(target.dispatchEvent(new Event('x', { cancelable: true }))); target.removeEventListener('x', f); out.push(target.dispatchEvent(new Event('x'))); return out;
    } };`);
    expect(run.value).toEqual([['f', 'x', true, 2], 'object', false, 'late', true]);
    expect(run.logs).toHaveLength(2);
  });

  it('stops, refuses re-entry, honours a signal, and ignores null', () => {
    expect(
      evaluate(`const t = new EventTarget(); const out = []; const c = new AbortController();
      t.addEventListener('x', null); t.addEventListener('x', () => out.push('gone'), { signal: c.signal }); c.abort();
      t.addEventListener('x', (e) => { try { t.dispatchEvent(e); } catch (error) { out.push(error.name); } e.stopImmediatePropagation(); });
      t.addEventListener('x', () => out.push('never')); t.dispatchEvent(new Event('x')); return out;`),
    ).toEqual(['InvalidStateError']);
  });
});

describe('AbortController and AbortSignal', () => {
  it('aborts once, with the reason', () => {
    expect(
      evaluate(`const c = new AbortController(); const out = [c.signal.aborted, c.signal.reason]; c.signal.onabort = (e) => out.push(['on', e.type]); c.signal.addEventListener('abort', () => out.push('listener'));
      c.abort('why'); c.abort('again'); out.push(c.signal.aborted, c.signal.reason); try { c.signal.throwIfAborted(); } catch (e) { out.push(e); } return out;`),
    ).toEqual([false, null, ['on', 'abort'], 'listener', true, 'why', 'why']);
  });

  it('has abort, any and timeout, and no public constructor', () => {
    const run = runSkill(`export const tools = { async t() {
      const a = AbortSignal.abort(); const c = new AbortController(); const any = AbortSignal.any([c.signal, AbortSignal.timeout(30)]); const out = [a.reason.name, a.reason.code, AbortSignal.any([a]).aborted, any.aborted];
      await new Promise((resolve) => any.addEventListener('abort', resolve)); out.push(any.reason.name);
      try { new AbortSignal(); } catch (e) { out.push(e instanceof TypeError); } return out;
    } };`);
    expect(run.value).toEqual(['AbortError', 20, true, false, 'TimeoutError', true]);
    expect(run.ops).toEqual([{ family: 'timer', method: 'sleep', delayMs: 30 }]);
  });
});

describe('DOMException', () => {
  it('has name, code, cause, stack, and is an Error', () => {
    expect(
      evaluate(`const e = new DOMException('m', 'DataCloneError'); const f = new DOMException('m', { name: 'X', cause: 1 });
      return [e.name, e.code, e.message, e instanceof Error, typeof e.stack, f.name, f.code, f.cause, new DOMException().name, String(e)];`),
    ).toEqual(['DataCloneError', 25, 'm', true, 'string', 'X', 0, 1, 'Error', 'DataCloneError: m']);
  });
});
