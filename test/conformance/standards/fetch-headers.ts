import type { StandardSection } from './section.ts';

export const HEADERS_SECTION: StandardSection = {
  title: 'Fetch §5.1 Headers',
  cases: {
    'from records, pairs, iterables and another': `
      same([...new Headers({ b: '2', A: '1' })], [['a', '1'], ['b', '2']]); same([...new Headers([['x', '1'], ['X', '2']])], [['x', '1, 2']]);
      same([...new Headers(new Map([['k', 'v']]))], [['k', 'v']]); const one = new Headers({ a: '1' }); const two = new Headers(one); two.set('a', '2'); same([one.get('a'), two.get('a')], ['1', '2']);`,
    'of nothing it is empty; null and other primitives are TypeErrors': `same([...new Headers()], []); same([...new Headers(undefined)], []); for (const value of [null, 1, 'a: b', true]) throws(TypeError, () => new Headers(value), String(value));`,
    'an entry that is no pair is a TypeError': `throws(TypeError, () => new Headers([['a']])); throws(TypeError, () => new Headers([['a', 'b', 'c']])); throws(TypeError, () => new Headers(['ab']));`,
    'names are folded, case in a record does not matter': `const h = new Headers({ 'Content-TYPE': 'x' }); same([h.get('content-type'), h.has('CONTENT-type')], ['x', true]);`,
    'append combines, set replaces, delete takes away': `const h = new Headers(); h.append('a', '1'); h.append('A', '2'); same(h.get('a'), '1, 2'); h.set('a', '3'); same(h.get('a'), '3'); h.delete('A'); same([h.get('a'), h.has('a')], [null, false]); h.delete('a');`,
    'white space around values goes, inside it stays': `const h = new Headers({ a: ' \\t\\r\\n x  y \\n' }); same(h.get('a'), 'x  y'); same(new Headers({ a: '' }).get('a'), '');`,
    'values are made text': `const h = new Headers(); h.set('a', 1); h.set('b', null); h.set('c', undefined); same([h.get('a'), h.get('b'), h.get('c')], ['1', 'null', 'undefined']);`,
    'names that are no token are TypeErrors': `for (const name of ['', 'a b', 'a:', 'é', 'a\\u0000', '(x)', 'a\\n']) { throws(TypeError, () => new Headers([[name, 'x']]), name); throws(TypeError, () => new Headers().has(name)); throws(TypeError, () => new Headers().get(name)); throws(TypeError, () => new Headers().delete(name)); throws(TypeError, () => new Headers().append(name, '')); }`,
    'values with NUL, CR or LF inside, or beyond Latin-1, are TypeErrors': `for (const value of ['a\\u0000b', 'a\\nb', 'a\\rb', 'a\\r\\n b', '€']) { throws(TypeError, () => new Headers({ a: value })); throws(TypeError, () => new Headers().set('a', value)); } same(new Headers({ a: 'é' }).get('a'), 'é');`,
    'iterates sorted and combined': `const h = new Headers([['c', '1'], ['a', '2'], ['b', '3'], ['a', '4']]); same([...h], [['a', '2, 4'], ['b', '3'], ['c', '1']]); same([...h.keys()], ['a', 'b', 'c']); same([...h.values()], ['2, 4', '3', '1']); ok(h[Symbol.iterator] === h.entries);`,
    'Set-Cookie is not combined': `const h = new Headers([['set-cookie', 'a=1'], ['x', 'y'], ['Set-Cookie', 'b=2']]); same([...h], [['set-cookie', 'a=1'], ['set-cookie', 'b=2'], ['x', 'y']]); same(h.getSetCookie(), ['a=1', 'b=2']); same(h.get('set-cookie'), 'a=1, b=2'); same(new Headers().getSetCookie(), []);`,
    'what is added while iterating is seen when it comes later': `const h = new Headers({ a: '1', c: '3' }); const seen = []; for (const [name] of h) { seen.push(name); if (name === 'a') h.append('b', '2'); } same(seen, ['a', 'b', 'c']);`,
    'forEach gives value, name and itself': `const h = new Headers({ a: '1' }); const seen = []; h.forEach(function (value, name, all) { seen.push(value, name, all === h, this.t); }, { t: 1 }); same(seen, ['1', 'a', true, 1]); throws(TypeError, () => h.forEach());`,
    'missing arguments are TypeErrors': `const h = new Headers(); throws(TypeError, () => h.append('a')); throws(TypeError, () => h.set('a')); throws(TypeError, () => h.get()); throws(TypeError, () => h.has()); throws(TypeError, () => h.delete());`,
    'iterators are those of Web IDL': `const it = new Headers({ a: '1' }).entries(); same(Object.prototype.toString.call(it), '[object Headers Iterator]'); ok(it[Symbol.iterator]() === it);`,
    'has a string tag': `same(Object.prototype.toString.call(new Headers()), '[object Headers]');`,
  },
};
