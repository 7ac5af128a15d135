import { describe, expect, it } from 'vitest';
import { evaluate } from '../../fixtures/run-skill.ts';

const thrown = (code: string): unknown =>
  evaluate(
    `try { return ['value', ${code}]; } catch (error) { return [error.constructor === TypeError, error.message]; }`,
  );

const BAD_PATTERN = [true, 'Cannot create URLPattern: the pattern is invalid'];
const BAD_OPTIONS = [true, 'Cannot create URLPattern: the options are no object'];
const BASE_WITH_OBJECT = [true, 'Cannot match URLPattern: only text is read with a base URL'];

describe('URLPattern', () => {
  it('shows its components, those of the base URL included', () => {
    expect(
      evaluate(`const p = new URLPattern('/books/:id(\\\\d+)\\\\?q=*', 'https://u@api.example.com:8443/x');
      return [p.protocol, p.username, p.password, p.hostname, p.port, p.pathname, p.search, p.hash, p.hasRegExpGroups,
        Object.prototype.toString.call(p), URLPattern.length];`),
    ).toEqual([
      'https',
      '*',
      '*',
      'api.example.com',
      '8443',
      '/books/:id(\\d+)',
      'q=*',
      '*',
      true,
      '[object URLPattern]',
      0,
    ]);
  });

  it('matches text and parts, and names what the groups hold', () => {
    expect(
      evaluate(`const p = new URLPattern({ pathname: '/:kind/:id?' });
      const found = p.exec('/books', 'https://a.b/');
      return [p.test('https://a.b/books/7'), p.test({ pathname: '/a/b/c' }), p.exec('https://a.b/'), found.inputs, found.pathname,
        'id' in found.pathname.groups, found.hostname, Object.keys(found)];`),
    ).toEqual([
      true,
      false,
      null,
      ['/books', 'https://a.b/'],
      { input: '/books', groups: { kind: 'books' } },
      true,
      { input: 'a.b', groups: { 0: 'a.b' } },
      ['inputs', 'protocol', 'username', 'password', 'hostname', 'port', 'pathname', 'search', 'hash'],
    ]);
  });

  it('gives back the parts it was asked with, read once and as ordinary objects', () => {
    expect(
      evaluate(`let reads = 0; const asked = { get pathname() { reads += 1; return reads === 1 ? '/a' : '/b'; }, other: 1, hash: undefined };
      const found = new URLPattern({ pathname: '/a' }).exec(asked); const [given] = found.inputs;
      return [reads, given, given === asked, given instanceof Object, found instanceof Object, new URLPattern().exec(null).inputs];`),
    ).toEqual([1, { pathname: '/a' }, false, true, true, [{}]]);
  });

  it('takes no notice of case where asked', () => {
    expect(
      evaluate(
        `return [{}, { ignoreCase: true }, null, undefined].map((options) => new URLPattern({ pathname: '/Ab' }, options).test({ pathname: '/aB' }));`,
      ),
    ).toEqual([false, true, false, false]);
    expect(evaluate(`return new URLPattern('/Ab', 'https://a.b', { ignoreCase: true }).test('https://a.b/aB')`)).toBe(
      true,
    );
  });

  it.each([
    ["new URLPattern('/relative')", BAD_PATTERN],
    ["new URLPattern('/(')", BAD_PATTERN],
    ["new URLPattern({ pathname: '/x' }, 'https://a.b')", BAD_PATTERN],
    ["new URLPattern('/x', { ignoreCase: true }, 'https://a.b')", BAD_OPTIONS],
    ["new URLPattern('/x', 'https://a.b', 1)", BAD_OPTIONS],
    ["new URLPattern({ pathname: '/' + 'x'.repeat(1048577) })", BAD_PATTERN],
    ["new URLPattern().test({}, 'https://a.b')", BASE_WITH_OBJECT],
    ["new URLPattern().exec({}, '')", BASE_WITH_OBJECT],
  ])('%s is a TypeError', (code, error) => expect(thrown(code)).toEqual(error));

  it.each(["'/relative'", "'/x', 'no base'", "'::'", "''"])('matches nothing with %s', (args) => {
    expect(evaluate(`const p = new URLPattern(); return [p.test(${args}), p.exec(${args})];`)).toEqual([false, null]);
  });

  it('keeps a group that is called __proto__ from becoming a prototype', () => {
    expect(
      evaluate(`const { groups } = new URLPattern({ pathname: '/:__proto__' }).exec({ pathname: '/x' }).pathname;
      return [Object.getPrototypeOf(groups) === Object.prototype, Object.entries(groups)];`),
    ).toEqual([true, [['__proto__', 'x']]]);
  });

  it('does what it did when the skill has replaced what it can', () => {
    expect(
      evaluate(`Object.prototype.toJSON = () => 'x'; String.prototype.toJSON = () => 'x'; Array.prototype.toJSON = () => 'x';
      Array.prototype[Symbol.iterator] = () => { throw 1; }; JSON.parse = () => ({}); JSON.stringify = () => '[]';
      Object.defineProperty(Object.prototype, 'groups', { set() { throw 1; }, configurable: true });
      const p = new URLPattern({ pathname: '/:a' }); const found = p.exec('https://a.b/x');
      const out = [p.hostname, found.hostname.input, found.pathname.groups.a].join();
      delete Object.prototype.toJSON; delete String.prototype.toJSON; delete Array.prototype.toJSON;
      return out;`),
    ).toBe('*,a.b,x');
  });
});
