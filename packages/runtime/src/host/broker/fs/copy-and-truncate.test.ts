import { readFileSync, statSync } from 'node:fs';
import { chmod, link, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FsOp } from '../../../protocol/messages.ts';
import { ask, perform } from './fixtures/ask-broker.ts';
import { ALL, copyOp, EVERYTHING, namesBelow, ruleOf, rulesOf } from './fixtures/change-ops.ts';
import { CONTAINMENTS, createTempTree, openRoot, UNLIMITED } from './fixtures/temp-tree.ts';
import { createFsBroker } from './fs-broker.ts';
import type { FsAccess } from './mount-grant.ts';

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
