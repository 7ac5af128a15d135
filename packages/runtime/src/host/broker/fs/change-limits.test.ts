import { existsSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FsOp } from '../../../protocol/messages.ts';
import { perform } from './fixtures/ask-broker.ts';
import { ALL, copyOp, mkdirOp, namesBelow, renameOp, rmOp, ruleOf, rulesOf } from './fixtures/change-ops.ts';
import {
  CONTAINMENTS,
  createTempTree,
  grantOf,
  openRoot,
  powersOf,
  type TempTree,
  UNLIMITED,
} from './fixtures/temp-tree.ts';
import { createFsBroker } from './fs-broker.ts';
import type { FsPowers } from './fs-powers.ts';
import type { FsAccess } from './mount-grant.ts';
import { openMountRoot } from './open-mount-root.ts';

describe.each(CONTAINMENTS)('what a move may come to (%s)', (containment) => {
  it('is judged by where everything will stand, not only the directory', async () => {
    await using tree = await createTempTree({ 'tools/.bin/tsc': '', 'a/b/c': '', 'file.txt': '' });
    await mkdir(join(tree.inside, 'x/y'), { recursive: true });
    using root = await openRoot(tree.inside, containment, ALL);
    await using broker = createFsBroker([root], { meter: UNLIMITED, limits: { maxWriteDepth: 3 } });
    const rules = await rulesOf(broker, [
      renameOp('/docs/tools', '/docs/node_modules'),
      renameOp('/docs/a', '/docs/x/a'),
      renameOp('/docs/file.txt', '/docs/x/y/z/file.txt'),
      renameOp('/docs/file.txt', '/docs/x/y/file.txt'),
    ]);
    expect(rules).toEqual(['dangerous-name', 'write-depth', 'write-depth', 'done']);
  });

  it('and what is made stays within the depth, by every way of making it', async () => {
    await using tree = await createTempTree({ 'sub/old.txt': 'old', 'a.txt': 'a' });
    using root = await openRoot(tree.inside, containment, ALL);
    await using broker = createFsBroker([root], { meter: UNLIMITED, limits: { maxWriteDepth: 1 } });
    const path = '/docs/sub/new';
    const ops: readonly FsOp[] = [
      ...(['replace', 'create', 'append'] as const).map(
        (mode): FsOp => ({ family: 'fs', method: 'writeFile', path, mode }),
      ),
      ...(['w', 'w+', 'wx', 'wx+', 'a', 'a+', 'ax', 'ax+'] as const).map(
        (flags): FsOp => ({ family: 'fs', method: 'open', path, flags }),
      ),
      mkdirOp(path),
      mkdirOp(path, true),
      copyOp('/docs/a.txt', path),
      renameOp('/docs/a.txt', path),
    ];
    expect(new Set(await rulesOf(broker, ops))).toEqual(new Set(['write-depth']));
    expect(readdirSync(join(tree.inside, 'sub'))).toEqual(['old.txt']);
  });

  it('claims the new name first where nothing may be replaced', async () => {
    await using tree = await createTempTree({ 'a.txt': 'a' });
    const real = await powersOf(containment);
    const claimed: boolean[] = [];
    const powers: FsPowers = {
      ...real,
      rename: async (from, to) => {
        claimed.push(existsSync(join(tree.inside, 'b.txt')));
        await real.rename(from, to);
      },
    };
    using root = await openMountRoot(grantOf(tree.inside, { access: new Set<FsAccess>(['create', 'delete']) }), powers);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    expect(await rulesOf(broker, [renameOp('/docs/a.txt', '/docs/b.txt')])).toEqual(['done']);
    expect(claimed).toEqual([true]);
    expect(readdirSync(tree.inside)).toEqual(['b.txt']);
  });
});

/** Performs `op`, and ends the broker when the named power is used for the first time. */
async function endDuring(
  tree: TempTree,
  real: FsPowers,
  power: 'removeFile' | 'read' | 'makeDirectory',
  op: FsOp,
): Promise<string> {
  let end = (): void => undefined;
  const powers: FsPowers = {
    ...real,
    removeFile: (path) => during('removeFile', () => real.removeFile(path)),
    read: (fd, into, position) => during('read', () => real.read(fd, into, position)),
    makeDirectory: (path, mode) => during('makeDirectory', () => real.makeDirectory(path, mode)),
  };
  function during<Value>(name: string, work: () => Value): Value {
    if (name === power) end();
    return work();
  }
  using root = await openMountRoot(grantOf(tree.inside, ALL), powers);
  const broker = createFsBroker([root], { meter: UNLIMITED, limits: { maxHandleReadBytes: 4 } });
  const { promise, resolve } = Promise.withResolvers<void>();
  end = () => resolve(broker[Symbol.asyncDispose]());
  const answer = await perform(broker, op);
  await promise;
  return ruleOf(answer);
}

describe.each(CONTAINMENTS)('a call that ends in the middle (%s)', (containment) => {
  it.each([
    ['removeFile', rmOp('/docs/tree', 'any', true), (left: readonly string[]) => left.length >= 4],
    ['read', copyOp('/docs/long.txt', '/docs/copy.txt'), (left: readonly string[]) => !left.includes('copy.txt')],
    ['read', copyOp('/docs/short.txt', '/docs/copy.txt'), (left: readonly string[]) => !left.includes('copy.txt')],
    ['makeDirectory', mkdirOp('/docs/a/b/c', true), (left: readonly string[]) => !left.includes('a/b')],
  ] as const)('of %s stops there: %j', async (power, op, isAsExpected) => {
    await using tree = await createTempTree({
      'tree/1': '',
      'tree/2': '',
      'tree/3': '',
      'long.txt': '0123456789',
      'short.txt': '01',
    });
    expect(await endDuring(tree, await powersOf(containment), power, op)).toBe('broker-closed');
    expect(isAsExpected(namesBelow(tree))).toBe(true);
  });
});
