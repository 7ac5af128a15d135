import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUrlPathPattern, readUrlPathPattern, urlPathIncludes, urlPathMatches } from './url-path.ts';

function covers(pattern: string, pathname: string): boolean {
  const parsed = parseUrlPathPattern(pattern);
  return parsed !== undefined && urlPathMatches(parsed, pathname);
}

describe('urlPathMatches', () => {
  it.each([
    ['/**', '/', true],
    ['/**', '/a/b', true],
    ['/', '/', true],
    ['/', '/a', false],
    ['/v1/**', '/v1/forecast', true],
    ['/v1/**', '/v1', true],
    ['/v1/**', '/v1/', true],
    ['/v1/**', '/v10', false],
    ['/v1/**', '/', false],
    ['/v1/items/*', '/v1/items/7', true],
    ['/v1/items/*', '/v1/items/7/raw', false],
    ['/v1/items/', '/v1/items/', true],
    ['/v1/items/', '/v1/items', false],
    ['/admin', '/%61dmin', true],
    ['/**', '/a%2fb', false],
    ['/**', '/a%2Fb', false],
    ['/**', '/a%5cb', false],
    ['/**', '/%2e%2e/x', false],
    ['/**', '/%252e%252e/x', false],
    ['/**', '/a%00', false],
    ['/**', '/../x', false],
    ['/**', '/./x', false],
    ['/**', '/a\\b', false],
    ['/**', 'a', false],
    ['/a%20b', '/a%20b', true],
  ])('%s against %s: %s', (pattern, pathname, expected) => {
    expect(covers(pattern, pathname)).toBe(expected);
  });

  it('covers no path that is too long', () => {
    expect(covers('/**', `/${'a'.repeat(8191)}`)).toBe(true);
    expect(covers('/**', `/${'a'.repeat(8192)}`)).toBe(false);
  });

  it('gives one answer for every spelling of unreserved characters', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z0-9_~-]{1,6}$/),
        fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
        (word, encode) => {
          const spelled = Array.from(word, (character, at) =>
            encode[at] === true ? `%${character.charCodeAt(0).toString(16)}` : character,
          ).join('');
          expect(covers('/v1/ab*', `/v1/${spelled}`)).toBe(covers('/v1/ab*', `/v1/${word}`));
        },
      ),
    );
  });
});

describe('readUrlPathPattern', () => {
  it.each([
    ['v1', 'no-leading-slash'],
    ['/a%2fb', 'encoded'],
    ['/%2e%2e', 'encoded'],
    ['/a#b', 'not-path'],
    ['/a b', 'not-path'],
    ['/../a', 'dot-component'],
    ['/a//b', 'empty-component'],
    ['/a**', 'globstar'],
  ])('refuses %s: %s', (text, problem) => {
    expect(readUrlPathPattern(text)).toEqual({ ok: false, problem });
  });
});

it('knows that the root is below everything', () => {
  const [all, root] = [parseUrlPathPattern('/**'), parseUrlPathPattern('/')];
  expect(all !== undefined && root !== undefined && urlPathIncludes(all, root)).toBe(true);
  expect(all !== undefined && root !== undefined && urlPathIncludes(root, all)).toBe(false);
});
