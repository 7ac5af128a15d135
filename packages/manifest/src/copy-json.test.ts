import { describe, expect, it } from 'vitest';
import { copyJson } from './copy-json.ts';

const BOUNDS = { depth: 3, values: 10, characters: 20 };

function rulesOf(value: unknown): readonly string[] {
  const copy = copyJson(value, BOUNDS);
  return copy.ok ? [] : copy.issues.map(({ rule, pointer }) => `${rule} ${pointer}`);
}

describe('copyJson', () => {
  it('copies into objects without prototype', () => {
    const copy = copyJson({ a: [1, 'x', null, true] }, BOUNDS);
    expect(copy).toEqual({ ok: true, value: { a: [1, 'x', null, true] }, values: 6 });
    expect(copy.ok && Object.getPrototypeOf(copy.value)).toBeNull();
  });

  it.each([
    ['__proto__', JSON.parse('{"a":{"__proto__":1}}'), 'forbidden-key /a/__proto__'],
    ['constructor', { constructor: 1 }, 'forbidden-key /constructor'],
    ['prototype', { prototype: 1 }, 'forbidden-key /prototype'],
    ['undefined', { a: undefined }, 'json-value /a'],
    ['NaN', [Number.NaN], 'json-value /0'],
    ['Infinity', [Number.POSITIVE_INFINITY], 'json-value /0'],
    ['a bigint', [1n], 'json-value /0'],
    ['a hole', Object.assign([], { length: 1 }), 'json-value /0'],
    ['half a character', ['\ud800'], 'json-value /0'],
    ['a class instance', [new Date(0)], 'json-value /0'],
    ['a map', [new Map()], 'json-value /0'],
    ['a symbol key', { [Symbol('x')]: 1 }, 'json-value '],
    ['an accessor', Object.defineProperty({}, 'a', { enumerable: true, get: () => 1 }), 'json-value /a'],
    ['a hidden property', Object.defineProperty({}, 'a', { enumerable: false, value: 1 }), 'json-value /a'],
  ])('refuses %s', (_name, value, expected) => {
    expect(rulesOf(value)).toEqual([expected]);
  });

  it.each([
    ['depth', [[['x']]], true],
    ['depth', [[[['x']]]], false],
    ['values', Array.from({ length: 9 }, () => 1), true],
    ['values', Array.from({ length: 10 }, () => 1), false],
    ['characters', 'a'.repeat(20), true],
    ['characters', ['a'.repeat(11), 'a'.repeat(10), 1], false],
    ['characters in keys', { ['a'.repeat(21)]: 1 }, false],
  ])('caps %s', (_name, value, ok) => {
    const copy = copyJson(value, BOUNDS);
    expect(copy.ok).toBe(ok);
    if (!copy.ok) expect(copy).toMatchObject({ tooLarge: true, issues: [{ rule: 'too-large' }] });
  });

  it('reports at most a hundred issues', () => {
    const copy = copyJson(Array.from({ length: 300 }), { ...BOUNDS, values: 1_000 });
    expect(!copy.ok && copy.issues).toHaveLength(100);
  });

  it('takes objects without prototype', () => {
    const bare: unknown = Object.assign(Object.create(null), { a: 1 });
    expect(copyJson(bare, BOUNDS)).toMatchObject({ ok: true, value: { a: 1 } });
  });

  it('takes plain objects of another realm', () => {
    const foreign: unknown = Object.create(Object.create(null, { isPrototypeOf: { value: () => false } }), {
      a: { value: 1, enumerable: true },
    });
    expect(copyJson(foreign, BOUNDS)).toMatchObject({ ok: true, value: { a: 1 } });
  });
});
