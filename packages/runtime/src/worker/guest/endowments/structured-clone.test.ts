import { describe, expect, it } from 'vitest';
import { evaluate } from '../../fixtures/run-skill.ts';

describe('structuredClone', () => {
  it('copies what the standard copies, cycles and shared parts included', () => {
    expect(
      evaluate(`const shared = { x: 1 }; const bytes = new Uint8Array([1, 2, 3, 4]);
      const source = { n: 1, s: 's', b: 1n, u: undefined, d: new Date(5), r: /a/gi, m: new Map([[shared, shared]]), st: new Set([shared]), a: [1, , 3], buf: bytes.buffer, view: bytes.subarray(1, 3), dv: new DataView(bytes.buffer, 2), boxed: Object('x'), e: new RangeError('bad', { cause: shared }), nul: Object.assign(Object.create(null), { k: 1 }), inst: new (class P { p = 1 })() };
      source.self = source; const c = structuredClone(source);
      return [c !== source, c.self === c, c.b === 1n, 'u' in c, c.d.getTime(), c.r.source + c.r.flags, [...c.m.keys()][0] === [...c.m.values()][0], [...c.m.keys()][0] === [...c.st][0], 1 in c.a, c.a.length, c.view.buffer === c.buf, c.buf !== bytes.buffer, [...c.view], c.dv.getUint8(0), typeof c.boxed, c.e instanceof RangeError, c.e.message, c.e.cause.x, c.e.cause !== shared, c.nul.k, c.inst.p, c.inst.constructor === Object];`),
    ).toEqual([
      true,
      true,
      true,
      true,
      5,
      'agi',
      true,
      true,
      false,
      3,
      true,
      true,
      [2, 3],
      3,
      'object',
      true,
      'bad',
      1,
      true,
      1,
      1,
      true,
    ]);
  });

  it.each([
    '() => 1',
    'Symbol()',
    '{ a: () => 1 }',
    '[Symbol()]',
    'Promise.resolve()',
    'new WeakMap()',
    'new WeakSet()',
    'new Proxy({}, {})',
    '[new Proxy([], {})]',
  ])('refuses %s', (value) => {
    expect(
      evaluate(`try { structuredClone(${value}); } catch (e) { return [e instanceof DOMException, e.name]; }`),
    ).toEqual([true, 'DataCloneError']);
  });

  it('transfers buffers and leaves them in place when the clone fails', () => {
    expect(
      evaluate(`const b = new Uint8Array([7, 8]); const c = structuredClone({ b }, { transfer: [b.buffer] }); const out = [[...c.b], b.byteLength];
      const d = new Uint8Array([9]); for (const bad of [[{ d, f() {} }, [d.buffer]], [1, [d.buffer, d.buffer]], [1, [d]], [1, [{}]]]) { try { structuredClone(bad[0], { transfer: bad[1] }); } catch (e) { out.push(e.name); } }
      out.push(d.byteLength); return out;`),
    ).toEqual([[7, 8], 0, 'DataCloneError', 'DataCloneError', 'DataCloneError', 'DataCloneError', 1]);
  });

  it('keeps __proto__ as data and getters as values', () => {
    expect(
      evaluate(
        `const c = structuredClone({ ...JSON.parse('{"__proto__":{"evil":1}}'), get g() { return 2; } }); return [c.evil === undefined, Object.keys(c), c.g];`,
      ),
    ).toEqual([true, ['__proto__', 'g'], 2]);
  });

  it('RS-081 recursion without end is an error of the skill', () => {
    expect(
      evaluate(
        `let deep = {}; for (let i = 0; i < 1e5; i += 1) deep = { deep }; try { structuredClone(deep); } catch (e) { return e instanceof RangeError; }`,
      ),
    ).toBe(true);
  });
});
