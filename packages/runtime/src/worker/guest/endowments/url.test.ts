import { describe, expect, it } from 'vitest';
import { evaluate } from '../../fixtures/run-skill.ts';

describe('URL', () => {
  it('gives every part', () => {
    expect(
      evaluate(`const u = new URL('https://us%65r:pw@EXÄMPLE.com:8080/a/../b?x=1#h');
      return [u.href, u.origin, u.protocol, u.username, u.password, u.host, u.hostname, u.port, u.pathname, u.search, u.hash, String(u), JSON.stringify(u), Object.prototype.toString.call(u)];`),
    ).toEqual([
      'https://us%65r:pw@xn--exmple-cua.com:8080/b?x=1#h',
      'https://xn--exmple-cua.com:8080',
      'https:',
      'us%65r',
      'pw',
      'xn--exmple-cua.com:8080',
      'xn--exmple-cua.com',
      '8080',
      '/b',
      '?x=1',
      '#h',
      'https://us%65r:pw@xn--exmple-cua.com:8080/b?x=1#h',
      '"https://us%65r:pw@xn--exmple-cua.com:8080/b?x=1#h"',
      '[object URL]',
    ]);
  });

  it('sets parts by the rules of the standard', () => {
    expect(
      evaluate(`const u = new URL('https://a.b/c');
      u.protocol = 'http'; u.host = 'x.y:81'; u.port = '99999'; u.pathname = 'p q'; u.search = 'a b'; u.hash = 'h'; u.username = 'u'; u.password = 'p'; u.hostname = 'bad host'; u.port = 82;
      return u.href;`),
    ).toBe('http://u:p@x.y:82/p%20q?a%20b#h');
  });

  it('throws a TypeError with Node’s code for an invalid URL, also through href, and keeps the old value', () => {
    expect(
      evaluate(`const out = []; const u = new URL('https://a.b/');
      for (const f of [() => new URL('::'), () => new URL('/x'), () => new URL('x', 'y'), () => { u.href = '::'; }]) { try { f(); } catch (e) { out.push(e instanceof TypeError && e.message === 'Invalid URL' && e.code); } }
      return [...out, u.href, URL.canParse('https://a'), URL.canParse('a'), URL.parse('a'), URL.parse('b', 'https://a/').href];`),
    ).toEqual([
      'ERR_INVALID_URL',
      'ERR_INVALID_URL',
      'ERR_INVALID_URL',
      'ERR_INVALID_URL',
      'https://a.b/',
      true,
      false,
      null,
      'https://a/b',
    ]);
  });

  it('keeps searchParams and search the same, both ways', () => {
    expect(
      evaluate(`const u = new URL('https://a.b/??q=1&r=2'); const p = u.searchParams; const out = [p.get('?q'), p === u.searchParams];
      p.append('s', 'ä &'); out.push(u.href); u.search = '?z=9'; out.push(p.get('z'), p.size); p.delete('z'); out.push(u.href); u.href = 'https://c.d/?k=v'; out.push(p.get('k')); return out;`),
    ).toEqual(['1', true, 'https://a.b/?%3Fq=1&r=2&s=%C3%A4+%26', '9', 1, 'https://a.b/', 'v']);
  });

  it('BD-099 replaces lone surrogates and refuses a URL that is too long', () => {
    expect(evaluate(`return new URL('https://a.b/\\ud800').href`)).toBe('https://a.b/%EF%BF%BD');
    expect(
      evaluate(`try { new URL('https://a.b/' + 'x'.repeat(2000000)); } catch (e) { return e instanceof TypeError; }`),
    ).toBe(true);
  });
});

describe('URLSearchParams', () => {
  it.each([
    ["'?a=1&a=2&b=%20+c'", 'a=1&a=2&b=++c'],
    ['{ a: 1, b: "x y" }', 'a=1&b=x+y'],
    ['[["a", "1"], new Set(["b", "2"])]', 'a=1&b=2'],
    ['new Map([["a", "1"]])', 'a=1'],
    ["new URLSearchParams('x=1')", 'x=1'],
    ['undefined', ''],
    ['"\\ud800=1"', '%EF%BF%BD=1'],
  ])('of %s', (init, text) => {
    expect(evaluate(`return new URLSearchParams(${init}).toString()`)).toBe(text);
  });

  it('has every operation', () => {
    expect(
      evaluate(`const p = new URLSearchParams('b=1&a=2&b=3'); const out = [p.get('b'), p.get('z'), p.getAll('b'), p.has('b', '3'), p.has('b', '9'), p.size, [...p], [...p.keys()], [...p.values()]];
      p.sort(); out.push(String(p)); p.set('b', 'x'); out.push(String(p)); p.delete('b', 'no'); out.push(String(p)); p.delete('b'); out.push(String(p)); const seen = []; p.forEach((v, k) => seen.push(k + v)); out.push(seen); return out;`),
    ).toEqual([
      '1',
      null,
      ['1', '3'],
      true,
      false,
      3,
      [
        ['b', '1'],
        ['a', '2'],
        ['b', '3'],
      ],
      ['b', 'a', 'b'],
      ['1', '2', '3'],
      'a=2&b=1&b=3',
      'a=2&b=x',
      'a=2&b=x',
      'a=2',
      ['a2'],
    ]);
  });

  it('takes null for text, and names that become the same for one', () => {
    expect(
      evaluate(
        `return [String(new URLSearchParams(null)), [...new URLSearchParams({ '\\ud800': 1, '\ufffd': 2, a: 3 })]]`,
      ),
    ).toEqual([
      'null=',
      [
        ['\ufffd', '2'],
        ['a', '3'],
      ],
    ]);
    expect(
      evaluate(`try { new URLSearchParams({ [Symbol('x')]: 1 }); } catch (e) { return e instanceof TypeError; }`),
    ).toBe(true);
  });

  it('has iterators of its own, live and without a constructor', () => {
    expect(
      evaluate(`const p = new URLSearchParams('a=1&b=2'); const steps = p.keys(); const out = [steps.next()]; p.append('c', 3); out.push([...steps], steps.next());
      return [...out, String(steps), steps[Symbol.iterator]() === steps, Object.hasOwn(Object.getPrototypeOf(steps), 'constructor'), [...p.entries()][0]];`),
    ).toEqual([
      { value: 'a', done: false },
      ['b', 'c'],
      { done: true },
      '[object URLSearchParams Iterator]',
      true,
      false,
      ['a', '1'],
    ]);
  });

  it.each([
    'new URLSearchParams().append("a")',
    'new URLSearchParams().set("a")',
    'new URLSearchParams().get()',
    'new URLSearchParams().getAll()',
    'new URLSearchParams().has()',
    'new URLSearchParams().delete()',
    'URL.canParse()',
    'URL.parse()',
  ])('%s lacks an argument', (code) => {
    expect(evaluate(`try { ${code}; } catch (e) { return e instanceof TypeError; }`)).toBe(true);
  });

  it.each(['["ab"]', '[["a"]]', '[["a", "b", "c"]]', '[1]'])('refuses %s', (init) => {
    expect(evaluate(`try { new URLSearchParams(${init}); } catch (e) { return e instanceof TypeError; }`)).toBe(true);
  });
});
