import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type FsAccess,
  type FsPermission,
  NO_PERMISSIONS,
  type PermissionSet,
  parseManifest,
  parseMountName,
  type SkillManifest,
} from '@carapace/manifest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeGrantPowers } from './grant-powers.ts';
import { type GrantRequest, type GrantSet, resolveGrants } from './resolve-grants.ts';

const powers = { resolvePath: (path: string) => (path.startsWith('~/') ? `/home/u/${path.slice(2)}` : path) };

function manifestWith(fs: readonly object[]): SkillManifest {
  return parseManifest({
    manifestVersion: 1,
    name: 'notes',
    version: '1.0.0',
    description: 'Reads notes',
    main: 'dist/skill.js',
    tools: { read: { description: 'Reads one note', input: { type: 'object' }, annotations: { readOnly: true } } },
    permissions: { fs },
  });
}

const NOTES = manifestWith([
  { mount: 'docs', path: '~/documents', access: ['read', 'list'], match: ['**/*.md'], except: ['private/**'] },
]);

function grant(request: GrantRequest, policy?: PermissionSet, manifest: SkillManifest = NOTES): GrantSet {
  return resolveGrants(manifest, policy, request, powers);
}

describe('resolveGrants', () => {
  it('gives nothing by default, and nothing for an empty consent or policy', () => {
    expect(grant({}).mounts).toEqual([]);
    expect(grant({ permissions: NO_PERMISSIONS }).mounts).toEqual([]);
    expect(grant({ permissions: 'declared' }, NO_PERMISSIONS).mounts).toEqual([]);
  });

  it('gives what is declared, with the globs of the manifest', () => {
    const [docs] = grant({ permissions: 'declared' }).mounts;
    expect(docs).toMatchObject({ mount: 'docs', hostPath: '/home/u/documents', access: new Set(['read', 'list']) });
    expect(docs?.matches('a/b.md')).toBe(true);
    expect(docs?.matches('a/b.pdf')).toBe(false);
    expect(docs?.matches('private/b.md')).toBe(false);
    expect(docs?.matchesDirectory('private')).toBe(false);
  });

  it('takes the narrower of consent and policy, never the wider', () => {
    const narrow = {
      ...NOTES.permissions,
      fs: NOTES.permissions.fs.map((entry) => ({ ...entry, access: ['list' as const] })),
    };
    expect(grant({ permissions: narrow }).mounts[0]?.access).toEqual(new Set(['list']));
    expect(grant({ permissions: 'declared' }, narrow).mounts[0]?.access).toEqual(new Set(['list']));
    const wide = {
      ...NOTES.permissions,
      fs: NOTES.permissions.fs.map((entry) => ({
        ...entry,
        access: ['read' as const, 'list' as const, 'write' as const],
      })),
    };
    expect(grant({ permissions: wide }).mounts[0]?.access).toEqual(new Set(['read', 'list']));
  });

  it('keeps the mount names of the manifest, whatever consent and policy call the same directory', () => {
    const renamed = (mount: string): PermissionSet => ({
      ...NOTES.permissions,
      fs: NOTES.permissions.fs.map((entry) => ({ ...entry, mount: parseMountName(mount) })),
    });
    expect(grant({ permissions: renamed('mine') }, renamed('ours')).mounts.map(({ mount }) => mount)).toEqual(['docs']);
  });

  it('refuses a mount name that the manifest does not declare, an inherited one included', () => {
    expect(() => grant({ permissions: 'declared', mounts: { other: '/srv/x' } })).toThrow(/declares no such mount/);
    expect(() => grant({ permissions: 'declared', allowSensitive: ['constructor'] })).toThrow(/declares no such mount/);
  });

  it.each(['/', '/etc', '~/.ssh', '/home/u/.aws', '/proc/self'])('refuses %s as a mount unless it is named', (path) => {
    expect(() => grant({ permissions: 'declared', mounts: { docs: path } })).toThrow(
      expect.objectContaining({ code: 'ERR_CARAPACE_RUNTIME_GRANT' }),
    );
    const named = grant({ permissions: 'declared', mounts: { docs: path }, allowSensitive: ['docs'] });
    expect(named.overrides).toEqual([expect.stringMatching(/^docs: /)]);
  });

  it('keeps entries of one mount together when their access is the same', () => {
    const parts = ['a/*.md', 'b/*.md'].flatMap((glob) =>
      NOTES.permissions.fs.map((entry) => ({ ...entry, match: [glob] })),
    );
    const split: PermissionSet = { ...NOTES.permissions, fs: parts };
    const { mounts } = grant({ permissions: split });
    expect(mounts).toHaveLength(1);
    expect(['a/x.md', 'b/x.md', 'c/x.md'].map((path) => mounts[0]?.matches(path))).toEqual([true, true, false]);
  });

  it('refuses entries of one mount that would lend each other their access', () => {
    const part = (match: string, access: FsAccess): readonly FsPermission[] =>
      NOTES.permissions.fs.map((entry) => ({ ...entry, match: [match], access: [access] }));
    const split: PermissionSet = { ...NOTES.permissions, fs: [...part('a/*.md', 'read'), ...part('b/*.md', 'list')] };
    expect(() => grant({ permissions: split })).toThrow(/parts with different access/);
  });
});

describe('nodeGrantPowers', () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'carapace-grant-')));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('resolves the home directory and relative paths', () => {
    expect(nodeGrantPowers.resolvePath('~')).toBe(realpathSync(homedir()));
    expect(nodeGrantPowers.resolvePath('.')).toBe(realpathSync('.'));
  });

  it('follows links, so that a harmless name is judged by where it leads', () => {
    mkdirSync(join(folder, '.ssh'));
    symlinkSync(join(folder, '.ssh'), join(folder, 'holiday-photos'));
    const hostPath = nodeGrantPowers.resolvePath(join(folder, 'holiday-photos'));
    expect(hostPath).toBe(join(folder, '.ssh'));
    expect(() =>
      resolveGrants(
        NOTES,
        undefined,
        { permissions: 'declared', mounts: { docs: join(folder, 'holiday-photos') } },
        nodeGrantPowers,
      ),
    ).toThrow(/\.ssh/);
  });

  it('keeps the name of a directory that does not exist', () => {
    expect(nodeGrantPowers.resolvePath(join(folder, 'later'))).toBe(join(folder, 'later'));
  });
});
