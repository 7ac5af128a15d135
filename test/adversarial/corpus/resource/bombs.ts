import type { AttackCase } from '../../attack-case.ts';
import { error, oneOf, value } from '../../expected.ts';
import { loading, rows } from './rows.ts';

const MEMORY = error('ERR_CARAPACE_BUDGET_MEMORY');
const CRASHED = error('ERR_CARAPACE_SKILL_CRASHED');
const THREW = error('ERR_CARAPACE_SKILL_THREW');
const OUTPUT = error('ERR_CARAPACE_BUDGET_OUTPUT');
/** Longer than anything that may leave the isolate at all, so that there is nothing the host could measure. */
const TOO_LONG = error(
  'ERR_CARAPACE_SKILL_BAD_OUTPUT',
  'SkillOutputError: Cannot return value: it is larger than the limit',
);

/** The clocks are far away, so that only memory can be the reason. */
const FAR = { wallMs: 60_000, cpuMs: 60_000 };
const SMALL_HEAP = { ...FAR, memoryMiB: 16 };
const USUAL_HEAP = { ...FAR, memoryMiB: 64 };
const LARGE_HEAP = { ...FAR, memoryMiB: 512 };

const MEMORY_OR_CRASH = oneOf('V8 may give up before a sample of 20 ms has seen the growth', MEMORY, CRASHED);
const MEMORY_OR_THREW = oneOf('an allocation that cannot be had throws a RangeError in the skill', MEMORY, THREW);
/** A million small buffers keep V8's collector busy; under load its time is spent before the memory is. */
const MEMORY_THREW_OR_TIME = oneOf(
  'how long collecting can go on is up to V8',
  MEMORY,
  THREW,
  error('ERR_CARAPACE_BUDGET_CPU'),
  error('ERR_CARAPACE_BUDGET_WALL'),
);
const ANY_STOP = oneOf('how long collecting can go on is up to V8', MEMORY, CRASHED, error('ERR_CARAPACE_BUDGET_WALL'));

/** Whatever grows: stopped by the heap limit, the sampled size or the address space, and the host does not grow with it. */
export const BOMB_CASES: readonly AttackCase[] = [
  ...rows('RS-070', SMALL_HEAP, MEMORY_OR_CRASH, [
    ['objects', 'const a = []; for (;;) a.push({ a: a.length });'],
    ['a Map', 'const m = new Map(); for (let i = 0; ; i++) m.set(i, i + 0.5);'],
    ['a Set', 'const s = new Set(); for (let i = 0; ; i++) s.add(i + 0.5);'],
    ['symbols', 'const a = []; for (;;) a.push(Symbol());'],
    ['closures', 'const a = []; for (;;) a.push(() => a);'],
    ['promises', 'const a = []; for (;;) a.push(new Promise(() => {}));'],
    ['generators', 'function* g() { yield 1; } const a = []; for (;;) { const i = g(); i.next(); a.push(i); }'],
    ['strings', 'const a = []; for (let i = 0; ; i++) a.push("text number " + i);'],
    ['keys of one object', 'const o = {}; for (let i = 0; ; i++) o["k" + i] = i;'],
    ['a linked list', 'let list; for (;;) list = { list };'],
  ]),
  {
    id: 'RS-070',
    title: 'objects while the module loads',
    module: loading('const a = []; for (;;) a.push({ a });'),
    limits: SMALL_HEAP,
    expect: MEMORY_OR_CRASH,
  },
  ...rows('RS-071', SMALL_HEAP, MEMORY_OR_THREW, [
    ['ArrayBuffers of 1 MiB', 'const a = []; for (;;) a.push(new Uint8Array(2 ** 20).fill(1));'],
    ['one ArrayBuffer of 2 GiB', 'return new Uint8Array(2 ** 31).fill(1).length;'],
    ['Float64Arrays', 'const a = []; for (;;) a.push(new Float64Array(2 ** 17).fill(0.5));'],
    [
      'structured clones of a buffer',
      'const b = new Uint8Array(2 ** 20).fill(1); const a = []; for (;;) a.push(structuredClone(b));',
    ],
  ]),
  ...rows('RS-071', SMALL_HEAP, MEMORY_THREW_OR_TIME, [
    ['ArrayBuffers of 1 KiB', 'const a = []; for (;;) a.push(new Uint8Array(2 ** 10).fill(1));'],
  ]),
  ...rows('RS-072', SMALL_HEAP, value('undefined'), [
    ['SharedArrayBuffer is not there', 'return typeof SharedArrayBuffer;'],
    ['WebAssembly, which could make one, is not there', 'return typeof WebAssembly;'],
    ['nor is it a property of the global', 'return typeof globalThis["Shared" + "ArrayBuffer"];'],
  ]),
  ...rows('RS-074', SMALL_HEAP, MEMORY_OR_THREW, [
    [
      'a resizable ArrayBuffer to 2 GiB',
      'const b = new ArrayBuffer(1, { maxByteLength: 2 ** 31 }); b.resize(2 ** 31); new Uint8Array(b).fill(1); return b.byteLength;',
    ],
    [
      'a resizable ArrayBuffer in steps of 1 MiB',
      'const b = new ArrayBuffer(0, { maxByteLength: 2 ** 29 }); for (let n = 2 ** 20; ; n += 2 ** 20) { b.resize(n); new Uint8Array(b).fill(1); }',
    ],
    [
      'many resizable ArrayBuffers',
      'const a = []; for (;;) { const b = new ArrayBuffer(0, { maxByteLength: 2 ** 26 }); b.resize(2 ** 22); new Uint8Array(b).fill(1); a.push(b); }',
    ],
    [
      'transfer to a larger one',
      'let b = new ArrayBuffer(2 ** 20); for (;;) { new Uint8Array(b).fill(1); b = b.transfer(b.byteLength * 2); }',
    ],
  ]),
  ...rows('RS-075', SMALL_HEAP, MEMORY_OR_CRASH, [
    [
      'a rope flattened again and again',
      'const a = []; for (;;) { let s = "x" + a.length; while (s.length < 2 ** 22) s += s; a.push(s.charCodeAt(s.length >> 1), s); }',
    ],
    [
      'a two-byte rope',
      'const a = []; for (;;) { let s = "\\u0416" + a.length; while (s.length < 2 ** 21) s += s; s.indexOf("z"); a.push(s); }',
    ],
  ]),
  ...rows('RS-076', LARGE_HEAP, MEMORY_OR_CRASH, [
    ['a string of 2^28 split into characters', 'return "x".repeat(2 ** 28).split("").length;'],
    ['spread into an array', 'return [..."x".repeat(2 ** 28)].length;'],
    ['a string of 2^28 + 1 split', 'return "x".repeat(2 ** 28 + 1).split("").length;'],
  ]),
  ...rows('RS-077', SMALL_HEAP, MEMORY_OR_CRASH, [
    [
      'number formatters',
      'const a = []; for (;;) { const f = new Intl.NumberFormat("de", { style: "currency", currency: "CHF", currencyDisplay: "name" }); f.format(1); f.formatToParts(1); a.push(f); }',
    ],
    [
      'date formatters',
      'const a = []; for (;;) { const f = new Intl.DateTimeFormat("ja", { dateStyle: "full" }); f.format(0); a.push(f); }',
    ],
    ['segmenters', 'const a = []; for (;;) a.push(new Intl.Segmenter("th").segment("x".repeat(1e4)));'],
  ]),
  ...rows('RS-078', USUAL_HEAP, MEMORY_OR_CRASH, [
    ['JSON.parse of 200 MB', 'return JSON.parse("[" + "1,".repeat(1e8) + "1]").length;'],
    ['5 million brackets', 'return typeof JSON.parse("[".repeat(5e6) + "]".repeat(5e6));'],
    ['5 million braces', 'return typeof JSON.parse("{\\"a\\":".repeat(5e6) + "1" + "}".repeat(5e6));'],
  ]),
  ...['a thrown string', 'a message', 'a stack', 'a rejected name'].flatMap((title, index) => {
    const bodies = [
      'throw "x".repeat(2 ** 28);',
      'throw new Error("x".repeat(2 ** 28));',
      'const e = new Error("m"); e.stack = "x".repeat(2 ** 28); throw e;',
      'const e = new Error("m"); e.name = "x".repeat(2 ** 28); return Promise.reject(e);',
    ];
    const body = bodies[index] ?? '';
    return [
      ...rows('RS-079', USUAL_HEAP, MEMORY_OR_CRASH, [[`${title} of 256 MiB in a heap of 64`, body]]),
      ...rows('RS-079', LARGE_HEAP, oneOf('it fits, is copied out cut, or is one copy too many', THREW, MEMORY), [
        [`${title} of 256 MiB in a heap of 512`, body],
      ]),
    ];
  }),
  ...rows('RS-080', { ...USUAL_HEAP, outputKiB: 64 }, MEMORY_OR_CRASH, [
    ['a string of 300 MB in a heap of 64 MiB', 'return "x".repeat(3e8);'],
    [
      'an array that serialises to 300 MB in a heap of 64 MiB',
      'return Array.from({ length: 300 }, () => "x".repeat(1e6));',
    ],
  ]),
  ...rows(
    'RS-080',
    { ...LARGE_HEAP, outputKiB: 64 },
    oneOf('size, or memory where the text is built', TOO_LONG, MEMORY, CRASHED),
    [
      ['a string of 100 MB in a heap of 512 MiB', 'return "x".repeat(1e8);'],
      ['a string of 300 MB in a heap of 512 MiB', 'return "x".repeat(3e8);'],
    ],
  ),
  ...rows('RS-080', { ...LARGE_HEAP, outputKiB: 64 }, OUTPUT, [
    ['a string of 20 MB', 'return "x".repeat(2e7);'],
    ['an array that serialises to 20 MB', 'return Array.from({ length: 20 }, () => "x".repeat(1e6));'],
  ]),
  ...rows('RS-080', undefined, error('ERR_CARAPACE_SKILL_BAD_OUTPUT'), [
    ['an object 100,000 deep', 'let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; return o;'],
    ['an array 100,000 deep', 'let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return a;'],
  ]),
  ...rows('RS-087', { memoryMiB: 32, wallMs: 1_000, cpuMs: 60_000 }, ANY_STOP, [
    [
      'churn beside a heap that is nearly full',
      'const keep = Array.from({ length: 2.2e5 }, (_, i) => ({ i, s: "x" + i })); for (;;) { keep[(Math.random() * keep.length) | 0] = { i: 0, s: "y" + Math.random() }; }',
    ],
    ['churn of large strings', 'const keep = []; for (let i = 0; ; i++) keep[i % 20] = "x".repeat(5e5 + i) + i;'],
  ]),
];
