import type { StandardSection } from './section.ts';

const base64: StandardSection = {
  title: 'HTML §8.3 atob, btoa',
  cases: {
    'encode and decode Latin-1': `same([btoa('a\\u00ff'), atob('Yf8=')], ['Yf8=', 'a\\u00ff']); same(btoa(12), 'MTI='); same(btoa(''), '');`,
    'white space and missing padding are forgiven': `same([atob(' Y Q\\n='+'= '), atob('YQ'), atob('YWI')], ['a', 'a', 'ab']);`,
    'what is not base64 is an InvalidCharacterError': `for (const text of ['Y', 'YQ=', 'YQ===', '*', 'Y=Q=', 'YWJj=', '\\u000bYQ==']) throws('InvalidCharacterError', () => atob(text), text);`,
    'characters beyond Latin-1 are an InvalidCharacterError': `throws('InvalidCharacterError', () => btoa('€'));`,
  },
};

const timers: StandardSection = {
  title: 'HTML §8.6 timers',
  cases: {
    'a timeout calls back once with its arguments': `same(await new Promise((resolve) => setTimeout((...args) => resolve(args), 1, 'a', 2)), ['a', 2]);`,
    'the answer is a positive number, and no two are the same': `const a = setTimeout(() => {}, 1); const b = setTimeout(() => {}, 1); ok(a > 0 && b > 0 && a !== b && Number.isInteger(a));`,
    'shorter ones come first, equal ones in their order': `
      const seen = []; await new Promise((resolve) => { setTimeout(() => { seen.push(3); resolve(); }, 40); setTimeout(() => seen.push(1), 1); setTimeout(() => seen.push(2), 1); }); same(seen, [1, 2, 3]);`,
    'clearTimeout takes it back; what is no timer is ignored': `
      let fired = false; clearTimeout(setTimeout(() => { fired = true; }, 1)); clearTimeout(undefined); clearTimeout(-1); clearInterval('x'); await pause(10); ok(!fired);`,
    'clearInterval and clearTimeout are the same': `let fired = false; clearInterval(setTimeout(() => { fired = true; }, 1)); await pause(10); ok(!fired);`,
    'an interval calls back until it is cleared': `let count = 0; await new Promise((resolve) => { const id = setInterval(() => { count += 1; if (count === 3) { clearInterval(id); resolve(); } }, 1); }); await pause(10); same(count, 3);`,
    'an interval may clear itself in its first turn': `let count = 0; const id = setInterval(() => { count += 1; clearInterval(id); }, 1); await pause(20); same(count, 1);`,
    'negative, missing and strange delays are short': `await Promise.all([undefined, -5, NaN, 'x', null].map((delay) => new Promise((resolve) => setTimeout(resolve, delay))));`,
    'microtasks run before timers': `const seen = []; await new Promise((resolve) => { setTimeout(() => { seen.push('timer'); resolve(); }, 0); queueMicrotask(() => seen.push('micro')); Promise.resolve().then(() => seen.push('then')); seen.push('sync'); }); same(seen, ['sync', 'micro', 'then', 'timer']);`,
    'a callback that is text is compiled': `globalThis.__timer = 0; setTimeout('globalThis.__timer = 5', 1); await pause(20); same(globalThis.__timer, 5);`,
    'a callback that throws does not end the program': `setTimeout(() => { throw new Error('expected by the test'); }, 1); await pause(10);`,
  },
};

const microtasks: StandardSection = {
  title: 'HTML §8.7 queueMicrotask',
  cases: {
    'runs after the code that queued it, in order': `const seen = []; queueMicrotask(() => seen.push(1)); queueMicrotask(() => seen.push(2)); same(seen, []); await null; await null; same(seen, [1, 2]);`,
    'what is no function is a TypeError': `throws(TypeError, () => queueMicrotask('x'));`,
    'one that throws does not stop the next': `let called = false; queueMicrotask(() => { throw new Error('expected by the test'); }); queueMicrotask(() => { called = true; }); await pause(1); ok(called);`,
  },
};

const clone: StandardSection = {
  title: 'HTML §2.7 structuredClone',
  cases: {
    'primitives are themselves': `for (const value of [1, -0, NaN, 'x', true, null, undefined, 5n]) same(structuredClone(value), value);`,
    'boxed primitives stay boxed': `const copy = structuredClone([new Number(1), new String('x'), new Boolean(false)]); ok(copy.every((value) => typeof value === 'object')); same(copy.map((value) => value.valueOf()), [1, 'x', false]);`,
    'plain objects and arrays, holes included': `const copy = structuredClone({ a: [1, , 3], b: { c: 1 } }); same(copy.a.length, 3); ok(!(1 in copy.a)); same(copy.b, { c: 1 });`,
    'dates, expressions, maps, sets': `
      const copy = structuredClone({ date: new Date(5), pattern: /x/gi, map: new Map([[{ k: 1 }, 2]]), set: new Set([1, 2]) });
      same(copy.date.getTime(), 5); same([copy.pattern.source, copy.pattern.flags, copy.pattern.lastIndex], ['x', 'gi', 0]); same([...copy.map], [[{ k: 1 }, 2]]); same([...copy.set], [1, 2]);`,
    'an invalid date stays invalid': `ok(Number.isNaN(structuredClone(new Date(NaN)).getTime()));`,
    'errors of the language keep class, message, stack and cause': `
      const error = new RangeError('m', { cause: { a: 1 } }); const copy = structuredClone(error);
      ok(copy instanceof RangeError && copy !== error); same([copy.message, copy.name, copy.stack], ['m', 'RangeError', error.stack]); same(copy.cause, { a: 1 });`,
    'an error with another name is an Error': `const error = new Error('m'); error.name = 'Mine'; same(structuredClone(error).name, 'Error');`,
    'cycles and what is shared stay so': `const a = { list: [] }; a.self = a; a.list.push(a.list); const copy = structuredClone({ a, b: a }); ok(copy.a === copy.b && copy.a.self === copy.a && copy.a.list[0] === copy.a.list && copy.a !== a);`,
    'buffers are copied, views share the copy': `
      const buffer = bytes(1, 2, 3, 4).buffer; const copy = structuredClone({ a: new Uint8Array(buffer, 1, 2), b: new DataView(buffer), c: new Uint16Array(buffer) });
      ok(copy.a.buffer === copy.b.buffer && copy.a.buffer !== buffer); same([copy.a.byteOffset, [...copy.a], copy.c.length], [1, [2, 3], 2]);`,
    'transfer moves a buffer': `const buffer = new ArrayBuffer(4); const copy = structuredClone(buffer, { transfer: [buffer] }); same([buffer.byteLength, copy.byteLength, buffer.detached], [0, 4, true]);`,
    'transfer of anything else, or of the same twice, is a DataCloneError': `const b = new ArrayBuffer(1); throws('DataCloneError', () => structuredClone(1, { transfer: [{}] })); throws('DataCloneError', () => structuredClone(1, { transfer: [b, b] })); same(b.byteLength, 1);`,
    'a detached buffer cannot be transferred': `const b = new ArrayBuffer(1); structuredClone(b, { transfer: [b] }); throws('DataCloneError', () => structuredClone(b, { transfer: [b] }));`,
    'own enumerable text keys only; the prototype is lost': `class Mine { constructor() { this.a = 1; } get b() { return 2; } } const value = new Mine(); value[Symbol('s')] = 3; Object.defineProperty(value, 'hidden', { value: 4 }); const copy = structuredClone(value); same(copy, { a: 1 }); ok(Object.getPrototypeOf(copy) === Object.prototype);`,
    'functions, symbols, weak collections and promises are DataCloneErrors': `for (const value of [() => {}, Symbol('s'), new WeakMap(), new WeakSet(), Promise.resolve()]) throws('DataCloneError', () => structuredClone({ value }), String(value));`,
    'getters are read': `let reads = 0; same(structuredClone({ get a() { reads += 1; return 5; } }), { a: 5 }); same(reads, 1);`,
    'a key that is called __proto__ is an ordinary key': `const source = JSON.parse('{"__proto__": {"a": 1}}'); const copy = structuredClone(source); ok(Object.hasOwn(copy, '__proto__') && copy.a === undefined);`,
    'a missing argument is a TypeError': 'throws(TypeError, () => structuredClone());',
    'a Blob is copied with its type': `const copy = structuredClone(new Blob(['x'], { type: 'text/plain' })); ok(copy instanceof Blob); same([copy.type, await copy.text()], ['text/plain', 'x']);`,
    'a DOMException keeps its name': `const copy = structuredClone(new DOMException('m', 'AbortError')); ok(copy instanceof DOMException); same([copy.name, copy.message], ['AbortError', 'm']);`,
  },
};

export const HTML_SECTIONS: readonly StandardSection[] = [base64, timers, microtasks, clone];
