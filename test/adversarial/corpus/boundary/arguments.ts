import type { AttackCase } from '../../attack-case.ts';
import { error, value } from '../../expected.ts';
import { BAIT, withFs } from '../bait.ts';

/** Values that a copying bridge would have to walk, share or run. */
const ODD_VALUES = `{
  sparse: Object.assign([], { length: 2 ** 32 - 1 }), pattern: /x/g, error: new Error('m'), map: new Map([[1, 2]]),
  bytes: new Uint8Array(4), buffer: new ArrayBuffer(4), date: new Date(0), symbol: Symbol('s'), big: 10n, make: () => 1,
  proxy: new Proxy({}, { get() { throw new Error('trap'); } }), nothing: null, boxed: Object('/docs/a.txt'),
  list: ['/docs/a.txt'], text: { toString: () => '/docs/a.txt', valueOf: () => '/docs/a.txt' } }`;

const FILE_CALLS: readonly AttackCase[] = ['readFile', 'readdir', 'stat', 'access'].map((method) => ({
  id: 'BD-097',
  title: `fs.${method} takes a path that is a string and nothing else`,
  docs: BAIT,
  module: withFs(
    `const taken = []; for (const [name, odd] of Object.entries(${ODD_VALUES})) await fs.${method}(odd).then(() => taken.push(name), (error) => { if (!(error instanceof TypeError) || error.message !== 'Cannot use "path": it is not a string') taken.push(name + String(error)); }); return taken;`,
  ),
  expect: value([]),
  decisions: [],
}));

const OTHER_CALLS: readonly AttackCase[] = [
  {
    id: 'BD-097',
    title: 'timers take any delay and clear any id without a request for nonsense',
    run: `const started = []; for (const [name, odd] of Object.entries(${ODD_VALUES})) { try { const id = setTimeout(() => {}, odd); clearTimeout(id); started.push(typeof id); clearTimeout(odd); } catch (error) { started.push(error.constructor.name); } } return [...new Set(started)].sort();`,
    expect: value(['Error', 'RangeError', 'TypeError', 'number']),
  },
  {
    id: 'BD-097',
    title: 'a log line of such values is text that ends',
    run: `for (const odd of Object.values(${ODD_VALUES})) console.log(odd); return 'logged';`,
    expect: value('logged'),
  },
  {
    id: 'BD-097',
    title: 'text codecs, digests and random values take bytes and nothing else',
    run: `const odd = ${ODD_VALUES}; delete odd.bytes; delete odd.buffer; const taken = [];
for (const [name, item] of Object.entries(odd)) {
  for (const [call, use] of Object.entries({ decode: () => new TextDecoder().decode(item), random: () => crypto.getRandomValues(item), digest: () => crypto.subtle.digest('SHA-256', item) })) {
    try { await use(); taken.push(call + ' ' + name); } catch {}
  }
} return taken;`,
    expect: value([]),
  },
];

const STRINGS: readonly (readonly [string, string])[] = [
  ['NUL', 'a\u0000b'],
  ['noncharacters', 'a\ufffeb\uffffc'],
  ['Latin-1', 'a\u00e9\u00ffb'],
  ['one wide character behind many narrow ones', `${'a'.repeat(5000)}\u4e00`],
  ['characters beyond the BMP', '😀\u{10ffff}x'],
];

/** Inside the isolate and across the bridge nothing is lost; the result alone is sanitised, as the next case shows. */
const PRESERVED: readonly AttackCase[] = STRINGS.map(([name, text]) => ({
  id: 'BD-099',
  title: `an input with ${name} arrives unit by unit`,
  input: { text },
  run: 'return Array.from({ length: input.text.length }, (_, at) => input.text.charCodeAt(at)).filter((unit, at, all) => all.length < 100 || at > 4990);',
  expect: value(
    Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)).filter(
      (_unit, at) => text.length < 100 || at > 4990,
    ),
  ),
}));

/** UTF-8 has no form for half a character, so the bytes that the skill gets could not be those that were checked. */
const HALVES: readonly AttackCase[] = ['a\ud800b', '\udc00\ud800', '\udfff'].map((text) => ({
  id: 'BD-099',
  title: `an input with half a character, ${JSON.stringify(text)}, is refused`,
  input: { text },
  run: 'return "ran";',
  expect: error(
    'ERR_CARAPACE_SKILL_BAD_INPUT',
    'The input does not fit the tool: /text Cannot read the text: it holds half a character',
  ),
}));

const RETURNED: readonly (readonly [string, string])[] = [
  ['a\ud800b\udc00c', 'a\ufffdb\ufffdc'],
  ['a\u0000b\u0007c', 'abc'],
  ['a\ufffeb\uffffc', 'abc'],
  ['a\u2028b\u2029c', 'a\nb\nc'],
  ['é\u00ff😀', 'é\u00ff😀'],
  [`${'a'.repeat(5000)}\u4e00`, `${'a'.repeat(5000)}\u4e00`],
];

const REPLACED: readonly AttackCase[] = RETURNED.map(([text, expected]) => ({
  id: 'BD-099',
  title: `a result ${JSON.stringify(text).slice(0, 40)} is replaced as documented and never cut`,
  run: `return { text: ${JSON.stringify(text)}, after: 'whole' };`,
  expect: value({ text: expected, after: 'whole' }),
}));

const PATHS: readonly AttackCase[] = [
  {
    id: 'BD-099',
    title: 'such strings as paths are refused with a code or name no file',
    docs: BAIT,
    module: withFs(
      `const codes = []; for (const name of ['a\\ud800', 'a\\0', 'a\\ufffe', '\\u00e9', '\\u{1f600}', '\\u202e']) await fs.readFile('/docs/' + name).then(() => codes.push('read'), (error) => codes.push(error.carapaceCode ?? error.message)); return codes;`,
    ),
    expect: value([
      'ERR_CARAPACE_FS_BAD_PATH',
      'Cannot use "path": it contains NUL',
      'ERR_CARAPACE_FS_NOT_FOUND',
      'ERR_CARAPACE_FS_NOT_FOUND',
      'ERR_CARAPACE_FS_NOT_FOUND',
      'ERR_CARAPACE_FS_BAD_PATH',
    ]),
  },
];

/** A string that no host call should have to carry. */
const HUGE = `('x'.repeat(100_000_000))`;

const TOO_LONG: readonly AttackCase[] = [
  ['fs.readFile', `fs.readFile('/docs/' + ${HUGE})`, 'ENAMETOOLONG'],
  ['a path one unit over the limit', `fs.readFile('/' + 'x'.repeat(4096))`, 'ENAMETOOLONG'],
  ['a path at the limit', `fs.readFile('/' + 'x'.repeat(4095))`, 'ERR_CARAPACE_FS_BAD_PATH'],
  ['URL', `new URL('http://a/' + ${HUGE})`, 'TypeError: Invalid URL'],
  ['TextEncoder', `new TextEncoder().encode(${HUGE})`, 'too-long'],
  ['btoa', `btoa(${HUGE})`, 'too-long'],
].map(([name, use, code]) => ({
  id: 'BD-100',
  title: `100 MB to ${name} are refused before they are copied`,
  docs: BAIT,
  limits: { memoryMiB: 512, cpuMs: 20_000, wallMs: 25_000 },
  module: withFs(`try { await ${use}; return 'taken'; } catch (error) { return error.carapaceCode ?? String(error); }`),
  expect: value(code),
}));

export const ARGUMENT_CASES: readonly AttackCase[] = [
  ...FILE_CALLS,
  ...OTHER_CALLS,
  ...PRESERVED,
  ...HALVES,
  ...REPLACED,
  ...PATHS,
  ...TOO_LONG,
];
