import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { chmod, link, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ALL, namesBelow, ruleOf, write } from './fixtures/change-ops.ts';
import { CONTAINMENTS, createTempTree, openFdCount, openRoot, UNLIMITED } from './fixtures/temp-tree.ts';
import { createFsBroker } from './fs-broker.ts';
import type { FsMeter } from './fs-limits.ts';
import type { FsAccess } from './mount-grant.ts';

describe.each(CONTAINMENTS)('writeFile (%s)', (containment) => {
  it('replaces, creates and appends, and says how much was written', async () => {
    await using tree = await createTempTree({ 'a.txt': 'old' });
    using root = await openRoot(tree.inside, containment, ALL);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    const before = openFdCount();
    expect(await write(broker, '/docs/a.txt', 'newer')).toMatchObject({
      kind: 'done',
      trail: { mount: 'docs', target: '/docs/a.txt', containment, bytes: 5 },
    });
    expect(ruleOf(await write(broker, '/docs/b.txt', 'b', 'create'))).toBe('done');
    expect(ruleOf(await write(broker, '/docs/b.txt', 'x', 'create'))).toBe('exists');
    expect(ruleOf(await write(broker, '/docs/c.txt', 'c', 'append'))).toBe('done');
    expect(ruleOf(await write(broker, '/docs/c.txt', 'd', 'append'))).toBe('done');
    const contents = ['a.txt', 'b.txt', 'c.txt'].map((name) => readFileSync(join(tree.inside, name), 'utf8'));
    expect(contents).toEqual(['newer', 'b', 'cd']);
    expect(readdirSync(tree.inside).toSorted()).toEqual(['a.txt', 'b.txt', 'c.txt']);
    expect(openFdCount()).toBe(before);
  });

  it('makes files for the host user alone, and keeps the mode of a replaced one without what lets run', async () => {
    await using tree = await createTempTree({ 'a.sh': 'old', 'b.sh': 'old' });
    await chmod(join(tree.inside, 'a.sh'), 0o6755);
    await chmod(join(tree.inside, 'b.sh'), 0o664);
    using root = await openRoot(tree.inside, containment, ALL);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    for (const name of ['a.sh', 'b.sh', 'new.sh']) await write(broker, `/docs/${name}`, '#!/bin/sh');
    await write(broker, '/docs/appended.sh', '#!/bin/sh', 'append');
    const modes = ['a.sh', 'b.sh', 'new.sh', 'appended.sh'].map(
      (name) => statSync(join(tree.inside, name)).mode & 0o7777,
    );
    expect(modes).toEqual([0o644, 0o664, 0o600, 0o600]);
  });

  it.each([
    ['/docs/dangling', 'symlink'],
    ['/docs/link.txt', 'symlink'],
    ['/docs/out/new.txt', 'symlink'],
    ['/docs/hard.txt', 'hard-link'],
    ['/docs/sub', 'is-directory'],
    ['/docs/sub/', 'is-directory'],
    ['/docs/new.txt/', 'is-directory'],
    ['/docs/none/a.txt', 'not-found'],
    ['/docs/a.txt/b', 'parent-not-directory'],
    ['/docs', 'is-directory'],
    ['/docs/.git/config', 'dangerous-name'],
    ['/docs/.carapace-1-0123456789abcdef.tmp', 'reserved-name'],
    [`/docs/${'a/'.repeat(33)}b`, 'write-depth'],
  ])('to %s is refused by rule %s, and nothing is changed', async (path, rule) => {
    await using tree = await createTempTree({ 'a.txt': 'a', 'sub/b.txt': 'b', 'two.txt': 't' });
    await symlink('../data-outside/created.txt', join(tree.inside, 'dangling'));
    await symlink('../data-outside/canary.txt', join(tree.inside, 'link.txt'));
    await symlink('../data-outside', join(tree.inside, 'out'));
    await link(join(tree.outside, 'canary.txt'), join(tree.inside, 'hard.txt'));
    using root = await openRoot(tree.inside, containment, ALL);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    const names = namesBelow(tree);
    for (const mode of ['replace', 'append', 'create'] as const) {
      const found = ruleOf(await write(broker, path, 'written', mode));
      // `parent-not-directory` and `not-found` are one code; the kernel and the walk meet them in different places.
      expect(rule === 'write-depth' ? [rule, 'not-found'] : [rule], mode).toContain(found);
    }
    expect(namesBelow(tree)).toEqual(names);
    expect(readdirSync(tree.outside)).toEqual(['canary.txt']);
    expect(readFileSync(join(tree.outside, 'canary.txt'), 'utf8')).not.toContain('written');
  });

  it.runIf(process.getuid?.() !== 0)('does not take away a file that the host user may not write', async () => {
    await using tree = await createTempTree({ 'a.txt': 'old' });
    await chmod(join(tree.inside, 'a.txt'), 0o444);
    using root = await openRoot(tree.inside, containment, ALL);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    for (const mode of ['replace', 'append'] as const) {
      expect(ruleOf(await write(broker, '/docs/a.txt', 'new', mode))).toBe('os-permission');
    }
    expect(readFileSync(join(tree.inside, 'a.txt'), 'utf8')).toBe('old');
  });

  it('needs write for what exists and create for what does not', async () => {
    await using tree = await createTempTree({ 'old.txt': 'old' });
    const cases: readonly (readonly [FsAccess[], 'replace' | 'create' | 'append', string, string])[] = [
      [['write'], 'replace', 'old.txt', 'done'],
      [['write'], 'replace', 'new.txt', 'access-missing'],
      [['write'], 'append', 'old.txt', 'done'],
      [['write'], 'append', 'new.txt', 'access-missing'],
      [['write'], 'create', 'new.txt', 'access-missing'],
      [['create'], 'replace', 'old.txt', 'access-missing'],
      [['create'], 'append', 'old.txt', 'access-missing'],
      [['create'], 'create', 'old.txt', 'exists'],
      [['create'], 'create', 'new1.txt', 'done'],
      [['create'], 'replace', 'new2.txt', 'done'],
      [['create'], 'append', 'new3.txt', 'done'],
      [['read', 'list', 'delete'], 'replace', 'old.txt', 'access-missing'],
      [['read', 'list', 'delete'], 'append', 'old.txt', 'access-missing'],
    ];
    for (const [access, mode, name, expected] of cases) {
      using root = await openRoot(tree.inside, containment, { access: new Set(access) });
      await using broker = createFsBroker([root], { meter: UNLIMITED });
      expect(ruleOf(await write(broker, `/docs/${name}`, 'x', mode)), `${access.join()} ${mode} ${name}`).toBe(
        expected,
      );
    }
  });

  it('books what is written, and writes nothing that is not covered', async () => {
    await using tree = await createTempTree({ 'a.txt': 'old' });
    using root = await openRoot(tree.inside, containment, ALL);
    let left = 8;
    const meter: FsMeter = {
      charge(kind, amount) {
        if (kind === 'fsWriteBytes') left -= amount;
        return left >= 0;
      },
    };
    await using broker = createFsBroker([root], { meter });
    expect(ruleOf(await write(broker, '/docs/a.txt', 'four'))).toBe('done');
    expect(ruleOf(await write(broker, '/docs/a.txt', '+4', 'append'))).toBe('done');
    expect(await write(broker, '/docs/a.txt', 'toomany')).toMatchObject({
      code: 'ERR_CARAPACE_BUDGET_FS_WRITE',
      remedy: 'limits: raise "fsWriteMiB"',
    });
    expect(readFileSync(join(tree.inside, 'a.txt'), 'utf8')).toBe('four+4');
    expect(readdirSync(tree.inside)).toEqual(['a.txt']);
  });

  it('keeps a floor of free space', async () => {
    await using tree = await createTempTree({ 'a.txt': 'old' });
    using root = await openRoot(tree.inside, containment, ALL);
    for (const limits of [{ minFreeBytes: Number.MAX_SAFE_INTEGER }, { minFreeFiles: Number.MAX_SAFE_INTEGER }]) {
      await using broker = createFsBroker([root], { meter: UNLIMITED, limits });
      expect(await write(broker, '/docs/b.txt', 'x')).toMatchObject({
        code: 'ERR_CARAPACE_FS_NO_SPACE',
        rule: 'free-space-floor',
      });
    }
    expect(readdirSync(tree.inside)).toEqual(['a.txt']);
  });

  it('shows readers the old or the new content, never a part', async () => {
    await using tree = await createTempTree({ 'a.txt': 'x'.repeat(100_000) });
    using root = await openRoot(tree.inside, containment, ALL);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    const seen = new Set<string>();
    const writing = (async () => {
      for (let round = 0; round < 40; round += 1)
        await write(broker, '/docs/a.txt', 'xy'.charAt(round % 2).repeat(100_000));
    })();
    let isOver = false;
    void writing.then(() => {
      isOver = true;
    });
    while (!isOver) {
      const text = readFileSync(join(tree.inside, 'a.txt'), 'utf8');
      seen.add(`${text.length} ${new Set(text).size}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await writing;
    expect([...seen]).toEqual(['100000 1']);
    expect(existsSync(join(tree.inside, 'a.txt'))).toBe(true);
  });
});
