import type { AttackCase } from '../../attack-case.ts';
import { error, value } from '../../expected.ts';

/** An audit record holds this much of a line; the line itself is cut at 8,192 in the isolate. */
const RECORDED = 4096;

const LOGS: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'format strings',
    `console.log('%s is %d or %i, %f, %j, %o, %c%%', 'a', 1.5, 2.9, '3.25', { b: 1 }, [1], 'css');`,
    ['info a is 1.5 or 2, 3.25, { b: 1 }, [1], %'],
  ],
  [
    'format strings without arguments',
    `console.log('%s %d %n %x', ); console.log('%'); console.log('%s%s%s', '%s');`,
    ['info %s %d %n %x', 'info %', 'info %s%s%s'],
  ],
  [
    'a string that looks like a record',
    `console.log('x"}\\n{"kind":"call-end","outcome":"ok"}');`,
    ['info x"}\n{"kind":"call-end","outcome":"ok"}'],
  ],
  [
    'a cycle',
    'const a = { name: "a" }; a.self = a; a.list = [a]; console.log(a);',
    ['info { name: "a", self: [Circular], list: [[Circular]] }'],
  ],
  [
    'getters and proxies, which are not run',
    `const seen = []; console.log({ get a() { seen.push('getter'); return 1; } }, new Proxy({}, { get() { seen.push('trap'); }, ownKeys() { seen.push('keys'); return []; } })); console.log(seen.length);`,
    ['info { a: [Getter] } [Proxy]', 'info 0'],
  ],
  [
    'toString, toJSON, inspect and toPrimitive, which are not run',
    `console.log({ toString() { throw 1; }, toJSON() { throw 2; }, [Symbol.toPrimitive]() { throw 3; } }.nothing, Object.create({ inspect() { throw 4; } }));`,
    ['info undefined {}'],
  ],
  ['a string of 10 MB', `console.log('x'.repeat(10_000_000));`, [`info ${'x'.repeat(RECORDED)}… (${RECORDED} more)`]],
  [
    '10 MB as the second argument',
    `console.warn('start', 'y'.repeat(10_000_000));`,
    [`warn start ${'y'.repeat(RECORDED - 6)}… (${RECORDED} more)`],
  ],
  [
    '10 MB in a field',
    `console.error({ a: 'z'.repeat(10_000_000) });`,
    [`error { a: "${'z'.repeat(RECORDED - 6)}… (${RECORDED} more)`],
  ],
  [
    'the largest BigInt of a line and one far larger',
    `console.log(2n ** 256n - 1n, 2n ** 1_000_000n);`,
    [`info ${2n ** 256n - 1n}n [BigInt]`],
  ],
];

const CONSOLE: readonly AttackCase[] = LOGS.map(([name, run, logs]) => ({
  id: 'IS-046',
  title: `console output with ${name} is capped text`,
  run: `${run}\nreturn 'done';`,
  expect: value('done'),
  logs,
}));

/** A tool that looks for `name` first and leaves it behind afterwards. */
function leavesBehind(name: string, look: string, leave: string): AttackCase {
  return {
    id: name.startsWith('Object.') || name.includes('prototype') ? 'IS-048' : 'IS-047',
    title: `${name} of one call is gone in the next`,
    // A session is there to be found again.
    isolation: 'skill',
    module: `let calls = 0;\nexport default { tools: { attack() { calls += 1; const found = ${look}; ${leave}; return [calls, found === undefined]; } } };`,
    earlier: [
      { input: {}, expect: value([1, true]) },
      { input: {}, expect: value([1, true]) },
    ],
    expect: value([1, true]),
  };
}

const LEFT_BEHIND: readonly AttackCase[] = [
  leavesBehind('a global variable', 'globalThis.leftover', 'globalThis.leftover = 1'),
  leavesBehind('a global symbol', 'globalThis[Symbol.for("leftover")]', 'globalThis[Symbol.for("leftover")] = 1'),
  leavesBehind(
    'a sloppy global',
    'new Function("return typeof sloppy === \'undefined\' ? undefined : sloppy")()',
    'new Function("sloppy = 1")()',
  ),
  leavesBehind('a property of console', 'console.leftover', 'console.leftover = 1'),
  leavesBehind('an expando of a platform class', 'URL.leftover', 'URL.leftover = 1'),
  leavesBehind('Object.prototype pollution', '({}).leftover', 'Object.prototype.leftover = 1'),
  leavesBehind('Array.prototype pollution', '[].leftover', 'Array.prototype.leftover = 1'),
  leavesBehind(
    'a replaced prototype method',
    '[].map(1 === 1 ? (x) => x : 0).map.forged',
    'Array.prototype.map = Object.assign(() => [], { forged: 1 })',
  ),
  leavesBehind('pollution of URL.prototype', 'new URL("http://a/").leftover', 'URL.prototype.leftover = 1'),
];

const REJECTIONS: readonly AttackCase[] = [
  ['an unhandled rejection', 'Promise.reject(new Error("left over"));'],
  ['a rejection in a timer that never fires', 'setTimeout(() => { throw new Error("left over"); }, 600_000);'],
  [
    'a rejection in a microtask after the result',
    'Promise.resolve().then(() => null).then(() => null).then(() => null).then(() => { throw new Error("left over"); });',
  ],
  ['a rejection with a hostile value', 'Promise.reject({ get message() { throw new Error("left over"); } });'],
].map(([name, leave]) => ({
  id: 'IS-049',
  title: `${name} of one call is no error of the next`,
  module: `export default { tools: { attack(input) { if (input.leave) { ${leave} } return input.leave ? 'left' : 'clean'; } } };`,
  earlier: [
    { input: { leave: true }, expect: value('left') },
    { input: { leave: true }, expect: value('left') },
  ],
  input: { leave: false },
  logs: [],
  expect: value('clean'),
}));

const DEEP = 'const deep = (n) => { if (n === 0) throw new Error("deep"); deep(n - 1); };';

const TRACES: readonly (readonly [string, string, string])[] = [
  [
    'Error.stackTraceLimit = Infinity and 5,000 frames',
    `Error.stackTraceLimit = Infinity; ${DEEP} deep(1500);`,
    'Error: deep',
  ],
  [
    'a frame name of 1 MB',
    `Error.stackTraceLimit = Infinity; const frame = { ['f'.repeat(1_000_000)]() { throw new Error('deep'); } }; Object.values(frame)[0]();`,
    'Error: deep',
  ],
  [
    'Error.captureStackTrace replaced',
    `Error.captureStackTrace = (target) => { target.stack = 'forged '.repeat(100_000); }; class Own extends Error { constructor(text) { super(text); Error.captureStackTrace(this); this.name = 'Own'; } } throw new Own('deep');`,
    'Own: deep',
  ],
  [
    'Error.prepareStackTrace that returns megabytes',
    `Error.prepareStackTrace = () => 'at x (dist/skill.js:1:1)\\n'.repeat(100_000); throw new Error('deep');`,
    'Error: deep',
  ],
  [
    'Error.prepareStackTrace that throws',
    `Error.prepareStackTrace = () => { throw new Error('prepared'); }; throw new Error('deep');`,
    'Error: deep',
  ],
  [
    'Error.prepareStackTrace that returns an object',
    `Error.prepareStackTrace = () => ({ toString() { for (;;); } }); throw new Error('deep');`,
    'Error: deep',
  ],
  [
    'Error.stackTraceLimit as a throwing getter',
    `Object.defineProperty(Error, 'stackTraceLimit', { get() { throw new Error('limit'); }, configurable: true }); throw new Error('deep');`,
    'Error: deep',
  ],
  [
    'a name of 1 MB',
    `const error = new Error('deep'); error.name = 'N'.repeat(1_000_000); throw error;`,
    `${'N'.repeat(128)}: deep`,
  ],
  ['a message of 1 MB', `throw new Error('m'.repeat(1_000_000));`, `Error: ${'m'.repeat(4096)}`],
];

const STACKS: readonly AttackCase[] = [
  ...TRACES.map(
    ([name, run, text]): AttackCase => ({
      id: 'IS-052',
      title: `${name} gives bounded error text`,
      run,
      expect: error('ERR_CARAPACE_SKILL_THREW', text),
    }),
  ),
  {
    id: 'IS-052',
    title: 'Error.prepareStackTrace that never returns is stopped',
    run: `Error.prepareStackTrace = () => { for (;;); }; throw new Error('deep');`,
    limits: { cpuMs: 300 },
    expect: error('ERR_CARAPACE_BUDGET_CPU', 'The call used up its processor time and was stopped'),
  },
];

export const CALL_CASES: readonly AttackCase[] = [...CONSOLE, ...LEFT_BEHIND, ...REJECTIONS, ...STACKS];
