import { describe, expect, it } from 'vitest';
import { checkFsAccess, concealUnmatched, type FsNeed, isListed } from './fs-policy.ts';
import { refuse } from './fs-refusal.ts';
import type { FsAccess, MountGrant } from './mount-grant.ts';

/** As if the manifest said match ["**\/*.pdf"], except ["private/**"]. */
function pdfGrant(...access: FsAccess[]): MountGrant {
  const isExcluded = (path: string): boolean => path === 'private' || path.startsWith('private/');
  return {
    mount: 'docs',
    hostPath: '/srv/docs',
    access: new Set(access),
    matches: (path) => path.endsWith('.pdf') && !isExcluded(path),
    matchesDirectory: (path) => !isExcluded(path),
  };
}

const MATCHED = { kind: 'allowed', scope: 'matched' };
const THROUGH = { kind: 'allowed', scope: 'through' };

describe('checkFsAccess', () => {
  const cases: readonly (readonly [FsNeed, string, readonly FsAccess[], unknown])[] = [
    ['read', 'a.pdf', ['read'], MATCHED],
    ['read', 'a.txt', ['read'], refuse('path-not-matched')],
    ['read', 'private/a.pdf', ['read'], refuse('path-not-matched')],
    ['read', 'a.pdf', ['list', 'write', 'create', 'delete'], refuse('access-missing')],
    ['list', '', ['list'], MATCHED],
    ['list', 'sub', ['list'], THROUGH],
    ['list', 'private', ['list'], refuse('path-not-matched')],
    ['list', 'sub', ['read'], refuse('access-missing')],
    ['inspect', '', ['read'], MATCHED],
    ['inspect', 'a.pdf', ['list'], MATCHED],
    ['inspect', 'a.txt', ['read'], THROUGH],
    ['inspect', 'private', ['read', 'list'], refuse('path-not-matched')],
    ['inspect', 'a.pdf', ['write'], refuse('access-missing')],
    ['inspect', '', [], refuse('access-missing')],
  ];

  it.each(cases)('%s "%s" with access %j', (need, relative, access, expected) => {
    const components = relative === '' ? [] : relative.split('/');
    expect(checkFsAccess(pdfGrant(...access), components, need)).toEqual(expected);
  });
});

describe('isListed', () => {
  it.each([
    ['a.pdf', false, true],
    ['a.txt', false, false],
    ['sub', true, true],
    ['sub', false, false],
    ['private', true, false],
  ])('%s (directory: %s) → %s', (name, isDirectory, expected) => {
    expect(isListed(pdfGrant('list'), name, isDirectory)).toBe(expected);
  });
});

describe('concealUnmatched', () => {
  it.each([
    'not-found',
    'parent-not-directory',
    'not-directory',
    'is-directory',
    'symlink',
    'hard-link',
    'special-file',
    'mount-crossing',
    'os-permission',
  ] as const)('gives one answer for %s on an unmatched path', (rule) => {
    expect(concealUnmatched(refuse(rule), 'through')).toEqual(refuse('path-not-matched'));
    expect(concealUnmatched(refuse(rule), 'matched')).toEqual(refuse(rule));
  });

  it.each(['root-changed', 'io-failure', 'budget-files'] as const)(
    'keeps %s, which tells nothing about the path',
    (rule) => {
      expect(concealUnmatched(refuse(rule), 'through')).toEqual(refuse(rule));
    },
  );
});
