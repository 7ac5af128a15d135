import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Glob,
  globIncludes,
  globMatches,
  globMayMatchBelow,
  globResidues,
  globsDisjoint,
  parseGlob,
  readGlob,
} from './glob.ts';

function glob(source: string): Glob {
  const parsed = parseGlob(source);
  if (parsed === undefined) throw new TypeError(`not a glob: ${source}`);
  return parsed;
}

const split = (path: string): readonly string[] => (path === '' ? [] : path.split('/'));
const matches = (source: string, path: string): boolean => globMatches(glob(source), split(path));

describe('globMatches', () => {
  it.each([
    ['**', '', true],
    ['**', 'a/b/c', true],
    ['*', 'a', true],
    ['*', 'a/b', false],
    ['*', '', false],
    ['*.pdf', 'a.pdf', true],
    ['*.pdf', 'sub/a.pdf', false],
    ['**/*.pdf', 'a.pdf', true],
    ['**/*.pdf', 'x/y/a.pdf', true],
    ['**/*.pdf', 'x/y/a.pdf.exe', false],
    ['a/**', 'a', true],
    ['a/**', 'a/b/c', true],
    ['a/**', 'ab', false],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
    ['a/**/b', 'a/x/y', false],
    ['?.md', 'a.md', true],
    ['?.md', 'ab.md', false],
    ['?.md', '😀.md', true],
    ['*.{md,txt}', 'a.txt', true],
    ['*.{md,txt}', 'a.pdf', false],
    ['{a,b/c}/x', 'b/c/x', true],
    ['.*', '.env', true],
    ['A', 'a', false],
  ])('%s against %j: %s', (source, path, expected) => {
    expect(matches(source, path)).toBe(expected);
  });

  it('takes time bounded by the product of the lengths, whatever the pattern', () => {
    expect(matches('*a*a*a*a*a*a*a*a*a*a*a*a*b', 'a'.repeat(255))).toBe(false);
    expect(
      globMatches(
        glob(`${'**/a/'.repeat(4)}b`),
        Array.from({ length: 128 }, () => 'a'),
      ),
    ).toBe(false);
  });

  it('covers no path of more than 128 components', () => {
    expect(
      globMatches(
        glob('**'),
        Array.from({ length: 129 }, () => 'a'),
      ),
    ).toBe(false);
  });
});

describe('readGlob', () => {
  it.each([
    ['a'.repeat(257), 'too-long'],
    ['a\0b', 'bad-character'],
    ['a\\b', 'bad-character'],
    ['[a-z]', 'bad-character'],
    ['!(a)', 'bad-character'],
    ['\ud800', 'bad-character'],
    ['/a', 'empty-component'],
    ['a//b', 'empty-component'],
    ['../a', 'dot-component'],
    ['a/./b', 'dot-component'],
    ['a**', 'globstar'],
    ['***', 'globstar'],
    ['{a', 'braces'],
    ['a}', 'braces'],
    ['{a}', 'braces'],
    ['{a,{b,c}}', 'braces'],
    ['{a,b}{a,b}{a,b}{a,b}{a,b}', 'braces'],
    ['**/a/**/a/**/a/**/a/**', 'globstar'],
    ['{..,a}/b', 'dot-component'],
  ])('refuses %j: %s', (source, problem) => {
    expect(readGlob(source)).toEqual({ ok: false, problem });
  });
});

describe('globMayMatchBelow', () => {
  it.each([
    ['**/*.pdf', 'a/b', true],
    ['a/b/*.pdf', 'a', true],
    ['a/b/*.pdf', 'a/b', true],
    ['a/b/*.pdf', 'a/c', false],
    ['a/*.pdf', 'a/b', false],
    ['a', 'a/b', false],
  ])('%s below %s: %s', (source, path, expected) => {
    expect(globMayMatchBelow(glob(source), split(path))).toBe(expected);
  });
});

describe('globIncludes', () => {
  it.each([
    ['**', 'a/*', true],
    ['*', '**', false],
    ['a/**', 'a', true],
    ['a/**', 'a/b/*.pdf', true],
    ['a/**', '**', false],
    ['*.pdf', 'a*.pdf', true],
    ['a*.pdf', '*.pdf', false],
    ['?', '*', false],
    ['*', '?', true],
    ['{a,b}', 'a', true],
    ['a', '{a,b}', false],
    ['**/x', 'a/**/x', true],
  ])('%s includes %s: %s', (outer, inner, expected) => {
    expect(globIncludes(glob(outer), glob(inner))).toBe(expected);
  });
});

describe('globsDisjoint', () => {
  it.each([
    ['a/**', 'b/**', true],
    ['a/**', '**/b', false],
    ['*.pdf', '*.txt', true],
    ['*.pdf', '*.PDF', false],
    ['a', 'a/b', true],
    ['a', 'A', false],
    ['é', 'e', false],
  ])('%s and %s: %s', (one, other, expected) => {
    expect(globsDisjoint(glob(one), glob(other))).toBe(expected);
    expect(globsDisjoint(glob(other), glob(one))).toBe(expected);
  });
});

const component = fc.stringMatching(/^[ab*?]{1,4}$/).filter((text) => !text.includes('**'));
const globText = fc
  .array(fc.oneof(component, fc.constant('**')), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join('/'));
const path = fc.array(fc.stringMatching(/^[ab]{1,3}$/), { maxLength: 4 });

/** The meaning of a glob as a regular expression: an independent way to the same answer. */
function oracle(source: string): RegExp {
  const body = source.split('/').reduce((sofar, part) => {
    if (part === '**') return `${sofar}(?:/[^/]+)*`;
    return `${sofar}/${part.replaceAll('*', '[^/]*').replaceAll('?', '[^/]')}`;
  }, '');
  return new RegExp(`^${body}$`, 'u');
}

describe('properties', () => {
  it('agrees with the regular expression of the same meaning', () => {
    fc.assert(
      fc.property(globText, path, (source, components) => {
        expect(globMatches(glob(source), components)).toBe(
          oracle(source).test(components.map((part) => `/${part}`).join('')),
        );
      }),
      { numRuns: 3_000 },
    );
  });

  it('includes is sound and reflexive', () => {
    fc.assert(
      fc.property(globText, globText, path, (outer, inner, components) => {
        expect(globIncludes(glob(inner), glob(inner))).toBe(true);
        if (!globIncludes(glob(outer), glob(inner)) || !globMatches(glob(inner), components)) return;
        expect(globMatches(glob(outer), components)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  it('disjoint is sound', () => {
    fc.assert(
      fc.property(globText, globText, path, (one, other, components) => {
        if (!globsDisjoint(glob(one), glob(other))) return;
        expect(globMatches(glob(one), components) && globMatches(glob(other), components)).toBe(false);
      }),
      { numRuns: 3_000 },
    );
  });

  it('residues cover below a directory what the glob covers there', () => {
    fc.assert(
      fc.property(globText, path, path, (source, above, below) => {
        fc.pre(below.length > 0);
        const covered = globResidues(glob(source), above).some((residue) => globMatches(glob(residue), below));
        expect(covered).toBe(globMatches(glob(source), [...above, ...below]));
      }),
      { numRuns: 3_000 },
    );
  });
});
