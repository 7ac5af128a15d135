import { runInNewContext } from 'node:vm';
import type { AttackCase } from '../../attack-case.ts';
import { error, value } from '../../expected.ts';
import { BAIT, withFs } from '../bait.ts';
import { COUNT_NATIVES, JUDGE, SHIM_FUNCTIONS, SURVEY } from './realm-programs.ts';

/** Native functions of this V8 in a context that no host has touched. */
const KNOWN_NATIVES: unknown = JSON.parse(String(runInNewContext(COUNT_NATIVES)));

const NOTHING_FOUND = { unknownNative: [], foreign: [], named: [], walkedEnough: true };

const WALKS: readonly AttackCase[] = [
  ['from the global alone', '{}'],
  ['from what a tool is given', '{ fs, ctx, input, self: this }'],
  [
    'from objects of the platform',
    '{ fs, url: new URL("http://a/"), stats: await fs.stat("/docs/a.txt"), entries: await fs.readdir("/docs", { withFileTypes: true }), signal: AbortSignal.timeout(5), bytes: await fs.readFile("/docs/a.txt"), clone: structuredClone(new Map([[1, new Date(0)]])), event: new Event("x") }',
  ],
  [
    'from errors of the platform',
    '{ missing: await fs.readFile("/docs/none").catch((e) => e), outside: await fs.readFile("/etc/passwd").catch((e) => e), argument: await fs.readFile(1).catch((e) => e), imported: await import("node:net").catch((e) => e) }',
  ],
].map(([title, roots]) => ({
  id: 'IS-034',
  title: `every object reachable ${title} is the language's or the platform's own`,
  docs: BAIT,
  input: { known: KNOWN_NATIVES },
  module: withFs(`${SURVEY}\nreturn survey(${roots}, input.known);`),
  expect: value(NOTHING_FOUND),
}));

const HOSTILE_ARGUMENTS = `[[], [undefined], [null], [Symbol('s')], [-1, -1], [{}, {}], ['\\ud800', '\\0'], ['', ''], [1n], [Object.create(null)], [() => {}, 0],
  [new Proxy({}, { get() { throw new Error('trap'); } })], [{ toString() { throw new Error('text'); }, valueOf() { return {}; } }]]`;

/** Each probe is tried at every one of the last levels of a full stack, where an error can come from the wrong realm. */
const PROBES: readonly (readonly [string, string])[] = [
  ['log', 'console.log("x", { a: [1] })'],
  ['url', 'new URL("http://a.example/b?c")'],
  ['clone', 'structuredClone({ a: [new Map()] })'],
  ['random', 'crypto.randomUUID()'],
  ['timer', 'clearTimeout(setTimeout(() => {}, 1000))'],
  ['file', 'fs.access("/docs/a.txt")'],
  ['text', 'new TextDecoder().decode(new TextEncoder().encode("x"))'],
  ['import', 'import("node:net")'],
];

const CONSTRUCTORS: readonly AttackCase[] = [
  {
    id: 'IS-035',
    title: 'constructor chains of every shim function, result and error lead to the guest only',
    docs: BAIT,
    limits: { logKiB: 1024 },
    module: withFs(`${JUDGE}\n${SHIM_FUNCTIONS}
let tried = 0;
for (const [name, call] of Object.entries(shim)) {
  judge(name, call);
  for (const args of ${HOSTILE_ARGUMENTS}) {
    for (const use of [() => call(...args), () => call.apply(null, args), () => Reflect.construct(call, args)]) {
      tried += 1;
      try {
        const got = use();
        judge(name + ' result', got);
        if (got instanceof Promise) judge(name + ' settled', await got.catch((error) => error));
      } catch (error) { judge(name + ' error', error); }
    }
  }
}
const hidden = { asyncFunction: async () => {}, generator: function* () {}, asyncGenerator: async function* () {} };
for (const [name, { constructor: make }] of Object.entries(hidden)) for (const power of POWERS) {
  const started = make('return typeof ' + power)();
  const type = await (name === 'asyncFunction' ? started : (await started.next()).value);
  if (type !== 'undefined') leaks.push(name + ': sees ' + power);
}
return { leaks, tried: tried > 1000 };`),
    expect: value({ leaks: [], tried: true }),
  },
  ...PROBES.map(([name, probe]): AttackCase => {
    return {
      id: 'IS-035',
      title: `a full stack brings no error of the worker's realm out of "${name}"`,
      docs: BAIT,
      limits: { logKiB: 1024, brokerCalls: 100_000 },
      module: withFs(`${JUDGE}
const caught = [];
let left = 300;
const dive = () => {
  try { dive(); } catch (error) {
    left -= 1;
    if (left > 0) { try { caught.push(error); const got = ${probe}; got?.catch?.((late) => caught.push(late)); } catch (other) { try { caught.push(other); } catch {} } }
    throw error;
  }
};
try { dive(); } catch (error) { caught.push(error); }
await new Promise((resolve) => setTimeout(resolve, 5));
for (const error of caught) {
  judge('full stack', error);
  // Each line of a stack of the guest's own names the skill, the platform or nothing at all.
  for (const line of String(error?.stack).split('\\n').slice(1)) {
    if (!/dist\\/skill\\.js:\\d|carapace:platform:\\d|\\(<anonymous>\\)$|^\\s+at [\\w. ]+ \\(native\\)$/.test(line)) leaks.push('host text: ' + line);
  }
}
return { leaks: [...new Set(leaks)], caught: caught.length > 100 };`),
      expect: value({ leaks: [], caught: true }),
    };
  }),
];

const EVALUATORS: readonly (readonly [string, string])[] = [
  ['eval', '(code) => eval(code)'],
  ['indirect eval', '(code) => (0, eval)(code)'],
  ['Function', '(code) => new Function("return " + code)()'],
  ['AsyncFunction', '(code) => (async () => {}).constructor("return " + code)()'],
  ['GeneratorFunction', '(code) => (function* () {}).constructor("return " + code)().next().value'],
  ['a Function of a platform function', '(code) => console.log.constructor("return " + code)()'],
];

const EVAL: readonly AttackCase[] = [
  ...EVALUATORS.map(
    ([name, evaluate]): AttackCase => ({
      id: 'IS-041',
      title: `${name} works and sees what the guest sees`,
      run: `const evaluate = ${evaluate};
return [await evaluate('6 * 7'), await evaluate('typeof process + typeof require + typeof Buffer + typeof WebAssembly'), await evaluate('(() => { try { return typeof fs } catch { return "dead zone" } })()')];`,
      expect: value([42, 'undefined'.repeat(4), 'undefined']),
    }),
  ),
  {
    id: 'IS-041',
    title: 'a string as timer callback is refused, not evaluated',
    run: `const out = []; for (const set of [setTimeout, setInterval, queueMicrotask]) { try { set('globalThis.evaluated = true', 0); } catch (error) { out.push(error.constructor === TypeError); } }
await new Promise((resolve) => setTimeout(resolve, 5)); return [...out, typeof evaluated];`,
    expect: value([true, true, true, 'undefined']),
  },
];

const REMOVED = [
  'WebAssembly',
  'SharedArrayBuffer',
  'Atomics',
  'FinalizationRegistry',
  'WeakRef',
  'Temporal',
  'ShadowRealm',
  'Worker',
  'process',
  'require',
  'global',
  'Buffer',
  'gc',
  'Deno',
  'importScripts',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'EventSource',
  'navigator',
  'location',
  'carapace:internals',
];

const WAYS: readonly (readonly [string, string])[] = [
  ['by name', '(name) => name.includes(":") ? "undefined" : new Function("return typeof " + name)()'],
  ['as a property of the global', '(name) => typeof globalThis[name]'],
  [
    'among all keys of the global and its prototypes',
    `(name) => {
    for (let at = globalThis; at !== null; at = Object.getPrototypeOf(at)) if (Reflect.ownKeys(at).map(String).includes(name)) return "key";
    return "undefined";
  }`,
  ],
  [
    'by the constructor of a hidden instance',
    '(name) => { try { return typeof Object.getPrototypeOf(structuredClone(new ArrayBuffer(1))).constructor[name]; } catch { return "undefined"; } }',
  ],
];

const SURFACE: readonly AttackCase[] = [false, true].flatMap((jit) =>
  WAYS.map(
    ([name, find]): AttackCase => ({
      id: 'IS-042',
      title: `removed globals are not to be found ${name}${jit ? ', with jit too' : ''}`,
      jit,
      input: { names: REMOVED },
      run: `const find = ${find}; return input.names.filter((name) => find(name) !== 'undefined');`,
      expect: value([]),
    }),
  ),
);

const CLOCKS: readonly (readonly [string, string])[] = [
  ['Date.now', 'Date.now()'],
  ['a new Date', 'new Date().getTime()'],
  ['performance.now', 'performance.now()'],
  ['performance.timeOrigin', 'performance.timeOrigin'],
  ['Event.timeStamp', 'new Event("x").timeStamp ?? 0'],
  [
    'Intl parts',
    'Number(new Intl.DateTimeFormat("en", { fractionalSecondDigits: 3, second: "numeric" }).formatToParts(new Date()).map(({ type, value }) => type === "literal" ? "" : value).join(""))',
  ],
  ['fs.stat', '(await fs.stat("/docs/a.txt")).mtime.getTime()'],
];

const TIME: readonly AttackCase[] = [
  ...CLOCKS.map(
    ([name, read]): AttackCase => ({
      id: 'IS-044',
      title: `${name} gives whole milliseconds only`,
      docs: BAIT,
      module: withFs(
        `const fractions = new Set(); for (let turn = 0; turn < 200; turn += 1) { const read = ${read}; if (!Number.isInteger(read)) fractions.add(String(read)); } return [...fractions];`,
      ),
      expect: value([]),
    }),
  ),
  {
    id: 'IS-044',
    title: 'no clock counts faster than the millisecond: a busy loop sees few distinct readings',
    run: `const from = Date.now(); const seen = new Set(); while (Date.now() - from < 30) { seen.add(performance.now()); seen.add(Date.now() + 0.5); } return seen.size < 80;`,
    expect: value(true),
  },
];

const STACK_PEEKING: readonly (readonly [string, string, unknown])[] = [
  [
    'source text of the platform',
    `[console.log, URL, setTimeout, structuredClone, fs.readFile, ctx.log.info].filter((f) => /\\$0|Callback|applySync|ivm/.test(Function.prototype.toString.call(f))).length`,
    0,
  ],
  [
    'caller and arguments of platform functions',
    `[console.log, URL, setTimeout, structuredClone, fs.readFile].flatMap((f) => ['caller', 'arguments', 'callee'].flatMap((key) => { try { return f[key] === undefined ? [] : [key]; } catch (error) { return error instanceof TypeError ? [] : ['foreign']; } })).length`,
    0,
  ],
  [
    'the caller of a sloppy callback',
    `(() => { const got = []; const spy = new Function('got', 'return function spy() { got.push(spy.caller, spy.arguments.length); return "http://a/"; }')(got); new URL({ toString: spy }); console.log({ toString: spy }); [1].map(spy); return got.map((entry) => typeof entry === 'number' ? 'number' : String(entry)); })()`,
    ['null', 'number', 'null', 'number'],
  ],
  [
    'functions and receivers in call sites',
    `await (async () => {
    const got = []; Error.stackTraceLimit = Infinity;
    Error.prepareStackTrace = (_error, sites) => { for (const site of sites) { if (site.getFunction() !== undefined) got.push('function'); const self = site.getThis(); if (self !== undefined && self !== globalThis) got.push(typeof self); } return ''; };
    const look = () => { new Error('look').stack; return 'http://a/'; };
    look(); new URL({ toString: look }); structuredClone({ get a() { return look(); } }); new AbortController().signal.addEventListener('abort', look);
    const target = new EventTarget(); target.addEventListener('x', look); target.dispatchEvent(new Event('x'));
    await new Promise((resolve) => setTimeout(() => { look(); resolve(); }, 1)); queueMicrotask(look); await null;
    delete Error.prepareStackTrace; return got; })()`,
    [],
  ],
  [
    'files in call sites',
    `await (async () => {
    const files = new Set(); Error.stackTraceLimit = Infinity;
    Error.prepareStackTrace = (_error, sites) => { for (const site of sites) files.add(site.getFileName()); return ''; };
    const look = () => { new Error('look').stack; return 'http://a/'; };
    look(); new URL({ toString: look }); await new Promise((resolve) => setTimeout(() => { look(); resolve(); }, 1));
    delete Error.prepareStackTrace; return [...files].map(String).sort(); })()`,
    ['carapace:platform', 'dist/skill.js', 'null'],
  ],
];

const CALLBACK: readonly AttackCase[] = STACK_PEEKING.map(([title, expression, expected]) => ({
  id: 'IS-054',
  title: `${title} do not lead to the host function`,
  docs: BAIT,
  module: withFs(`return ${expression};`),
  expect: value(expected),
}));

/** The internals are taken off the global before a skill exists, and no name reaches the modules that hold them. */
const INTERNALS: readonly AttackCase[] = [
  'carapace:internals',
  'carapace:entry',
  'carapace:skill',
  'carapace:platform',
].map((name) => ({
  id: 'IS-054',
  title: `the module ${name} cannot be imported`,
  docs: BAIT,
  module: `import * as internals from '${name}';\nexport default { tools: { attack: { run: () => Object.keys(internals) } } };`,
  expect: error(
    'ERR_CARAPACE_SKILL_LOAD',
    `Error: Cannot import "${name}": only modules in the bundle and granted platform modules exist`,
  ),
}));

export const REALM_CASES: readonly AttackCase[] = [
  ...WALKS,
  ...CONSTRUCTORS,
  ...EVAL,
  ...SURFACE,
  ...TIME,
  ...CALLBACK,
  ...INTERNALS,
];
