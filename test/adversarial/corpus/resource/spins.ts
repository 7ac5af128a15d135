import type { AttackCase } from '../../attack-case.ts';
import { error } from '../../expected.ts';
import { loading, rows } from './rows.ts';

const WALL = error('ERR_CARAPACE_BUDGET_WALL');
const CPU = error('ERR_CARAPACE_BUDGET_CPU');
const THREW = error('ERR_CARAPACE_SKILL_THREW');

/** The other budgets are far away, so that only the one that is meant can be the reason. */
const SHORT_WALL = { wallMs: 350, cpuMs: 60_000 };
const SHORT_CPU = { wallMs: 60_000, cpuMs: 300 };
/** Built-ins that V8 cannot interrupt, on data that takes a while to make. */
const LARGE_HEAP = { memoryMiB: 512, wallMs: 900, cpuMs: 60_000 };

/** Whatever does not come back by itself: the host ends it, by the clock that was set for it. */
export const SPIN_CASES: readonly AttackCase[] = [
  ...rows('RS-056', SHORT_WALL, WALL, [
    ['for (;;) against the wall clock', 'for (;;);'],
    ['while (true) with work in it', 'let n = 0; while (true) n = (n * 31 + 7) % 1000003;'],
    ['an endless generator', 'function* g() { for (;;) yield 1; } for (const _ of g());'],
    ['a getter of the result that never returns', 'return { get a() { for (;;); } };'],
    ['a toJSON that never returns', 'return { toJSON() { for (;;); } };'],
    ['a Proxy trap that never returns', 'return new Proxy({}, { ownKeys() { for (;;); } });'],
  ]),
  ...rows('RS-056', SHORT_CPU, CPU, [
    ['for (;;) against processor time', 'for (;;);'],
    [
      'a spin with rests between',
      'for (;;) { const end = Date.now() + 40; while (Date.now() < end); await new Promise((r) => setTimeout(r, 1)); }',
    ],
  ]),
  {
    id: 'RS-056',
    title: 'a module that never finishes loading',
    module: loading('for (;;);'),
    limits: SHORT_WALL,
    expect: WALL,
  },
  {
    id: 'RS-056',
    title: 'a module that spins against processor time',
    module: loading('for (;;);'),
    limits: SHORT_CPU,
    expect: CPU,
  },
  {
    id: 'RS-056',
    title: 'an export whose getter would never return: it is not called',
    module: 'export default { get tools() { for (;;); } };',
    expect: error('ERR_CARAPACE_SKILL_ENTRY'),
  },
  ...rows('RS-057', SHORT_WALL, WALL, [
    ['then chained to itself', 'const next = () => Promise.resolve().then(next); await next();'],
    ['await in a loop', 'for (;;) await 0;'],
    [
      'queueMicrotask from a microtask',
      'const next = () => queueMicrotask(next); next(); await new Promise(() => {});',
    ],
    ['an async generator', 'async function* g() { for (;;) yield 1; } for await (const _ of g());'],
    ['a thenable that resolves to itself anew', 'const t = () => ({ then: (done) => done(t()) }); await t();'],
  ]),
  ...rows('RS-057', SHORT_CPU, CPU, [['await in a loop against processor time', 'for (;;) await 0;']]),
  ...rows('RS-059', SHORT_WALL, WALL, [
    ['a promise nobody settles', 'await new Promise(() => {});'],
    ['a thenable that keeps silent', 'return { then() {} };'],
    ['a promise that waits for itself', 'const race = Promise.race([]); await race;'],
  ]),
  {
    id: 'RS-059',
    title: 'a top-level await nobody settles',
    module: loading('await new Promise(() => {});'),
    limits: SHORT_WALL,
    expect: WALL,
  },
  ...rows('RS-060', SHORT_WALL, WALL, [
    ['one timer of 24 days', 'await new Promise((r) => setTimeout(r, 2 ** 31 - 1));'],
    [
      'a hundred timers of 24 days',
      'await Promise.any(Array.from({ length: 100 }, () => new Promise((r) => setTimeout(r, 2 ** 31 - 1))));',
    ],
    [
      'a timer that spins when it is cancelled with the call',
      'ctx.signal?.addEventListener("abort", () => { for (;;); }); await new Promise((r) => setTimeout(r, 2 ** 31 - 1));',
    ],
  ]),
  ...rows('RS-061', SHORT_WALL, WALL, [
    ['an object whose message getter loops', 'throw { get message() { for (;;); } };'],
    ['an object whose stack getter loops', 'throw { name: "E", message: "m", get stack() { for (;;); } };'],
    [
      'an Error whose own message getter loops',
      'throw Object.defineProperty(new Error("m"), "message", { get() { for (;;); } });',
    ],
    ['a Proxy of an Error whose get trap loops', 'throw new Proxy(new Error("m"), { get() { for (;;); } });'],
    ['Error.prepareStackTrace that loops', 'Error.prepareStackTrace = () => { for (;;); }; throw new Error("m");'],
  ]),
  ...rows('RS-063', SHORT_WALL, WALL, [
    [
      'a looping name getter thrown after an await',
      'class E extends Error { get name() { for (;;); } } await 0; throw new E("m");',
    ],
    [
      'a looping name getter thrown from a timer',
      'class E extends Error { get name() { for (;;); } } setTimeout(() => { throw new E("m"); }, 1); await new Promise(() => {});',
    ],
  ]),
  ...rows('RS-063', undefined, THREW, [
    [
      'a looping constructor name getter, which nobody asks',
      'class E extends Error { static get name() { for (;;); } } await 0; throw new E("m");',
    ],
    ['a looping toString, which nobody asks', 'throw { toString() { for (;;); } };'],
  ]),
  ...rows('RS-064', SHORT_WALL, WALL, [
    [
      'a rejection with a looping message getter',
      'Promise.reject({ get message() { for (;;); } }); await new Promise((r) => setTimeout(r, 50)); return 1;',
    ],
    [
      'a rejection with a looping stack getter',
      'Promise.reject({ get stack() { for (;;); } }); await new Promise((r) => setTimeout(r, 50)); return 1;',
    ],
  ]),
  ...rows('RS-066', SHORT_WALL, WALL, [
    ['nested quantifiers, test', '/^(a+)+$/.test("a".repeat(60) + "!");'],
    ['nested quantifiers, replace', '"a".repeat(60).concat("!").replace(/(a*)*b/, "");'],
    ['nested quantifiers, split', '"a".repeat(60).concat("!").split(/(a|aa)+$/);'],
    ['nested quantifiers, matchAll', '[...("a".repeat(60) + "!").matchAll(/(a|a?)+$/g)];'],
    ['sticky', 'const r = /(a+)+b/y; r.exec("a".repeat(60));'],
    ['lookbehind', '/(?<=b(?:a+)+)c/.test("a".repeat(60) + "c");'],
    ['Unicode sets', '/^([\\p{L}--[x]]+)+$/v.test("a".repeat(60) + "!");'],
  ]),
  ...rows('RS-067', LARGE_HEAP, WALL, [
    ['a BigInt of 500 million bits to text', 'return (1n << 500000000n).toString().length;'],
    [
      'a BigInt product of 100 million bits',
      'const n = (1n << 100000000n) - 1n; for (let x = n; ; x = (x * n) >> 100000000n) if (x === 0n) return 0;',
    ],
    ['a BigInt parsed from 20 million digits', 'return BigInt("7".repeat(20000000)) % 10n === 7n;'],
  ]),
  ...rows('RS-069', LARGE_HEAP, WALL, [
    [
      'a sort of 3 million strings',
      'return Array.from({ length: 3e6 }, (_, i) => "k" + ((i * 7919) % 3e6)).sort().length;',
    ],
    ['normalize on tens of megabytes', 'const s = "\\u1E9B\\u0323".repeat(1e7); for (;;) s.normalize("NFKC");'],
    [
      'localeCompare on tens of megabytes',
      'const s = "\\u00e4b".repeat(1e7); for (;;) (s + "x").localeCompare(s + "y", "de");',
    ],
    ['indexOf over a huge array-like', 'return Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);'],
    ['reverse of a huge array-like', 'return Array.prototype.reverse.call({ length: 2 ** 53 - 1 });'],
    ['fill of a huge array-like', 'return Array.prototype.fill.call({ length: 2 ** 53 - 1 }, 0, 2 ** 53 - 3e9);'],
  ]),
];
