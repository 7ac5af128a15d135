import { describe, expect, it } from 'vitest';
import { evaluate } from '../../fixtures/run-skill.ts';

const isTypeError = (code: string): unknown =>
  evaluate(`try { ${code}; return false; } catch (error) { return error instanceof TypeError; }`);

describe('Event', () => {
  it('has the flags of its options, constants, and the path of its target', () => {
    expect(
      evaluate(`const target = new EventTarget(); let path; target.addEventListener('x', (event) => { path = event.composedPath(); });
      const event = new Event('x', { composed: true, cancelable: true }); target.dispatchEvent(event); event.returnValue = false; event.returnValue = true; event.cancelBubble = true; event.cancelBubble = false;
      return [event.composed, event.bubbles, Event.AT_TARGET, event.BUBBLING_PHASE, path.length, path[0] === target, event.composedPath(), event.srcElement === target, event.defaultPrevented, event.cancelBubble];`),
    ).toEqual([true, false, 2, 3, 1, true, [], true, true, true]);
  });

  it('with a detail is a CustomEvent', () => {
    expect(
      evaluate(`const event = new CustomEvent('x', { detail: 5 });
      return [event instanceof Event, event.type, event.detail, new CustomEvent('x').detail, String(event)];`),
    ).toEqual([true, 'x', 5, null, '[object CustomEvent]']);
  });

  it.each([
    'new Event()',
    'new CustomEvent()',
    'new Event("x", 1)',
    'new EventTarget().addEventListener("x", 1)',
    'new EventTarget().addEventListener("x", () => {}, { signal: null })',
    'new EventTarget().addEventListener("x", () => {}, { signal: 1 })',
  ])('%s is a TypeError', (code) => expect(isTypeError(code)).toBe(true));
});

describe('AbortSignal', () => {
  it('of any: all are aborted before a listener runs, and the source speaks first', () => {
    expect(
      evaluate(`const controller = new AbortController(); const one = AbortSignal.any([controller.signal]); const two = AbortSignal.any([one]); const seen = [];
      two.onabort = () => seen.push('two'); one.onabort = () => seen.push('one'); controller.signal.onabort = () => seen.push('source', one.aborted, two.aborted);
      controller.abort('why'); return [...seen, two.reason, AbortSignal.any([new AbortController().signal, one]).reason];`),
    ).toEqual(['source', true, true, 'one', 'two', 'why', 'why']);
  });

  it.each([
    'AbortSignal.timeout(-1)',
    'AbortSignal.timeout(NaN)',
    'AbortSignal.timeout(2 ** 53)',
    'AbortSignal.any([{}])',
  ])('%s is a TypeError', (code) => expect(isTypeError(code)).toBe(true));
});

describe('structuredClone', () => {
  it('copies blobs and files, and refuses a buffer that was transferred away', () => {
    expect(
      evaluate(`const file = structuredClone(new File(['x'], 'n', { type: 'a/b', lastModified: 3 })); const blob = structuredClone(new Blob(['y']));
      const gone = new ArrayBuffer(1); structuredClone(gone, { transfer: [gone] }); const names = [];
      for (const act of [() => structuredClone(gone), () => structuredClone(1, { transfer: [gone] })]) try { act(); } catch (error) { names.push(error.name); }
      return [file instanceof File, file.name, file.type, file.lastModified, await file.text(), blob instanceof Blob, blob instanceof File, await blob.text(), names];`),
    ).toEqual([true, 'n', 'a/b', 3, 'x', true, false, 'y', ['DataCloneError', 'DataCloneError']]);
  });

  it.each(['structuredClone()', 'structuredClone(1, 2)'])('%s is a TypeError', (code) =>
    expect(isTypeError(code)).toBe(true),
  );
});

describe('forms, files and headers', () => {
  it.each([
    'new FormData().append("a")',
    'new FormData().set("a")',
    'new FormData().get()',
    'new FormData().getAll()',
    'new FormData().has()',
    'new FormData().delete()',
    'new File([])',
    'new Headers().append("a")',
    'new Headers().set("a")',
    'new Headers().get()',
    'new Headers().has()',
    'new Headers().delete()',
  ])('%s lacks an argument', (code) => expect(isTypeError(code)).toBe(true));
});
