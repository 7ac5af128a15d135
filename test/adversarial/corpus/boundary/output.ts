import type { AttackCase } from '../../attack-case.ts';
import { type Expected, error, value } from '../../expected.ts';

function badOutput(text: string): Expected {
  return error('ERR_CARAPACE_SKILL_BAD_OUTPUT', text);
}

const NO_JSON = (type: string): Expected => badOutput(`SkillOutputError: Cannot return value: a ${type} is not JSON`);
const TOO_DEEP = badOutput('SkillOutputError: Cannot return value: it has more than 64 levels');

const RETURNED: readonly (readonly [string, Expected])[] = [
  ['undefined', value(null)],
  ['null', value(null)],
  ['() => 1', NO_JSON('function')],
  ['class Tool {}', NO_JSON('function')],
  ['Symbol("s")', NO_JSON('symbol')],
  ['10n', NO_JSON('bigint')],
  ['{ big: 10n }', badOutput('TypeError: Do not know how to serialize a BigInt')],
  ['Object(10n)', badOutput('TypeError: Do not know how to serialize a BigInt')],
  ['[NaN, -0, Infinity, -Infinity, undefined, () => 1, Symbol("s")]', value([null, 0, null, null, null, null, null])],
  ['({ a: undefined, b: () => 1, c: Symbol("s"), [Symbol("d")]: 1, e: -0 })', value({ e: 0 })],
  ['[Object(1), Object("s"), Object(true), Object(Symbol("s"))]', value([1, 's', true, {}])],
  ['new Date(0)', value('1970-01-01T00:00:00.000Z')],
  ['[new Date(NaN)]', value([null])],
  [
    '[new Map([[1, 2]]), new Set([1]), /x/g, new Error("m"), new WeakMap(), Promise.resolve(1)]',
    value([{}, {}, {}, {}, {}, {}]),
  ],
  [
    '[new Uint8Array([1, 2]), new ArrayBuffer(2), new DataView(new ArrayBuffer(2))]',
    value([{ '0': 1, '1': 2 }, {}, {}]),
  ],
  ['new Proxy({ a: 1 }, {})', value({ a: 1 })],
  ['new Proxy([1, 2], {})', value([1, 2])],
  ['new Proxy({}, { ownKeys() { throw new Error("keys"); } })', badOutput('Error: keys')],
  [
    '[new Proxy({ a: 1 }, { get: (target, key) => (key === "toJSON" ? undefined : "lie") , ownKeys: () => ["a"], getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }) })]',
    value([{ a: 'lie' }]),
  ],
  [
    '(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return [proxy]; })()',
    badOutput("TypeError: Cannot perform 'get' on a proxy that has been revoked"),
  ],
  ['({ get a() { throw new Error("getter"); } })', badOutput('Error: getter')],
  ['(() => { const loop = {}; loop.loop = loop; return loop; })()', error('ERR_CARAPACE_SKILL_BAD_OUTPUT')],
  ['JSON.parse(\'{"__proto__":{"admin":true}}\')', value({ _·_proto__: { admin: true } })],
  [
    'Array.from({ length: 64 }).reduce((inner) => [inner], 1)',
    value(Array.from({ length: 64 }).reduce((inner: unknown) => [inner], 1)),
  ],
  ['Array.from({ length: 65 }).reduce((inner) => [inner], 1)', TOO_DEEP],
  ['Array.from({ length: 65 }).reduce((inner) => ({ inner }), 1)', TOO_DEEP],
  ['"[".repeat(1000)', value('['.repeat(1000))],
];

const CONVERSIONS: readonly AttackCase[] = RETURNED.map(([expression, expect]) => ({
  id: 'BD-090',
  title: `a tool that returns ${expression.slice(0, 60)} has the documented outcome`,
  run: `return ${expression};`,
  expect,
}));

/** The same twice in a row, and from a synchronous tool as from an asynchronous one. */
const REPEATED: readonly AttackCase[] = ['NaN', 'new Map([[1, 2]])', '() => 1'].map((expression) => {
  const expect = expression === '() => 1' ? NO_JSON('function') : value(expression === 'NaN' ? null : {});
  return {
    id: 'BD-090',
    title: `a tool that returns ${expression} ends the same every time`,
    module: `export default { tools: { attack: ({ later }) => { const result = ${expression}; return later ? Promise.resolve(result) : result; } } };`,
    earlier: [
      { input: {}, expect },
      { input: { later: true }, expect },
    ],
    expect,
  };
});

const FULL_STACK = badOutput('RangeError: Maximum call stack size exceeded');

const ENDLESS: readonly (readonly [string, string, Expected])[] = [
  [
    'a toJSON whose result has another such toJSON',
    'class Next { toJSON() { return { next: new Next() }; } } return new Next();',
    FULL_STACK,
  ],
  ['a toJSON in a list of lists', 'class Next { toJSON() { return [new Next()]; } } return [new Next()];', FULL_STACK],
  [
    'a getter that goes deeper for ever',
    'const deeper = () => ({ get next() { return deeper(); } }); return deeper();',
    FULL_STACK,
  ],
  [
    'a Proxy that goes deeper for ever',
    'const deeper = () => new Proxy({ a: 1 }, { get: (_, key) => (key === "toJSON" ? undefined : deeper()) }); return deeper();',
    FULL_STACK,
  ],
  ['a toJSON that returns itself', 'const same = { toJSON() { return same; }, a: 1 }; return same;', value({ a: 1 })],
  [
    'a toJSON that returns nothing',
    'return { toJSON() {} };',
    badOutput('SkillOutputError: Cannot return value: its toJSON gave nothing'),
  ],
  [
    'a toJSON that returns a function',
    'return { toJSON: () => () => 1 };',
    badOutput('SkillOutputError: Cannot return value: its toJSON gave nothing'),
  ],
  ['a toJSON that throws', 'return { toJSON() { throw new Error("toJSON"); } };', badOutput('Error: toJSON')],
];

const TO_JSON: readonly AttackCase[] = ENDLESS.map(([name, run, expect]) => ({
  id: 'BD-091',
  title: `${name} has a bounded outcome`,
  run,
  expect,
}));

const CAP = 1024;
const SPENT = error('ERR_CARAPACE_BUDGET_OUTPUT', 'The result was larger than the output budget');

/** Sizes are those of the JSON text in UTF-8: two bytes of quotation marks around a string. */
const SIZES: readonly (readonly [string, number])[] = [
  ['a', 1],
  ['é', 2],
  ['€', 3],
  ['😀', 4],
];

const AROUND_THE_CAP: readonly AttackCase[] = [-1, 0, 1, 2, 4 * CAP].flatMap((difference) =>
  SIZES.flatMap(([unit, bytes]): readonly AttackCase[] => {
    const room = CAP + difference - 2;
    const text = unit.repeat(Math.floor(room / bytes)) + 'x'.repeat(room % bytes);
    return [
      {
        id: 'BD-107',
        title: `a result of the output budget ${difference < 0 ? '-' : '+'} ${Math.abs(difference)} bytes, in characters of ${bytes} bytes, is ${difference > 0 ? 'refused' : 'accepted'}`,
        input: { text },
        limits: { outputKiB: 1 },
        run: 'return input.text;',
        expect: difference > 0 ? SPENT : value(text),
      },
    ];
  }),
);

const GROWN: readonly AttackCase[] = [
  {
    id: 'BD-107',
    title: 'escapes count: control characters are six bytes each',
    limits: { outputKiB: 1 },
    run: 'return "\\u0001".repeat(171);',
    expect: SPENT,
  },
  {
    id: 'BD-107',
    title: 'a list counts with its punctuation',
    limits: { outputKiB: 1 },
    run: 'return Array.from({ length: 512 }, () => 1);',
    expect: SPENT,
  },
  {
    id: 'BD-107',
    title: 'a list that fits exactly is accepted',
    limits: { outputKiB: 1 },
    run: 'return [...Array.from({ length: 510 }, () => 1), 10];',
    expect: value([...Array.from({ length: 510 }, () => 1), 10]),
  },
];

export const OUTPUT_CASES: readonly AttackCase[] = [
  ...CONVERSIONS,
  ...REPEATED,
  ...TO_JSON,
  ...AROUND_THE_CAP,
  ...GROWN,
];
