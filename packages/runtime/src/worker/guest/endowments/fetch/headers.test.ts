import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../fixtures/run-skill.ts';

const refusals = (attempts: string): unknown =>
  evaluate(
    `return [${attempts}].map((attempt) => { try { attempt(); return 'passed'; } catch (error) { return error.name; } });`,
  );

describe('Headers', () => {
  it('iterates sorted, combined and in lower case, cookies one by one', () => {
    expect(
      evaluate(`const h = new Headers([['B', '2'], ['a', '1'], ['b', '3'], ['Set-Cookie', 'y'], ['set-cookie', 'x']]);
      return [[...h], [...h.keys()], [...h.values()], h.getSetCookie(), h.get('SET-cookie'), h.get('none'), String(h)];`),
    ).toEqual([
      [
        ['a', '1'],
        ['b', '2, 3'],
        ['set-cookie', 'y'],
        ['set-cookie', 'x'],
      ],
      ['a', 'b', 'set-cookie', 'set-cookie'],
      ['1', '2, 3', 'y', 'x'],
      ['y', 'x'],
      'y, x',
      null,
      '[object Headers]',
    ]);
  });

  it('appends, sets in place of the first, deletes, and calls back with value, name and itself', () => {
    expect(
      evaluate(`const h = new Headers({ x: '1' }); h.append('X', '2'); h.append('y', '3'); h.set('x', '4');
      const seen = []; h.forEach(function (value, name, all) { seen.push(value, name, all === h, this.self); }, { self: 7 });
      h.delete('Y'); return [seen, h.has('x'), h.has('y'), h.get('x')];`),
    ).toEqual([['4', 'x', true, 7, '3', 'y', true, 7], true, false, '4']);
  });

  it('shows a change between two steps of an iteration', () => {
    expect(
      evaluate(`const h = new Headers({ a: '1', c: '3' }); const seen = [];
      for (const [name] of h) { seen.push(name); if (name === 'a') { h.set('b', '2'); h.delete('a'); } } return seen;`),
    ).toEqual(['a', 'c']);
  });

  it('copies other headers, and runs an iterator that a skill has put on them', () => {
    expect(
      evaluate(`const h = new Headers({ a: '1' }); const copy = new Headers(h); h.set('a', '2');
      h[Symbol.iterator] = function* () { yield ['b', '3']; }; return [[...copy], [...new Headers(h)]];`),
    ).toEqual([[['a', '1']], [['b', '3']]]);
  });

  it('trims values and takes any character of Latin-1', () => {
    expect(evaluate(`return [...new Headers({ a: ' \\t\\r\\nx y\\t ', b: '\\u00e9', c: '' })]`)).toEqual([
      ['a', 'x y'],
      ['b', 'é'],
      ['c', ''],
    ]);
  });

  it.each(['', 'a b', 'a:b', 'a\\n', 'é', '(x)', 'a\\u0000'])('NP-229 refuses the name %j', (name) => {
    expect(
      refusals(`() => new Headers({ '${name}': '1' }), () => new Headers().append('${name}', '1'), () => new Headers().set('${name}', '1'),
      () => new Headers().get('${name}'), () => new Headers().has('${name}'), () => new Headers().delete('${name}')`),
    ).toEqual(Array.from({ length: 6 }, () => 'TypeError'));
  });

  it.each(['a\\nb', 'a\\rb', 'a\\u0000b', '\\u0100'])('NP-229 refuses the value %j', (value) => {
    expect(refusals(`() => new Headers({ a: '${value}' }), () => new Headers().set('a', '${value}')`)).toEqual([
      'TypeError',
      'TypeError',
    ]);
  });

  it('refuses what is neither a record nor a list of pairs', () => {
    expect(
      refusals(`() => new Headers(null), () => new Headers('a'), () => new Headers(1), () => new Headers([['a']]), () => new Headers([['a', 'b', 'c']]),
      () => new Headers(['ab']), () => new Headers([1]), () => new Headers({ [Symbol('x')]: '1' }), () => new Headers().forEach(1)`),
    ).toEqual(Array.from({ length: 9 }, () => 'TypeError'));
  });

  it('takes own enumerable properties only, so that no name comes from a prototype', () => {
    expect(
      evaluate(`const own = Object.create({ inherited: '1' }, { hidden: { value: '2' }, seen: { value: '3', enumerable: true } });
      return [[...new Headers(own)], [...new Headers(JSON.parse('{"__proto__":"x"}'))]];`),
    ).toEqual([[['seen', '3']], [['__proto__', 'x']]]);
  });
});
