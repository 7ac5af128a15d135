import type { AttackCase } from '../../attack-case.ts';
import { error, value } from '../../expected.ts';
import { BAIT, withFs } from '../bait.ts';

/** Uses most of the shim once. What comes back, and what the broker decides, must not depend on what was poisoned. */
const WORK = `async () => {
  const read = await fs.readFile('/docs/a.txt', 'utf8');
  const bytes = await fs.readFile('/docs/b.txt');
  const names = await fs.readdir('/docs');
  const info = await fs.stat('/docs/a.txt');
  let refused = 'read';
  try { await fs.readFile('/docs/../secret'); } catch (error) { refused = error.carapaceCode; }
  const url = new URL('http://u:p@a.example:81/b?c=1#d');
  console.log('worked', 1);
  await new Promise((resolve) => setTimeout(resolve, 1));
  const text = new TextDecoder().decode(new TextEncoder().encode('é'));
  return read + '|' + bytes.length + '|' + names[0] + ',' + names[1] + '|' + info.size + '|' + refused + '|' + url.href
    + '|' + text + '|' + atob(btoa('x')) + '|' + structuredClone(7);
}`;
const WORKED = 'bait\n|12|a.txt,b.txt|5|ERR_CARAPACE_FS_BAD_PATH|http://u:p@a.example:81/b?c=1#d|é|x|7';
const DECIDED = [
  'fs.readFile /docs/a.txt allow',
  'fs.readFile /docs/b.txt allow',
  'fs.readdir /docs allow',
  'fs.stat /docs/a.txt allow',
  'fs.readFile /docs/../secret ERR_CARAPACE_FS_BAD_PATH',
] as const;

/**
 * One row that poisons each of `targets` in turn, works, and cleans up: what the skill's own result looks like is its own
 * affair. `poison` and `restore` see the target as `at`; the plain loops in them survive what they poison.
 */
function poisoned(id: string, title: string, targets: readonly string[], poison: string, restore: string): AttackCase {
  return {
    id,
    title,
    docs: BAIT,
    limits: { logKiB: 1024 },
    module: withFs(`const work = ${WORK}; const failed = { __proto__: null }; const define = Reflect.defineProperty;
for (const [name, at] of Object.entries({ ${targets.map((target) => `${JSON.stringify(target)}: ${target}`).join(', ')} })) {
  let outcome;
  ${poison}
  try { outcome = await work(); } catch (error) { outcome = error.message + error.stack; }
  ${restore}
  if (outcome !== ${JSON.stringify(WORKED)}) failed[name] = outcome;
}
return failed;`),
    expect: value({}),
    logs: targets.map(() => 'info worked 1'),
    decisions: targets.flatMap(() => DECIDED),
  };
}

const PROTOTYPES = [
  'Object.prototype',
  'Array.prototype',
  'Promise.prototype',
  'Function.prototype',
  'String.prototype',
  'Error.prototype',
  'Map.prototype',
  'Uint8Array.prototype',
];

/** Names that a shim reads or writes somewhere: fields of requests, replies, descriptors and lists. */
const KEYS = [
  ...[
    'family',
    'method',
    'path',
    'op',
    'form',
    'mode',
    'delayMs',
    'kind',
    'entries',
    'code',
    'message',
    'ok',
    'payload',
  ],
  ...['get', 'set', 'value', 'writable', 'enumerable', 'configurable', 'toJSON', '0', '1', '2', 'resolve', 'fulfil'],
  ...['refuse', 'id', 'href', 'left', 'open', 'carapaceCode', 'cause'],
];

const POISONS: readonly (readonly [string, string])[] = [
  ['values', 'value: "poison", writable: true'],
  ['accessors that lie', 'get: () => "/etc/passwd", set() {}'],
  ['accessors that throw', 'get() { throw new Error("trap " + key); }, set() { throw new Error("trap " + key); }'],
];

const ACCESSORS: readonly AttackCase[] = POISONS.map(([name, descriptor]) =>
  poisoned(
    'IS-037',
    `${name} on the prototypes change no request`,
    PROTOTYPES,
    `const keys = ${JSON.stringify(KEYS)}.filter((key) => !Object.hasOwn(at, key));
  for (const key of keys) define(at, key, { __proto__: null, configurable: true, ${descriptor} });`,
    'for (const key of keys) delete at[key];',
  ),
);

/** Whole groups of built-ins, every function in them replaced at once. */
const GROUPS = [
  ...[
    'JSON',
    'Reflect',
    'Math',
    'Object',
    'Array',
    'Promise',
    'Number',
    'Symbol',
    'String',
    'Date',
    'Error',
    'Uint8Array',
  ],
  ...[
    'String.prototype',
    'Array.prototype',
    'Function.prototype',
    'Object.prototype',
    'Map.prototype',
    'Set.prototype',
  ],
  ...['WeakMap.prototype', 'RegExp.prototype', 'Date.prototype', 'Object.getPrototypeOf(Uint8Array).prototype'],
  'Object.getPrototypeOf([].values())',
];

const REPLACEMENTS: readonly (readonly [string, string])[] = [
  ['throw', '() => { throw new Error("replaced"); }'],
  ['answer with another path', '() => "/etc/passwd"'],
  ['answer with nothing', '() => undefined'],
];

const BUILTINS: readonly AttackCase[] = REPLACEMENTS.map(([name, make]) =>
  poisoned(
    'IS-038',
    `built-ins that ${name} change no request`,
    GROUPS,
    `const saved = [];
  for (const key of Reflect.ownKeys(at)) {
    const found = Reflect.getOwnPropertyDescriptor(at, key);
    if (typeof found.value === 'function' && found.configurable && key !== 'constructor') saved[saved.length] = [key, found];
  }
  for (let index = 0; index < saved.length; index += 1) define(at, saved[index][0], { __proto__: null, configurable: true, writable: true, value: ${make} });`,
    'for (let index = 0; index < saved.length; index += 1) define(at, saved[index][0], saved[index][1]);',
  ),
);

const KEPT =
  '{ __proto__: null, URL, TextDecoder, TextEncoder, atob, btoa, structuredClone, Promise, setTimeout, console }';
const WELL_KNOWN = ['Symbol.iterator', 'Symbol.toPrimitive', 'Symbol.species'];

const GLOBALS: readonly AttackCase[] = [
  poisoned(
    'IS-038',
    'overwritten globals change no request',
    ['globalThis'],
    `const keep = ${KEPT};
  for (const name of ['JSON', 'Object', 'Array', 'String', 'Reflect', 'Map', 'Set', 'Error', 'TypeError', 'Symbol', 'Uint8Array', 'DOMException', 'AbortController', 'Number', 'Math']) { keep[name] = at[name]; at[name] = null; }`,
    'for (const name in keep) at[name] = keep[name];',
  ),
  ...WELL_KNOWN.map((symbol) =>
    poisoned(
      'IS-038',
      `a poisoned ${symbol} changes no request`,
      [
        'String.prototype',
        'Map.prototype',
        'Set.prototype',
        'Array',
        'Promise',
        'Map',
        'Object.getPrototypeOf(Uint8Array)',
        'Object.getPrototypeOf(Uint8Array).prototype',
        'Object.prototype',
      ],
      `const found = Reflect.getOwnPropertyDescriptor(at, ${symbol});
  define(at, ${symbol}, { __proto__: null, configurable: true, get() { throw new Error('poisoned'); } });`,
      `if (found === undefined) delete at[${symbol}]; else define(at, ${symbol}, found);`,
    ),
  ),
  poisoned(
    'IS-038',
    'a poisoned list iterator changes no request',
    ['Array.prototype'],
    `const found = at[Symbol.iterator]; at[Symbol.iterator] = () => { throw new Error('poisoned'); };`,
    'at[Symbol.iterator] = found;',
  ),
];

const WALL = { wallMs: 800 } as const;
const SPENT_WALL = error('ERR_CARAPACE_BUDGET_WALL', 'The call took longer than its time budget and was stopped');
const SPENT_CPU = error('ERR_CARAPACE_BUDGET_CPU', 'The call used up its processor time and was stopped');

const THENABLES: readonly (readonly [string, string, Partial<AttackCase> & Pick<AttackCase, 'expect'>])[] = [
  [
    'a thenable that resolves twice',
    'return { then(resolve) { resolve("first"); resolve("second"); } };',
    { expect: value('first') },
  ],
  [
    'a thenable that resolves, then rejects',
    'return { then(resolve, reject) { resolve("first"); reject(new Error("second")); throw new Error("third"); } };',
    { expect: value('first') },
  ],
  [
    'a thenable that rejects, then resolves',
    'return { then(resolve, reject) { reject("first"); resolve("second"); } };',
    { expect: error('ERR_CARAPACE_SKILL_THREW', 'Error: The skill threw "first"') },
  ],
  [
    'a thenable that resolves later a second time',
    'return { then(resolve) { resolve("first"); setTimeout(() => resolve("second"), 1); } };',
    { expect: value('first') },
  ],
  [
    'a thenable with a throwing getter',
    'return { get then() { throw new Error("getter"); } };',
    { expect: error('ERR_CARAPACE_SKILL_THREW', 'Error: getter') },
  ],
  ['a thenable that never settles', 'return { then() {} };', { expect: SPENT_WALL, limits: WALL }],
  [
    'a thenable of itself for ever',
    'const again = { then(resolve) { resolve(again); } }; return again;',
    { expect: SPENT_CPU, limits: { cpuMs: 300 } },
  ],
  [
    'a promise resolved with itself',
    'let settle; const own = new Promise((resolve) => { settle = resolve; }); settle(own); return own;',
    { expect: error('ERR_CARAPACE_SKILL_THREW', 'TypeError: Chaining cycle detected for promise #<Promise>') },
  ],
  [
    'a poisoned Promise.prototype.then that answers twice',
    'const then = Promise.prototype.then; Promise.prototype.then = function (yes, no) { return then.call(this, (result) => { yes?.(result); return yes?.("forged"); }, no); }; return "first";',
    { expect: value('first') },
  ],
  [
    'a poisoned Promise.prototype.then that never calls back',
    'Promise.prototype.then = () => {}; return "first";',
    { expect: value('first') },
  ],
  [
    'a poisoned Promise.prototype.then that throws',
    'Promise.prototype.then = () => { throw new Error("then"); }; return "first";',
    { expect: value('first') },
  ],
  [
    'a poisoned promise constructor and species',
    'Object.defineProperty(Promise, Symbol.species, { get() { throw new Error("species"); } }); Promise.prototype.constructor = class { constructor() { throw new Error("made"); } }; return "first";',
    { expect: value('first') },
  ],
  [
    'a subclass of Promise as the answer',
    'class Late extends Promise { then() { throw new Error("then"); } } return new Late((resolve) => resolve("first"));',
    { expect: error('ERR_CARAPACE_SKILL_THREW', 'Error: then') },
  ],
  [
    'a poisoned globalThis.Promise',
    'globalThis.Promise = function () { throw new Error("promise"); }; return "first";',
    { expect: value('first') },
  ],
];

const RESULTS: readonly AttackCase[] = THENABLES.map(([title, run, rest]) => ({
  id: 'IS-039',
  title: `${title} gives one outcome`,
  run,
  ...rest,
}));

export const POISON_CASES: readonly AttackCase[] = [...ACCESSORS, ...BUILTINS, ...GLOBALS, ...RESULTS];
