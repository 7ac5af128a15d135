import { existsSync, readdirSync, statSync } from 'node:fs';
import { link, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { perform } from './fixtures/ask-broker.ts';
import { ALL, mkdirOp, NOTES, namesBelow, rmOp, ruleOf, rulesOf } from './fixtures/change-ops.ts';
import { CONTAINMENTS, createTempTree, openFdCount, openRoot, UNLIMITED } from './fixtures/temp-tree.ts';
import { createFsBroker } from './fs-broker.ts';

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
