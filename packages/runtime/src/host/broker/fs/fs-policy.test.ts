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

/** Every access word but these. */
function allBut(...words: FsAccess[]): FsAccess[] {
  return ALL.filter((word) => !words.includes(word));
}

const ALL: readonly FsAccess[] = ['read', 'list', 'write', 'create', 'delete'];

describe('checkFsAccess', () => {
  const cases: readonly (readonly [FsNeed, string, readonly FsAccess[], unknown])[] = [
    ['read', 'a.pdf', ['read'], MATCHED],
    ['read', 'a.txt', ['read'], 'path-not-matched'],
    ['read', 'private/a.pdf', ['read'], 'path-not-matched'],
    ['read', 'a.pdf', allBut('read'), 'access-missing'],
    ['list', '', ['list'], MATCHED],
    ['list', 'sub', ['list'], THROUGH],
    ['list', 'private', ['list'], 'path-not-matched'],
    ['list', 'sub', allBut('list'), 'access-missing'],
    ['inspect', '', ['read'], MATCHED],
    ['inspect', 'a.pdf', ['list'], MATCHED],
    ['inspect', 'a.txt', ['read'], THROUGH],
    ['inspect', 'private', ['read', 'list'], 'path-not-matched'],
    ['inspect', 'a.pdf', allBut('read', 'list'), 'access-missing'],
    ['inspect', '', [], 'access-missing'],
    ['write', 'a.pdf', ['write'], MATCHED],
    ['write', 'sub', ['write'], 'path-not-matched'],
    ['write', 'a.pdf', allBut('write'), 'access-missing'],
    ['read-and-write', 'a.pdf', ['read', 'write'], MATCHED],
    ['read-and-write', 'a.pdf', allBut('write'), 'access-missing'],
    ['read-and-write', 'a.pdf', allBut('read'), 'access-missing'],
    ['create', 'a.pdf', ['create'], MATCHED],
    ['create', 'a.txt', ['create'], 'path-not-matched'],
    ['create', 'a.pdf', allBut('create'), 'access-missing'],
    ['put', 'a.pdf', ['create'], MATCHED],
    ['put', 'a.pdf', ['write'], MATCHED],
    ['put', 'private/a.pdf', ['write', 'create'], 'path-not-matched'],
    ['put', 'a.pdf', allBut('create', 'write'), 'access-missing'],
    ['make-directory', 'sub', ['create'], THROUGH],
    ['make-directory', 'private/sub', ['create'], 'path-not-matched'],
    ['make-directory', 'sub', allBut('create'), 'access-missing'],
    ['remove', 'sub', ['delete'], THROUGH],
    ['remove', 'a.pdf', ['delete'], MATCHED],
    ['remove', 'private/a.pdf', ['delete'], 'path-not-matched'],
    ['remove', 'a.pdf', allBut('delete'), 'access-missing'],
  ];

  it.each(cases)('%s "%s" with access %j', (need, relative, access, expected) => {
    const components = relative === '' ? [] : relative.split('/');
    const decision = checkFsAccess(pdfGrant(...access), components, need);
    expect(decision.kind === 'refused' ? decision.rule : decision).toEqual(expected);
  });

  it.each(['read', 'inspect', 'put', 'make-directory', 'remove'] as const)(
    'lets nobody name the files that this process writes beside others (%s)',
    (need) => {
      const grant = { ...pdfGrant(...ALL), matches: () => true };
      const components = ['sub', '.carapace-1-0123456789abcdef.tmp'];
      expect(checkFsAccess(grant, components, need)).toMatchObject({ rule: 'reserved-name' });
    },
  );

  it.each(['write', 'create', 'put', 'make-directory', 'remove', 'read-and-write'] as const)(
    'refuses %s for names that other programs trust, unless the operator named the mount',
    (need) => {
      const grant = { ...pdfGrant(...ALL), matches: () => true };
      expect(checkFsAccess(grant, ['.git', 'config'], need)).toMatchObject({ rule: 'dangerous-name' });
      expect(checkFsAccess(grant, ['.git', 'config'], 'read')).toEqual(MATCHED);
      expect(checkFsAccess({ ...grant, allowDangerousNames: true }, ['.git', 'config'], need)).toEqual(MATCHED);
    },
  );

  it('tells the operator the smallest line that would allow it', () => {
    const remedyOf = (need: FsNeed, name: string, ...access: FsAccess[]): unknown =>
      Object.entries(checkFsAccess(pdfGrant(...access), [name], need)).find(([key]) => key === 'remedy')?.[1];
    expect(remedyOf('read-and-write', 'a.pdf', 'read')).toBe('permissions.fs: add "write" to "access" of mount "docs"');
    expect(remedyOf('read-and-write', 'a.pdf')).toContain('add "read" and "write" to');
    expect(remedyOf('put', 'a.pdf')).toContain('add "write" to');
    expect(remedyOf('read', 'a"b', 'read')).toContain('of mount "docs" cover "a\\"b"');
    expect(remedyOf('read', 'x'.repeat(10_000), 'read')).toHaveProperty('length', expect.closeTo(300, -2));
    expect(remedyOf('put', '.env', 'write')).toContain('"allowDangerousNames"');
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
