import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileScope, matchesScope, readScopePath, scopeMayMatchBelow } from './path-scope.ts';

const scope = compileScope({ match: ['**/*.pdf', 'notes/**'], except: ['private/**', '**/draft-*'] });

describe('matchesScope', () => {
  it.each([
    ['a.pdf', true],
    ['x/y/a.pdf', true],
    ['notes/a.md', true],
    ['notes', true],
    ['a.md', false],
    ['', false],
    ['private/a.pdf', false],
    ['private', false],
    ['Private/a.pdf', false],
    ['PRIVATE/a.pdf', false],
    ['ｐrivate/a.pdf', false],
    ['notes/draft-1', false],
    ['notes/draft-1/inner.pdf', false],
    ['notes/../a.pdf', false],
    ['notes/./a.pdf', false],
    ['notes//a.pdf', false],
    ['/a.pdf', false],
    ['a.pdf/', false],
    ['notes\\a.pdf', false],
    ['notes/a\0.pdf', false],
  ])('%j: %s', (path, expected) => {
    expect(matchesScope(scope, path)).toBe(expected);
  });

  it('covers the mount itself with the default glob, and nothing with an empty list', () => {
    expect(matchesScope(compileScope({ match: ['**'], except: [] }), '')).toBe(true);
    expect(matchesScope(compileScope({ match: [], except: [] }), 'a')).toBe(false);
  });

  it('excepts wild names in every case and Unicode form', () => {
    const wild = compileScope({ match: ['**'], except: ['Caf\u00e9-*.txt'] });
    expect(matchesScope(wild, 'cafe\u0301-1.TXT')).toBe(false);
    expect(matchesScope(wild, 'cafe-1.txt')).toBe(true);
  });

  it('covers no path that is too long or too deep', () => {
    const all = compileScope({ match: ['**'], except: [] });
    expect(matchesScope(all, 'a'.repeat(4096))).toBe(true);
    expect(matchesScope(all, 'a'.repeat(4097))).toBe(false);
    expect(matchesScope(all, Array.from({ length: 128 }, () => 'a').join('/'))).toBe(true);
    expect(matchesScope(all, Array.from({ length: 129 }, () => 'a').join('/'))).toBe(false);
  });

  it('refuses to compile what is not a glob', () => {
    expect(() => compileScope({ match: ['[a]'], except: [] })).toThrow(TypeError);
  });

  it('never covers an excepted path, however it is capitalised', () => {
    const guarded = compileScope({ match: ['**'], except: ['secret/**'] });
    fc.assert(
      fc.property(
        fc.mixedCase(fc.constant('secret')),
        fc.array(fc.stringMatching(/^[a-z]{1,3}$/), { maxLength: 3 }),
        (head, tail) => {
          expect(matchesScope(guarded, [head, ...tail].join('/'))).toBe(false);
        },
      ),
    );
  });
});

describe('scopeMayMatchBelow', () => {
  it.each([
    ['', true],
    ['x', true],
    ['private', false],
    ['private/x', false],
    ['notes/draft-1', false],
    ['..', false],
  ])('%j: %s', (path, expected) => {
    expect(scopeMayMatchBelow(scope, path)).toBe(expected);
  });

  it('hides directories in which nothing can be covered', () => {
    const narrow = compileScope({ match: ['a/b/*.pdf'], except: [] });
    expect(scopeMayMatchBelow(narrow, 'a')).toBe(true);
    expect(scopeMayMatchBelow(narrow, 'c')).toBe(false);
  });
});

describe('readScopePath', () => {
  it.each([
    ['~/documents', '~/documents'],
    ['~/documents/', '~/documents'],
    ['/srv/data', '/srv/data'],
    ['./data', 'data'],
    ['data/in', 'data/in'],
    ['/', '/'],
    ['~', '~'],
    ['~/', '~'],
    ['.', '.'],
    ['./', '.'],
  ])('reads %s as %s', (text, path) => {
    expect(readScopePath(text)).toEqual({ ok: true, path });
  });

  it.each([
    ['', 'empty'],
    ['..', 'dot-dot'],
    ['~/../x', 'dot-dot'],
    ['/a/../etc', 'dot-dot'],
    ['./..', 'dot-dot'],
    ['a/./b', 'dot'],
    ['a//b', 'double-slash'],
    ['//server', 'double-slash'],
    ['a\0b', 'bad-character'],
    ['a\nb', 'bad-character'],
    ['a\\b', 'bad-character'],
    ['\ud800', 'bad-character'],
    ['C:/Users', 'drive'],
    ['~root/x', 'other-home'],
    ['a'.repeat(1025), 'too-long'],
  ])('refuses %j: %s', (text, problem) => {
    expect(readScopePath(text)).toEqual({ ok: false, problem });
  });
});
