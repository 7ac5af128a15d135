import { describe, expect, it } from 'vitest';
import { runSkill } from '../../fixtures/run-skill.ts';

const logged = (args: string): string =>
  runSkill(`export const tools = { t: () => { console.log(${args}); } };`).logs.join('\n');

describe('IS-046 console', () => {
  it('sends each level', () => {
    const run = runSkill(`export const tools = { t: (i, { log }) => {
      console.debug('a'); console.log('b'); console.info('c'); console.warn('d'); console.error('e'); log.warn('f');
    } };`);
    expect(run.sent.flatMap((message) => (message.kind === 'log' ? [`${message.level} ${message.text}`] : []))).toEqual(
      ['debug a', 'info b', 'info c', 'warn d', 'error e', 'warn f'],
    );
  });

  it('context.log stays what it is when a skill replaces console.log', () => {
    const run = runSkill(
      `console.log = () => {}; export const tools = { t: (i, { log }) => { log.info('kept'); return Object.isFrozen(log); } };`,
    );
    expect([run.logs, run.value]).toEqual([['kept'], true]);
  });

  it.each([
    ['"a", 1, true, null, undefined, -0', 'a 1 true null undefined -0'],
    ['"%s is %d or %i or %f %j %%", "x", "7", 7.9, "1.5", { a: 1 }', 'x is 7 or 7 or 1.5 { a: 1 } %'],
    ['"%c styled", "color: red"', ' styled'],
    ['"%s"', '%s'],
    ['"100%"', '100%'],
    ['"%x %s", 1', '%x 1'],
    ['"%s", "%s", "a"', '%s a'],
    ['{ a: [1, "x", { b: null }], [Symbol("k")]: 1 }', '{ a: [1, "x", { b: null }], [Symbol(k)]: 1 }'],
    ['new Map([["a", 1]]), new Set([1, 2])', 'Map { "a" => 1 } Set { 1, 2 }'],
    [
      'new Date(0), 10n, Symbol("s"), class A {}, () => 1',
      '1970-01-01T00:00:00.000Z 10n Symbol(s) [Function: A] [Function]',
    ],
    ['new Uint8Array([1, 2])', 'Uint8Array { 1, 2 }'],
    ['new Uint8Array(51).length, new Uint8Array(0), new DataView(new ArrayBuffer(2))', '51 Uint8Array {} DataView {}'],
    ['new Uint8Array(51)', `Uint8Array { ${'0, '.repeat(50)}… }`],
    ['new (class Point { x = 1 })()', 'Point { x: 1 }'],
    ['{ a: { b: { c: { d: { e: 1 } } } } }', '{ a: { b: { c: { d: [Object] } } } }'],
    ['2n ** 1000n', '[BigInt]'],
    ['new Date(NaN)', '[Unreadable]'],
    ['new Proxy({ a: 1 }, { get() { throw 1 }, ownKeys() { for (;;); } })', '[Proxy]'],
    ['new Proxy(() => 1, {})', '[Proxy]'],
    ['{ get a() { for (;;); }, set b(v) {} }', '{ a: [Getter], b: [Getter] }'],
    ['Object.create(null)', '{}'],
    ['Array(3)', '[undefined, undefined, undefined]'],
    [
      '{ toString() { throw 1; }, toJSON() { throw 1; } }',
      '{ toString: [Function: toString], toJSON: [Function: toJSON] }',
    ],
  ])('%s', (args, text) => {
    expect(logged(args)).toBe(text);
  });

  it('shows cycles and does not take a repeated object for one', () => {
    expect(logged('(() => { const a = { n: 1 }; a.self = a; return a; })()')).toBe('{ n: 1, self: [Circular] }');
    expect(logged('(() => { const a = {}; return [a, a]; })()')).toBe('[{}, {}]');
  });

  it('shows errors as V8 recorded them, never through a getter of the skill', () => {
    expect(logged('new TypeError("bad")')).toMatch(/^TypeError: bad\n {4}at t \(dist\/skill\.js:1:\d+\)/u);
    expect(logged('new TypeError("bad")')).not.toContain('carapace:platform');
    expect(logged('Object.defineProperty(new Error("own"), "stack", { get() { for (;;); } })')).toBe('Error: own');
  });

  it.each([
    '"x".repeat(10_000_000)',
    'Array.from({ length: 100000 }, () => "y".repeat(100))',
    '"%s".repeat(5000), ...Array(5000).fill("z".repeat(99))',
  ])('cuts %s', (args) => expect(logged(args).length).toBeLessThanOrEqual(8192));
});
