import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { link, mkdir, rename as renamePath, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { perform } from './fixtures/ask-broker.ts';
import { ALL, copyOp, NOTES, namesBelow, renameOp, rmOp, rulesOf } from './fixtures/change-ops.ts';
import { CONTAINMENTS, createTempTree, openFdCount, openRoot, UNLIMITED } from './fixtures/temp-tree.ts';
import { createFsBroker } from './fs-broker.ts';
import type { FsAccess } from './mount-grant.ts';

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
