import type { AttackCase } from '../../attack-case.ts';
import { error, value } from '../../expected.ts';
import { BAIT, withFs } from '../bait.ts';

const READ = `fs.readFile('/docs/a.txt', 'utf8')`;
const LATER = `.then(() => null).then(() => null).then(() => null).then(() => null).then(() => null)`;

const ENDLESS = 'in a chain that never ends';

const LATE: readonly (readonly [string, string])[] = [
  ['in a microtask', `void Promise.resolve()${LATER}.then(() => ${READ});`],
  [ENDLESS, `const again = () => Promise.resolve()${LATER}.then(() => ${READ}).then(again, again); again();`],
  ['in a timer', `setTimeout(() => ${READ}, 1);`],
  ['in an interval', `setInterval(() => ${READ}, 1);`],
  ['in an abort listener', `ctx.signal.addEventListener('abort', () => ${READ});`],
  ['in an await behind the result', `(async () => { for (let n = 0; n < 10; n += 1) await null; await ${READ}; })();`],
];

/** A call ends with its turn, and an endless chain of microtasks is a turn that never ends. */
const AFTER_RESULT: readonly AttackCase[] = LATE.map(([name, leave]) => ({
  id: 'BD-102',
  title: `a host call ${name} after the tool has returned has no effect`,
  docs: BAIT,
  limits: { cpuMs: 400 },
  module: withFs(`${leave}\nreturn 'returned';`),
  expect: name === ENDLESS ? error('ERR_CARAPACE_BUDGET_CPU') : value('returned'),
  decisions: [],
}));

const AFTER_FAILURE: readonly AttackCase[] = LATE.map(([name, leave]) => ({
  id: 'BD-102',
  title: `a host call ${name} after the tool has thrown has no effect`,
  docs: BAIT,
  limits: { cpuMs: 400 },
  module: withFs(`${leave}\nthrow new Error('thrown');`),
  expect: name === ENDLESS ? error('ERR_CARAPACE_BUDGET_CPU') : error('ERR_CARAPACE_SKILL_THREW', 'Error: thrown'),
  decisions: name === ENDLESS ? [] : ['skill.sourceMap  allow'],
}));

/** The call is still running while its result is serialised: a request is counted, and its answer comes too late. */
const WHILE_SERIALISING: readonly AttackCase[] = [
  ['a getter', `return { get stolen() { ${READ}.then((text) => { stolen = text; }); return stolen; } };`],
  ['a toJSON', `return { toJSON() { ${READ}.then((text) => { stolen = text; }); return { stolen }; } };`],
  [
    'a Proxy trap',
    `return new Proxy({ stolen }, { get(target, key) { if (key === 'stolen') ${READ}.then((text) => { stolen = text; }); return target[key]; } });`,
  ],
].map(([name, body]) => ({
  id: 'BD-103',
  title: `a host call from ${name} during serialisation cannot change the result`,
  docs: BAIT,
  module: withFs(`let stolen = 'nothing';\n${body}`),
  expect: value({ stolen: 'nothing' }),
}));

const COUNTED: readonly AttackCase[] = [
  {
    id: 'BD-103',
    title: 'host calls during serialisation are counted against the budget',
    docs: BAIT,
    limits: { brokerCalls: 3 },
    module: withFs(
      `return { toJSON() { for (let n = 0; n < 10; n += 1) void ${READ}.catch(() => null); return 'serialised'; } };`,
    ),
    expect: error(
      'ERR_CARAPACE_BUDGET_BROKER_CALLS',
      'The call asked the host for more operations than its budget and was stopped',
    ),
  },
];

const SECOND: readonly (readonly [string, string])[] = [
  ['a thenable that settles twice', 'return { then(resolve) { resolve("first"); resolve("second"); } };'],
  [
    'a throw behind the return',
    'try { return "first"; } finally { Promise.resolve().then(() => { throw new Error("second"); }); }',
  ],
  ['a rejection behind the return', 'Promise.reject(new Error("second")); return "first";'],
  [
    'a second resolve in a timer',
    'return new Promise((resolve) => { resolve("first"); setTimeout(() => resolve("second"), 0); });',
  ],
  [
    'a tool that calls itself',
    'if (!input.again) this.run?.({ again: true }, ctx); return input.again ? "second" : "first";',
  ],
];

const TWICE: readonly AttackCase[] = SECOND.map(([name, run]) => ({
  id: 'BD-104',
  title: `${name} gives one result`,
  run,
  expect: value('first'),
}));

const REENTRANT: readonly (readonly [string, string, unknown])[] = [
  [
    'a reply handler that asks again at once',
    `const texts = []; await ${READ}.then((text) => { texts.push(text); return ${READ}.then((more) => texts.push(more)); }); return texts;`,
    ['bait\n', 'bait\n'],
  ],
  [
    'a timer that sets a timer',
    'return await new Promise((resolve) => setTimeout(() => setTimeout(() => setTimeout(() => resolve("third"), 0), 0), 0));',
    'third',
  ],
  [
    'a toString that makes a platform call',
    `return new URL({ toString: () => new URL({ toString: () => new URL('http://a/b').href }).href }).href;`,
    'http://a/b',
  ],
  [
    'a listener that aborts what it listens to',
    `const first = new AbortController(), second = new AbortController(); first.signal.addEventListener('abort', () => { second.abort('second'); first.abort('again'); }); second.signal.addEventListener('abort', () => first.abort('back')); first.abort('first'); return [first.signal.reason, second.signal.reason];`,
    ['first', 'second'],
  ],
  [
    'a getter that logs while a value is cloned',
    `return structuredClone({ get a() { console.log('inside'); return new TextEncoder().encode('x').length; } });`,
    { a: 1 },
  ],
  [
    'an abort from inside a read',
    `const controller = new AbortController(); const reading = fs.readFile('/docs/a.txt', { encoding: 'utf8', signal: controller.signal }); controller.abort(); return await reading.catch((error) => error.name);`,
    'AbortError',
  ],
  [
    '100 requests from 100 handlers',
    `let asked = 0; const ask = () => (asked += 1) < 100 ? ${READ}.then(ask) : asked; return await ask();`,
    100,
  ],
];

const REENTRY: readonly AttackCase[] = REENTRANT.map(([name, body, expected]) => ({
  id: 'BD-105',
  title: `${name} works`,
  docs: BAIT,
  module: withFs(body),
  expect: value(expected),
}));

export const ENDING_CASES: readonly AttackCase[] = [
  ...AFTER_RESULT,
  ...AFTER_FAILURE,
  ...WHILE_SERIALISING,
  ...COUNTED,
  ...TWICE,
  ...REENTRY,
];
