import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { chmod, link, mkdir, rename as renamePath, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FsOp } from '../../../protocol/messages.ts';
import type { EffectAnswer } from '../effect.ts';
import { ask, perform } from './fixtures/ask-broker.ts';
import { CONTAINMENTS, createTempTree, openFdCount, openRoot, type TempTree, UNLIMITED } from './fixtures/temp-tree.ts';
import { createFsBroker, type FsBroker } from './fs-broker.ts';
import type { FsAccess, MountGrant } from './mount-grant.ts';

const EVERYTHING: readonly FsAccess[] = ['read', 'list', 'write', 'create', 'delete'];
const ALL: Partial<MountGrant> = { access: new Set(EVERYTHING) };
/** match ["**\/*.md"], except ["private/**", "public/secret/**"]. */
const NOTES: Partial<MountGrant> = {
  ...ALL,
  matches: (path) => path.endsWith('.md') && !isExcluded(path),
  matchesDirectory: (path) => !isExcluded(path),
};

function isExcluded(path: string): boolean {
  return /^(?:private|public\/secret)(?:\/|$)/.test(path);
}

function mkdirOp(path: string, recursive = false): FsOp {
  return { family: 'fs', method: 'mkdir', path, recursive };
}

function rmOp(path: string, target: 'file' | 'directory' | 'any' = 'any', recursive = false): FsOp {
  return { family: 'fs', method: 'rm', path, target, recursive };
}

function renameOp(path: string, to: string): FsOp {
  return { family: 'fs', method: 'rename', path, to };
}

function copyOp(path: string, to: string, exclusive = false): FsOp {
  return { family: 'fs', method: 'copyFile', path, to, exclusive };
}

function ruleOf(answer: EffectAnswer): string {
  return answer.kind === 'refused' ? answer.rule : 'done';
}

async function rulesOf(broker: FsBroker, ops: readonly FsOp[]): Promise<string[]> {
  const rules: string[] = [];
  for (const op of ops) rules.push(ruleOf(await perform(broker, op)));
  return rules;
}

function namesBelow(tree: TempTree): readonly string[] {
  return readdirSync(tree.inside, { recursive: true, encoding: 'utf8' }).toSorted();
}

describe.each(CONTAINMENTS)('mkdir (%s)', (containment) => {
  it('makes one directory, or all on the way, for the host user alone', async () => {
    await using tree = await createTempTree({ 'a.txt': 'a', 'old/b.txt': 'b' });
    using root = await openRoot(tree.inside, containment, ALL);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    const before = openFdCount();
    const rules = await rulesOf(broker, [
      mkdirOp('/docs/new'),
      mkdirOp('/docs/new/'),
      mkdirOp('/docs/new', true),
      mkdirOp('/docs/none/new'),
      mkdirOp('/docs/deep/er/new', true),
      mkdirOp('/docs/old/new', true),
      mkdirOp('/docs/a.txt'),
      mkdirOp('/docs/a.txt', true),
      mkdirOp('/docs/a.txt/b', true),
      mkdirOp('/docs'),
      mkdirOp('/docs', true),
      mkdirOp('/'),
    ]);
    expect(rules).toEqual([
      'done',
      'exists',
      'done',
      'not-found',
      'done',
      'done',
      'exists',
      'exists',
      'exists',
      'exists',
      'done',
      'exists',
    ]);
    expect(namesBelow(tree)).toEqual(['a.txt', 'deep', 'deep/er', 'deep/er/new', 'new', 'old', 'old/b.txt', 'old/new']);
    expect(statSync(join(tree.inside, 'deep/er')).mode & 0o7777).toBe(0o700);
    expect(openFdCount()).toBe(before);
  });

  it('is refused where the grant does not reach, through links, and below the depth cap', async () => {
    await using tree = await createTempTree({ 'hidden.txt': 'h' });
    await symlink('../data-outside', join(tree.inside, 'out'));
    await symlink('../data-outside/new', join(tree.inside, 'dangling'));
    using root = await openRoot(tree.inside, containment, NOTES);
    await using broker = createFsBroker([root], { meter: UNLIMITED, limits: { maxWriteDepth: 3 } });
    const rules = await rulesOf(broker, [
      mkdirOp('/docs/private'),
      mkdirOp('/docs/public/secret/x', true),
      mkdirOp('/docs/out/new'),
      mkdirOp('/docs/out/new', true),
      mkdirOp('/docs/dangling'),
      mkdirOp('/docs/hidden.txt'),
      mkdirOp('/docs/a/b/c/d', true),
      mkdirOp('/docs/.git/hooks', true),
    ]);
    expect(rules.slice(0, 6)).toEqual([
      'path-not-matched',
      'path-not-matched',
      'path-not-matched',
      'path-not-matched',
      'path-not-matched',
      'path-not-matched',
    ]);
    expect(rules.slice(6)).toEqual(['write-depth', 'dangerous-name']);
    expect(readdirSync(tree.outside)).toEqual(['canary.txt']);
    expect(existsSync(join(tree.inside, '.git'))).toBe(false);
  });
});

describe.each(CONTAINMENTS)('rm (%s)', (containment) => {
  it('removes files and directories, in the words of unlink, rmdir and rm', async () => {
    await using tree = await createTempTree({ 'a.txt': 'a', 'b.txt': 'b', 'full/c.txt': 'c', 'tree/x/y.txt': 'y' });
    await mkdir(join(tree.inside, 'empty'));
    using root = await openRoot(tree.inside, containment, ALL);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    const before = openFdCount();
    const rules = await rulesOf(broker, [
      rmOp('/docs/a.txt', 'directory'),
      rmOp('/docs/a.txt/', 'file'),
      rmOp('/docs/a.txt', 'file'),
      rmOp('/docs/a.txt'),
      rmOp('/docs/b.txt', 'any', true),
      rmOp('/docs/empty', 'file'),
      rmOp('/docs/empty'),
      rmOp('/docs/full', 'directory'),
      rmOp('/docs/empty', 'directory'),
      rmOp('/docs/tree', 'any', true),
      rmOp('/docs', 'any', true),
      rmOp('/docs', 'directory'),
      rmOp('/', 'any', true),
    ]);
    expect(rules).toEqual([
      'not-directory',
      'not-directory',
      'done',
      'not-found',
      'done',
      'is-directory',
      'is-directory',
      'not-empty',
      'done',
      'done',
      'mount-root',
      'mount-root',
      'mount-root',
    ]);
    expect(namesBelow(tree)).toEqual(['full', 'full/c.txt']);
    expect(openFdCount()).toBe(before);
  });

  it.each([
    ['a file that is not granted', 'path-not-matched', (path: string) => writeFile(join(path, 'hidden.txt'), '')],
    [
      'a name that cannot be asked for',
      'path-not-matched',
      (path: string) => writeFile(join(path, 'esc\u001b.md'), ''),
    ],
    ['a link', 'symlink', (path: string) => symlink('../../../data-outside', join(path, 'out.md'))],
    ['a name that is trusted', 'dangerous-name', (path: string) => writeFile(join(path, 'CLAUDE.md'), '')],
    [
      'a file with a second name',
      'hard-link',
      (path: string) => link(join(path, '../../../data-outside/canary.txt'), join(path, 'hard.md')),
    ],
  ])('takes nothing of a tree that holds %s', async (_what, rule, prepare) => {
    await using tree = await createTempTree({ 'tree/a.md': 'a', 'tree/sub/b.md': 'b' });
    await prepare(join(tree.inside, 'tree/sub'));
    using root = await openRoot(tree.inside, containment, NOTES);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    const names = namesBelow(tree);
    expect(await rulesOf(broker, [rmOp('/docs/tree', 'any', true)])).toEqual([rule]);
    expect(namesBelow(tree)).toEqual(names);
    expect(readdirSync(tree.outside)).toEqual(['canary.txt']);
  });

  it('never goes through a link', async () => {
    await using tree = await createTempTree({ 'sub/a.txt': 'a' });
    await symlink('../data-outside', join(tree.inside, 'out'));
    await symlink('sub', join(tree.inside, 'in'));
    using root = await openRoot(tree.inside, containment, ALL);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    for (const path of ['/docs/out', '/docs/out/canary.txt', '/docs/in', '/docs/in/a.txt']) {
      for (const recursive of [false, true]) {
        expect(ruleOf(await perform(broker, rmOp(path, 'any', recursive))), path).toBe('symlink');
      }
    }
    expect(readdirSync(tree.inside)).toEqual(['in', 'out', 'sub']);
    expect(existsSync(join(tree.inside, 'sub/a.txt'))).toBe(true);
    expect(readdirSync(tree.outside)).toEqual(['canary.txt']);
  });

  it('of a tree is bounded in entries and paid for by the file', async () => {
    await using tree = await createTempTree({ 'tree/a': '', 'tree/b': '', 'tree/c': '' });
    using root = await openRoot(tree.inside, containment, ALL);
    await using capped = createFsBroker([root], { meter: UNLIMITED, limits: { maxTreeEntries: 3 } });
    expect(await rulesOf(capped, [rmOp('/docs/tree', 'any', true)])).toEqual(['tree-entries']);
    expect(namesBelow(tree)).toHaveLength(4);
    let files = 0;
    const meter = {
      charge: (_kind: string, amount: number) => {
        files += amount;
        return files <= 2;
      },
    };
    await using poor = createFsBroker([root], { meter });
    expect(await rulesOf(poor, [rmOp('/docs/tree', 'any', true)])).toEqual(['budget-files']);
    await using rich = createFsBroker([root], { meter: UNLIMITED });
    expect(await rulesOf(rich, [rmOp('/docs/tree', 'any', true)])).toEqual(['done']);
  });
});

describe.each(CONTAINMENTS)('rename (%s)', (containment) => {
  it('moves files and directories within a mount', async () => {
    await using tree = await createTempTree({ 'a.txt': 'a', 'b.txt': 'b', 'dir/c.txt': 'c', 'other/d.txt': 'd' });
    await mkdir(join(tree.inside, 'empty'));
    using root = await openRoot(tree.inside, containment, ALL);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    const before = openFdCount();
    const rules = await rulesOf(broker, [
      renameOp('/docs/a.txt', '/docs/a.txt'),
      renameOp('/docs/a.txt', '/docs/b.txt'),
      renameOp('/docs/b.txt', '/docs/dir/new.txt'),
      renameOp('/docs/none', '/docs/x'),
      renameOp('/docs/dir/new.txt', '/docs/empty'),
      renameOp('/docs/dir/new.txt', '/docs/x/'),
      renameOp('/docs/empty', '/docs/dir/new.txt'),
      renameOp('/docs/dir', '/docs/other'),
      renameOp('/docs/dir', '/docs/dir/sub'),
      renameOp('/docs/dir', '/docs/none/dir'),
      renameOp('/docs/dir', '/docs/empty'),
      renameOp('/docs', '/docs/x'),
      renameOp('/docs/empty', '/docs'),
      renameOp('/docs/empty', '/'),
      renameOp('/', '/docs/x'),
    ]);
    expect(rules).toEqual([
      'done',
      'done',
      'done',
      'not-found',
      'is-directory',
      'not-directory',
      'not-directory',
      'not-empty',
      'move-into-itself',
      'not-found',
      'done',
      'mount-root',
      'mount-root',
      'mount-root',
      'mount-root',
    ]);
    expect(namesBelow(tree)).toEqual(['empty', 'empty/c.txt', 'empty/new.txt', 'other', 'other/d.txt']);
    expect(readFileSync(join(tree.inside, 'empty/new.txt'), 'utf8')).toBe('a');
    expect(openFdCount()).toBe(before);
  });

  it('carries nothing into or out of what the grant leaves out', async () => {
    await using tree = await createTempTree({
      'a.md': 'a',
      'private/p.md': 'p',
      'stage/secret/s.md': 's',
      'mixed/hidden.txt': 'h',
      'public/secret/k.md': 'k',
    });
    using root = await openRoot(tree.inside, containment, NOTES);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    const names = namesBelow(tree);
    const ops = [
      renameOp('/docs/private/p.md', '/docs/p.md'),
      renameOp('/docs/private', '/docs/open'),
      renameOp('/docs/public', '/docs/open'),
      renameOp('/docs/mixed', '/docs/open'),
      renameOp('/docs/a.md', '/docs/private/a.md'),
      renameOp('/docs/a.md', '/docs/a.txt'),
      renameOp('/docs/stage', '/docs/private'),
      renameOp('/docs/mixed/hidden.txt', '/docs/hidden.md'),
      copyOp('/docs/private/p.md', '/docs/p.md'),
      copyOp('/docs/a.md', '/docs/private/a.md'),
    ];
    expect(new Set(await rulesOf(broker, ops))).toEqual(new Set(['path-not-matched']));
    // `public` is gone, so only what `stage` would become is at stake.
    await renamePath(join(tree.inside, 'public'), join(tree.inside, 'elsewhere'));
    expect(await rulesOf(broker, [renameOp('/docs/stage', '/docs/public')])).toEqual(['path-not-matched']);
    expect(namesBelow(tree)).toEqual(names.map((name) => name.replace('public', 'elsewhere')).toSorted());
  });

  it('puts nothing under a name that other programs trust, nor takes it away', async () => {
    await using tree = await createTempTree({ 'prepared/hooks/pre-commit': '', '.git/config': '', 'a.txt': '' });
    await mkdir(join(tree.inside, 'bin'));
    await mkdir(join(tree.inside, 'x/autostart'), { recursive: true });
    await writeFile(join(tree.inside, 'x/autostart/run.service'), '');
    using root = await openRoot(tree.inside, containment, ALL);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    const ops = [
      renameOp('/docs/.git', '/docs/old'),
      renameOp('/docs/prepared', '/docs/.git'),
      renameOp('/docs/a.txt', '/docs/.env'),
      renameOp('/docs/x', '/docs/y'),
      copyOp('/docs/a.txt', '/docs/.bashrc'),
      rmOp('/docs/.git', 'any', true),
    ];
    expect(new Set(await rulesOf(broker, ops))).toEqual(new Set(['dangerous-name']));
    using daring = await openRoot(tree.inside, containment, { ...ALL, allowDangerousNames: true });
    await using allowed = createFsBroker([daring], { meter: UNLIMITED });
    expect(new Set(await rulesOf(allowed, [...ops.slice(0, 4), copyOp('/docs/.env', '/docs/.bashrc')]))).toEqual(
      new Set(['done']),
    );
  });

  it('refuses links at both ends, and files with a second name', async () => {
    await using tree = await createTempTree({ 'a.txt': 'a', 'sub/b.txt': 'b' });
    await symlink('../data-outside/canary.txt', join(tree.inside, 'link'));
    await symlink('../data-outside', join(tree.inside, 'out'));
    await link(join(tree.outside, 'canary.txt'), join(tree.inside, 'hard'));
    using root = await openRoot(tree.inside, containment, ALL);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    const rules = await rulesOf(broker, [
      renameOp('/docs/link', '/docs/x'),
      renameOp('/docs/a.txt', '/docs/link'),
      renameOp('/docs/a.txt', '/docs/out/a.txt'),
      renameOp('/docs/out/canary.txt', '/docs/x'),
      renameOp('/docs/sub', '/docs/out'),
      renameOp('/docs/hard', '/docs/x'),
      renameOp('/docs/a.txt', '/docs/hard'),
    ]);
    expect(rules).toEqual(['symlink', 'symlink', 'symlink', 'symlink', 'symlink', 'hard-link', 'hard-link']);
    expect(readdirSync(tree.outside)).toEqual(['canary.txt']);
  });

  it.each([
    [['delete', 'create'], '/docs/new.txt', 'done'],
    [['delete', 'create'], '/docs/b.txt', 'access-missing'],
    [['delete', 'write'], '/docs/b.txt', 'done'],
    [['delete', 'write'], '/docs/new.txt', 'access-missing'],
    [['read', 'list', 'create', 'write'], '/docs/new.txt', 'access-missing'],
    [['delete'], '/docs/new.txt', 'access-missing'],
  ] as const)('with access %j to %s: %s', async (access, to, expected) => {
    await using tree = await createTempTree({ 'a.txt': 'a', 'b.txt': 'b' });
    using root = await openRoot(tree.inside, containment, { access: new Set<FsAccess>(access) });
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    expect(await rulesOf(broker, [renameOp('/docs/a.txt', to)])).toEqual([expected]);
    expect(existsSync(join(tree.inside, 'a.txt'))).toBe(expected !== 'done');
  });

  it('does not cross mounts; copyFile does', async () => {
    await using tree = await createTempTree({ 'a.txt': 'a' });
    await using other = await createTempTree();
    using root = await openRoot(tree.inside, containment, ALL);
    using second = await openRoot(other.inside, containment, { ...ALL, mount: 'copies' });
    await using broker = createFsBroker([root, second], { meter: UNLIMITED });
    expect(await perform(broker, renameOp('/docs/a.txt', '/copies/a.txt'))).toMatchObject({
      code: 'ERR_CARAPACE_FS_CROSS_MOUNT',
      trail: { target: '/docs/a.txt → /copies/a.txt', mount: 'docs' },
    });
    expect(await rulesOf(broker, [copyOp('/docs/a.txt', '/copies/a.txt'), renameOp('/docs/a.txt', '/none/a')])).toEqual(
      ['done', 'mount-unknown'],
    );
    expect(readFileSync(join(other.inside, 'a.txt'), 'utf8')).toBe('a');
  });
});

describe.each(CONTAINMENTS)('copyFile (%s)', (containment) => {
  it('copies content and nothing else, within both budgets', async () => {
    const content = 'x'.repeat(3_000);
    await using tree = await createTempTree({ 'a.txt': content, 'b.txt': 'b' });
    await chmod(join(tree.inside, 'a.txt'), 0o755);
    using root = await openRoot(tree.inside, containment, ALL);
    const charged = new Map<string, number>();
    const meter = {
      charge: (kind: string, amount: number) => {
        charged.set(kind, (charged.get(kind) ?? 0) + amount);
        return (charged.get(kind) ?? 0) <= 7_000;
      },
    };
    await using broker = createFsBroker([root], { meter, limits: { maxHandleReadBytes: 1_000 } });
    expect(await perform(broker, copyOp('/docs/a.txt', '/docs/c.txt'))).toMatchObject({ trail: { bytes: 3_000 } });
    expect(await rulesOf(broker, [copyOp('/docs/a.txt', '/docs/b.txt', true)])).toEqual(['exists']);
    expect(await rulesOf(broker, [copyOp('/docs/a.txt', '/docs/b.txt')])).toEqual(['done']);
    expect(Object.fromEntries(charged)).toEqual({ files: 6, fsReadBytes: 6_000, fsWriteBytes: 6_000 });
    for (const name of ['b.txt', 'c.txt']) expect(readFileSync(join(tree.inside, name), 'utf8')).toBe(content);
    expect(statSync(join(tree.inside, 'c.txt')).mode & 0o7777).toBe(0o600);
    expect(await rulesOf(broker, [copyOp('/docs/a.txt', '/docs/d.txt')])).toEqual(['budget-read']);
    expect(namesBelow(tree)).toEqual(['a.txt', 'b.txt', 'c.txt']);
  });

  it.each([
    [['read', 'create'], '/docs/new.txt', 'done'],
    [['read', 'write'], '/docs/b.txt', 'done'],
    [['read', 'write'], '/docs/new.txt', 'access-missing'],
    [['write', 'create', 'list', 'delete'], '/docs/new.txt', 'access-missing'],
    [['read', 'list', 'delete'], '/docs/new.txt', 'access-missing'],
  ] as const)('with access %j to %s: %s', async (access, to, expected) => {
    await using tree = await createTempTree({ 'a.txt': 'a', 'b.txt': 'b' });
    using root = await openRoot(tree.inside, containment, { access: new Set<FsAccess>(access) });
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    expect(await rulesOf(broker, [copyOp('/docs/a.txt', to)])).toEqual([expected]);
  });
});

describe.each(CONTAINMENTS)('truncate and access (%s)', (containment) => {
  it('truncate needs write, and links and directories are not truncated', async () => {
    await using tree = await createTempTree({ 'a.txt': '0123456789', 'sub/b.txt': '' });
    await symlink('../data-outside/canary.txt', join(tree.inside, 'link'));
    await link(join(tree.outside, 'canary.txt'), join(tree.inside, 'hard'));
    using root = await openRoot(tree.inside, containment, { ...ALL, allowHardLinks: true });
    using reader = await openRoot(tree.inside, containment, {
      access: new Set(EVERYTHING.filter((w) => w !== 'write')),
    });
    const to = (path: string, length: number): FsOp => ({ family: 'fs', method: 'truncate', path, length });
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    const ops = [
      to('/docs/a.txt', 4),
      to('/docs/link', 0),
      to('/docs/hard', 0),
      to('/docs/sub', 0),
      to('/docs/none', 0),
    ];
    expect(await rulesOf(broker, ops)).toEqual(['done', 'symlink', 'hard-link', 'is-directory', 'not-found']);
    expect(ruleOf(await perform(broker, to('/docs/a.txt', -1)))).toBe('offset-range');
    expect(readFileSync(join(tree.inside, 'a.txt'), 'utf8')).toBe('0123');
    expect(statSync(join(tree.outside, 'canary.txt')).size).toBeGreaterThan(0);
    await using poor = createFsBroker([reader], { meter: UNLIMITED });
    expect(await rulesOf(poor, [to('/docs/a.txt', 0)])).toEqual(['access-missing']);
  });

  it('access for writing tells what a write would meet', async () => {
    await using tree = await createTempTree({ 'a.txt': 'a', 'sub/b.txt': 'b' });
    await symlink('a.txt', join(tree.inside, 'link'));
    using root = await openRoot(tree.inside, containment, ALL);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    const rules: string[] = [];
    for (const path of ['a.txt', 'sub', 'link', 'none'])
      rules.push(ruleOf(await ask(broker, 'write', `/docs/${path}`)));
    expect(rules).toEqual(['done', 'done', 'symlink', 'not-found']);
    using reader = await openRoot(tree.inside, containment);
    await using poor = createFsBroker([reader], { meter: UNLIMITED });
    for (const path of ['a.txt', 'sub'])
      expect(ruleOf(await ask(poor, 'write', `/docs/${path}`))).toBe('access-missing');
  });
});
