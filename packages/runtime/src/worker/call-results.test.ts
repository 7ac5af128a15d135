import { describe, expect, it } from 'vitest';
import { openSkill, runSkill, type SkillRun } from './fixtures/run-skill.ts';

const returning = (expression: string, limits = {}): SkillRun =>
  runSkill(`export const tools = { t: () => (${expression}) };`, { limits });
const throwing = (expression: string): SkillRun =>
  runSkill(`export const tools = { t: () => { throw ${expression}; } };`);

describe('BD-090 values', () => {
  it.each([
    ['undefined', 'null'],
    ['null', 'null'],
    ['NaN', 'null'],
    ['-0', '0'],
    ['Infinity', 'null'],
    ['new Date(0)', '"1970-01-01T00:00:00.000Z"'],
    ['new Map([[1, 2]])', '{}'],
    ['new Proxy({ a: 1 }, {})', '{"a":1}'],
    ['[undefined, () => 1, Symbol()]', '[null,null,null]'],
    ['({ a: undefined, b: () => 1, c: Symbol() })', '{}'],
    ['new String("s")', '"s"'],
    ['new URL("https://a.b/c")', '"https://a.b/c"'],
    ['Promise.resolve(1)', '1'],
    ['"\\ud800 \\0 \\uffff é"', '"\\ud800 \\u0000 \uffff é"'],
    ['"</script> \u2028"', '"</script> \u2028"'],
  ])('%s becomes %s', (expression, json) => {
    expect(returning(expression).json).toBe(json);
    expect(returning(expression).json).toBe(json);
  });

  it.each([
    ['() => 1', 'Cannot return value: a function is not JSON'],
    ['class {}', 'Cannot return value: a function is not JSON'],
    ['Symbol("x")', 'Cannot return value: a symbol is not JSON'],
    ['1n', 'Cannot return value: a bigint is not JSON'],
    ['({ toJSON: () => undefined })', 'Cannot return value: its toJSON gave nothing'],
  ])('%s is an output failure', (expression, message) => {
    expect(returning(expression).failure).toMatchObject({ stage: 'output', message });
  });

  it.each([
    '[1n]',
    '(() => { const a = {}; a.a = a; return a; })()',
    '({ get a() { throw new TypeError("g"); } })',
    '({ toJSON() { throw 1; } })',
  ])('%s is an output failure', (expression) => expect(returning(expression).failure?.stage).toBe('output'));
});

describe('depth and size', () => {
  const nested = (levels: number, open = '[', close = ']'): string =>
    `JSON.parse('${open.repeat(levels)}${close.repeat(levels)}')`;

  it('RS-080 accepts 64 levels and refuses 65', () => {
    expect(returning(nested(64)).failure).toBeUndefined();
    expect(returning(nested(65)).failure).toMatchObject({
      stage: 'output',
      message: 'Cannot return value: it has more than 64 levels',
    });
    expect(returning(`JSON.parse('${'{"a":'.repeat(65)}1${'}'.repeat(65)}')`).failure?.stage).toBe('output');
    expect(returning(nested(100_000)).failure?.stage).toBe('output');
  });

  it('does not take many brackets for depth', () => {
    expect(returning('Array.from({ length: 500 }, () => [{}])').failure).toBeUndefined();
    expect(returning('"[{".repeat(500)').failure).toBeUndefined();
  });

  it('BD-091 a toJSON that goes on for ever ends in a failure', () => {
    expect(
      returning('(() => { const make = () => ({ toJSON: () => ({ next: make() }) }); return make(); })()').failure
        ?.stage,
    ).toBe('output');
  });

  it.each([
    ['one below', 97],
    ['exactly at', 98],
    ['one above', 99],
    ['far above', 5000],
  ])('BD-107 sends of a result %s the limit at most the limit, so that the host sees the overrun', (_name, length) => {
    const bytes = Math.min(length + 2, 100);
    expect(returning(`'a'.repeat(${length})`, { outputBytes: 100 }).bytes).toBe(bytes);
    const wide = `'é'.repeat(${Math.floor(length / 2)}) + 'a'.repeat(${length % 2})`;
    expect(returning(wide, { outputBytes: 100 }).bytes).toBe(bytes);
  });
});

describe('BD-093 what a tool may throw', () => {
  it.each([
    ['undefined', 'Error', 'The skill threw undefined'],
    ['null', 'Error', 'The skill threw null'],
    ['42', 'Error', 'The skill threw 42'],
    ['"text"', 'Error', 'The skill threw "text"'],
    ['Symbol("s")', 'Error', 'The skill threw Symbol(s)'],
    ['2n ** 100n', 'Error', 'The skill threw a BigInt'],
    [
      '(() => { const f = () => 1; Object.defineProperty(f, "name", { value: 1 }); return f; })()',
      'Error',
      'The skill threw a value of type function',
    ],
    ['{}', 'Error', 'The skill threw a value of type object'],
    ['Object.create(null)', 'Error', 'The skill threw a value of type object'],
    ['new TypeError("bad")', 'TypeError', 'bad'],
    ['new DOMException("m", "DataCloneError")', 'DataCloneError', 'm'],
    ['{ name: "Custom", message: "plain object" }', 'Custom', 'plain object'],
    ['{ get message() { throw 1; }, name: "G" }', 'G', ''],
    [
      'new Proxy(new Error("in"), { get(t, k) { throw new Error("trap"); } })',
      'Error',
      'The skill threw a value of type object',
    ],
    ['{ message: 5, name: {}, stack: [] }', 'Error', 'The skill threw a value of type object'],
    ['Object.assign(new Error("m"), { toString() { throw 1; } })', 'Error', 'm'],
  ])('%s', (expression, name, message) => {
    expect(throwing(expression).failure).toMatchObject({ stage: 'run', name, message });
  });

  it('a rejected promise as a value is a failure of the call', () => {
    expect(throwing('Promise.reject(new Error("inner"))').failure?.stage).toBe('run');
    expect(returning('Promise.reject(new Error("inner"))').failure).toMatchObject({ stage: 'run', message: 'inner' });
  });

  it('BD-094 the text of the engine stays the text of the skill', () => {
    const source = `export const tools = { t() { const e = new Error('Script execution timed out.'); e.stack = 'Error: Isolate was disposed during execution due to memory limit\\n    at (<isolated-vm boundary>)\\n    at /host/path.js:1:1'; throw e; } };`;
    const { failure } = runSkill(source);
    expect(failure).toMatchObject({ stage: 'run', message: 'Script execution timed out.' });
    expect(failure?.stack).toBe('Error: Isolate was disposed during execution due to memory limit');
  });

  it('BD-095 RS-079 a cause chain of 10,000 and a message of 16 MiB give bounded text', () => {
    const chain = throwing(
      '(() => { let e = new Error("first"); for (let i = 0; i < 10000; i += 1) e = new Error("x", { cause: e }); return e; })()',
    );
    expect(chain.failure?.message).toBe('x');
    const { failure } = throwing('new Error("é".repeat(16 * 1024 * 1024))');
    expect(Buffer.byteLength(failure?.message ?? '')).toBeLessThanOrEqual(4096);
    expect(Buffer.byteLength(failure?.stack ?? '')).toBeLessThanOrEqual(8192);
    expect(throwing('Object.assign(new Error("m"), { name: "n".repeat(1000) })').failure?.name).toHaveLength(256);
  });

  it('IS-052 an unbounded stack and replaced stack machinery give bounded text', () => {
    const source = `Error.stackTraceLimit = Infinity; Error.captureStackTrace = () => { throw 1; };
      const dive = (n) => { if (n === 0) throw new Error('deep'); dive(n - 1); };
      export const tools = { t: () => dive(3000) };`;
    const { failure } = runSkill(source);
    expect(failure?.message).toBe('deep');
    expect(failure?.stack.split('\n').length).toBeLessThanOrEqual(51);
  });

  it.each(['() => { throw new Error("no"); }', '() => ({})', '(e, frames) => frames', '() => "x".repeat(1e6)'])(
    'IS-052 Error.prepareStackTrace = %s does not break the harness',
    (prepare) => {
      const { failure } = runSkill(
        `Error.prepareStackTrace = ${prepare}; export const tools = { t() { throw new Error('kept'); } };`,
      );
      expect(failure).toMatchObject({ stage: 'run', message: 'kept' });
      expect(Buffer.byteLength(failure?.stack ?? '')).toBeLessThanOrEqual(8192);
    },
  );
});

describe('IS-051 input', () => {
  it('arrives as plain data, whatever its keys', () => {
    const opened = openSkill(
      'export const tools = { t: (input) => [Object.keys(input), Object.getPrototypeOf(input) === Object.prototype, input.a] };',
    );
    const input = `{"__proto__":{"a":1},"toJSON":1,"then":"x","${'k'.repeat(1000)}":1}`;
    opened.session.call('c', 't', input);
    const body = opened.bodies.get(opened.sent.at(-1) ?? { kind: 'loaded' });
    expect(JSON.parse(Buffer.from(body ?? []).toString())).toEqual([
      ['__proto__', 'toJSON', 'then', 'k'.repeat(1000)],
      true,
      null,
    ]);
  });
});
