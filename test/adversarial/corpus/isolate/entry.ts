import type { AttackCase } from '../../attack-case.ts';
import { type Expected, error, value } from '../../expected.ts';
import { BAIT, withFs } from '../bait.ts';

const FOREIGN = [
  'fs',
  'node:fs',
  'node:net',
  'child_process',
  'data:text/javascript,export default 1',
  'file:///etc/passwd',
  './other.js',
  '../../etc/passwd',
  'https://a.example/x.js',
  'isolated-vm',
  'dist/skill.js',
  '',
];

const IMPORTS: readonly AttackCase[] = [
  {
    id: 'IS-040',
    title: 'import() of anything, granted modules included, rejects with an error of the guest',
    docs: BAIT,
    input: { names: [...FOREIGN, 'node:fs/promises'] },
    module: withFs(
      'const out = []; for (const name of input.names) await import(name).then(() => out.push(name), (error) => { if (error.constructor !== Error || error.message !== "Not supported") out.push(String(error)); }); return out;',
    ),
    expect: value([]),
  },
  {
    id: 'IS-040',
    title: 'import() from evaluated code rejects as well',
    run: 'const out = []; for (const make of [(code) => eval(code), (code) => new Function("return " + code)()]) await make("import(\'node:fs\')").catch((error) => out.push(error.message)); return out;',
    expect: value(['Not supported', 'Not supported']),
  },
  ...FOREIGN.map((name): AttackCase => {
    const files = name === 'fs' || name === 'node:fs';
    return {
      id: 'IS-040',
      title: `a static import of "${name}" fails the load`,
      module: `import * as power from '${name}';\nexport default { tools: { attack: { run: () => Object.keys(power) } } };`,
      expect: error(
        'ERR_CARAPACE_SKILL_LOAD',
        `Error: Cannot import "${name}": ${files ? 'the skill was granted no directory' : 'only modules in the bundle and granted platform modules exist'}`,
      ),
    };
  }),
  {
    id: 'IS-040',
    title: 'node:fs holds the promises of the grant; what would not wait says that it is not there',
    docs: BAIT,
    module: `import * as all from 'node:fs';
const does = ([, work]) => { try { work('/docs/a.txt', '/docs/b.txt'); return true; } catch (error) { return error.code !== 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM'; } };
export default { tools: { attack: { run: () => {
  const named = Object.entries(all).filter(([name]) => name.endsWith('Sync') || ['open', 'close', 'read', 'write', 'watch', 'link', 'symlink', 'chmod'].includes(name));
  return [named.length > 20, named.filter(does).map(([name]) => name), all.default.promises === all.promises];
} } } };`,
    expect: value([true, [], true]),
  },
];

function refusesEntry(reason: string): Expected {
  return error('ERR_CARAPACE_SKILL_ENTRY', `SkillEntryError: Cannot load skill: ${reason}`);
}

const SPIN = 'for (;;);';
const NO_TOOL = error(
  'ERR_CARAPACE_SKILL_ENTRY',
  'SkillEntryError: Cannot call tool "attack": the skill does not export it',
);

const EXPORTS: readonly (readonly [string, Expected, Partial<AttackCase>?])[] = [
  [
    `const all = new Proxy({}, { get: (_, trap) => (trap === 'getOwnPropertyDescriptor' ? undefined : () => { ${SPIN} }) }); export default new Proxy({}, all);`,
    refusesEntry('the default export is a Proxy'),
  ],
  // To look for a stack that has to be put back is the one thing that comes before a Proxy is recognised.
  [
    `export default new Proxy({}, { getOwnPropertyDescriptor() { ${SPIN} } });`,
    error('ERR_CARAPACE_BUDGET_CPU'),
    { limits: { cpuMs: 300 } },
  ],
  [
    `export default { tools: new Proxy({}, { get() { ${SPIN} }, ownKeys() { ${SPIN} }, getPrototypeOf() { ${SPIN} } }) };`,
    refusesEntry('"tools" is a Proxy'),
  ],
  [
    'const all = new Proxy({}, { get: () => () => { throw new Error("trap"); } }); export default { tools: new Proxy({}, all) };',
    refusesEntry('"tools" is a Proxy'),
  ],
  [
    'const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); export default proxy;',
    refusesEntry('the default export is a Proxy'),
  ],
  ['export default { tools: { attack: new Proxy(() => 1, {}) } };', refusesEntry('tool "attack" is a Proxy')],
  [`export default { get tools() { ${SPIN} } };`, refusesEntry('"tools" is a getter')],
  [`export default { tools: { get attack() { ${SPIN} } } };`, refusesEntry('tool "attack" is a getter')],
  [
    `export default { tools: { attack: { get run() { ${SPIN} } } } };`,
    refusesEntry('"run" of tool "attack" is a getter'),
  ],
  ['export default class { static tools = {}; }', refusesEntry('the default export is a class, not an object')],
  ['export default { tools: { attack: class { static run() {} } } };', refusesEntry('tool "attack" is a class')],
  ['export default Promise.resolve({ tools: {} });', refusesEntry('the default export is a promise')],
  ['export default { tools: Promise.resolve({}) };', refusesEntry('"tools" is a promise')],
  ['export default async function tools() {}', refusesEntry('the default export is a function, not an object')],
  ['export const other = 1;', refusesEntry('the module exports neither a default nor "tools"')],
  ['', refusesEntry('the module exports neither a default nor "tools"')],
  ...['null', '1', '"text"', 'Symbol("s")', '1n', 'true'].map(
    (literal) => [`export default ${literal};`, refusesEntry('the default export is not an object')] as const,
  ),
  ['export default { tools: { attack: "text" } };', refusesEntry('tool "attack" is not an object')],
  ['export default { tools: { attack: { run: {} } } };', refusesEntry('"run" of tool "attack" is not a function')],
  [
    'export default { tools: Object.fromEntries(Array.from({ length: 257 }, (_, n) => ["t" + n, () => n])) };',
    refusesEntry('"tools" has more than 256 properties'),
  ],
  ['export default { tools: Object.create({ attack: () => 1 }) };', NO_TOOL],
  ['export default { tools: {} };', NO_TOOL],
  ['throw new Error("top");', error('ERR_CARAPACE_SKILL_LOAD', 'Error: top')],
  ['throw { toString() { for (;;); } };', error('ERR_CARAPACE_SKILL_LOAD')],
  ['throw undefined;', error('ERR_CARAPACE_SKILL_LOAD')],
  [
    'await Promise.reject(new TypeError("awaited")); export default {};',
    error('ERR_CARAPACE_SKILL_LOAD', 'TypeError: awaited'),
  ],
  ['await new Promise(() => {}); export default {};', error('ERR_CARAPACE_BUDGET_WALL'), { limits: { wallMs: 500 } }],
  [`${SPIN} export default {};`, error('ERR_CARAPACE_BUDGET_CPU'), { limits: { cpuMs: 300 } }],
  ['export const tools = { attack: () => "a plain function" };', value('a plain function')],
];

const ENTRIES: readonly AttackCase[] = EXPORTS.map(([module, expect, rest]) => ({
  id: 'IS-050',
  title: `the module "${module.slice(0, 70)}" has a clear outcome`,
  // An empty text would mean that there is no module.
  module: `${module}\n`,
  expect,
  ...rest,
}));

const LONG_KEY = 'k'.repeat(100_000);

const INPUTS: readonly (readonly [string, unknown, string, unknown])[] = [
  [
    'a toJSON that is data',
    { toJSON: 'text', a: [{ toJSON: null }] },
    '[input.toJSON, input.a[0].toJSON, Object.keys(input)]',
    ['text', null, ['toJSON', 'a']],
  ],
  ['a then that is data', { then: 'text' }, '[input.then]', ['text']],
  [
    'a key of 100,000 characters',
    { [LONG_KEY]: 1 },
    '[Object.keys(input)[0].length, Object.values(input)]',
    [100_000, [1]],
  ],
  [
    'empty, numeric and exotic keys',
    { '': 0, '0': 1, 'a\u0000b': 2, '\ud800': 3, '\u202e': 4 },
    'Object.entries(input).map(([key, item]) => [key.length, item])',
    [
      [1, 1],
      [0, 0],
      [3, 2],
      [1, 3],
      [1, 4],
    ],
  ],
  [
    'names of the shim',
    { tool: 1, callId: 2, signal: 3, log: 4 },
    '[input.tool, input.callId, input.signal, input.log, typeof ctx.tool, typeof ctx.log.info]',
    [1, 2, 3, 4, 'string', 'function'],
  ],
  [
    'names of inherited methods',
    { hasOwnProperty: 1, toString: 2, valueOf: 3 },
    'Object.entries(input)',
    [
      ['hasOwnProperty', 1],
      ['toString', 2],
      ['valueOf', 3],
    ],
  ],
];

/** Keys that no tool needs and that pollute whoever copies them carelessly are refused before a skill runs. */
const RESERVED: readonly (readonly [string, string])[] = [
  ['{"__proto__":{"admin":true},"a":1}', '/__proto__ Cannot accept the key "__proto__": reserved by JavaScript'],
  ['{"a":[{"__proto__":1}]}', '/a/0/__proto__ Cannot accept the key "__proto__": reserved by JavaScript'],
  ['{"constructor":{"prototype":{"x":1}}}', '/constructor Cannot accept the key "constructor": reserved by JavaScript'],
];

const ARGUMENTS: readonly AttackCase[] = INPUTS.map(([name, input, expression, expected]) => ({
  id: 'IS-051',
  title: `an input with ${name} arrives as plain data`,
  input,
  run: `return ${expression};`,
  expect: value(expected),
}));

const REFUSED_ARGUMENTS: readonly AttackCase[] = RESERVED.map(([json, issue]) => ({
  id: 'IS-051',
  title: `an input ${json} is refused`,
  input: JSON.parse(json),
  run: 'return "ran";',
  expect: error('ERR_CARAPACE_SKILL_BAD_INPUT', `The input does not fit the tool: ${issue}`),
}));

const TOOL = 'export default { tools: { attack: () => "ran" } };';
const TOO_DEEP = error('ERR_CARAPACE_SKILL_LOAD', 'RangeError: Maximum call stack size exceeded');
const HTML_COMMENT = (line: number, column: number): Expected =>
  error(
    'ERR_CARAPACE_SKILL_LOAD',
    `SyntaxError: HTML comments are not allowed in modules [dist/skill.js:${line}:${column}]`,
  );
const LARGE: Expected = {
  kind: 'one-of',
  because:
    'parsing that much source within the memory of a skill may succeed, be stopped for memory, or end the isolate',
  of: [value('ran'), error('ERR_CARAPACE_BUDGET_MEMORY'), error('ERR_CARAPACE_SKILL_CRASHED')],
};

const SOURCES: readonly (readonly [string, string, Expected])[] = [
  ['a #! line', `#!/usr/bin/env node\n${TOOL}`, value('ran')],
  ['a #! line that is not the first', `\n#!/usr/bin/env node\n${TOOL}`, error('ERR_CARAPACE_SKILL_LOAD')],
  ['an HTML-like comment at the start', `<!-- comment\n${TOOL}`, HTML_COMMENT(1, 4)],
  ['an HTML-like comment at the end', `${TOOL}\n--> comment`, HTML_COMMENT(2, 3)],
  [
    'U+2028 in a string and between statements',
    'export default { tools: { attack: () => "r\u2028n".replace("\\u2028", "a") } };\u2028',
    value('ran'),
  ],
  ['U+2029 and U+FEFF', `\ufeff${TOOL}\u2029\ufeff`, value('ran')],
  ['NUL in a string', 'export default { tools: { attack: () => "ra\0n".replace("\\0", "") } };', value('ran')],
  [
    'NUL between statements',
    `${TOOL}\0`,
    error('ERR_CARAPACE_SKILL_LOAD', 'SyntaxError: Invalid or unexpected token [dist/skill.js:1:51]'),
  ],
  [
    'a lone surrogate',
    'export default { tools: { attack: () => "\ud800".length === 1 ? "ran" : "lost" } };',
    value('ran'),
  ],
  [
    'text that is no JavaScript',
    '\u0001\u0002 %PDF-1.7',
    error('ERR_CARAPACE_SKILL_LOAD', 'SyntaxError: Invalid or unexpected token [dist/skill.js:1:1]'),
  ],
  ['100,000 nested brackets', `${TOOL}${'['.repeat(100_000)}${']'.repeat(100_000)}`, TOO_DEEP],
  ['100,000 nested parentheses', `${TOOL}${'('.repeat(100_000)}1${')'.repeat(100_000)}`, TOO_DEEP],
  ['100,000 nested blocks', `${TOOL}${'{'.repeat(100_000)}${'}'.repeat(100_000)}`, TOO_DEEP],
  ['10,000 nested templates', `${TOOL}${'`${'.repeat(10_000)}`, TOO_DEEP],
  ['one string of 30 MB', `${TOOL}"${'a'.repeat(30_000_000)}"`, LARGE],
  ['one minified line of 30 MB', `${TOOL}var f = (x) => x;${'f(1);'.repeat(6_000_000)}`, LARGE],
  ['a comment of 30 MB', `${TOOL}/*${'a'.repeat(30_000_000)}*/`, LARGE],
];

const PARSING: readonly AttackCase[] = SOURCES.map(([name, module, expect]) => ({
  id: 'IS-055',
  title: `a source with ${name} has a clear outcome`,
  module,
  expect,
}));

export const ENTRY_CASES: readonly AttackCase[] = [
  ...IMPORTS,
  ...ENTRIES,
  ...ARGUMENTS,
  ...REFUSED_ARGUMENTS,
  ...PARSING,
];
