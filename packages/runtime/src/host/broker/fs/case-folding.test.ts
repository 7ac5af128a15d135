import { link } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTempTree, grantOf, openFdCount, powersOf } from './fixtures/temp-tree.ts';
import type { FsPowers } from './fs-powers.ts';
import { openMountRoot } from './open-mount-root.ts';

/** The machine as it would be on a filesystem that ignores case; all names on disk are lower case. */
async function foldingPowers(): Promise<FsPowers> {
  const powers = await powersOf('walk');
  return {
    ...powers,
    open: (path, flags) =>
      powers.open(
        path.replace(/[^/]+$/, (name) => name.toLowerCase()),
        flags,
      ),
  };
}

describe('a mount root on a filesystem that ignores case', () => {
  it.each([{ 'private/a.txt': 'a' }, { 'é.txt': 'a' }, { '1': 'a', 'b.txt': 'b' }])('is refused: %j', async (files) => {
    await using tree = await createTempTree(files);
    const powers = await foldingPowers();
    const before = openFdCount();
    await expect(openMountRoot(grantOf(tree.inside), powers)).rejects.toMatchObject({
      code: 'ERR_CARAPACE_RUNTIME_MOUNT_CASE',
    });
    expect(openFdCount()).toBe(before);
  });

  it('is opened when the grant says that folding is accepted', async () => {
    await using tree = await createTempTree({ 'private/a.txt': 'a' });
    using root = await openMountRoot(grantOf(tree.inside, { allowCaseFolding: true }), await foldingPowers());
    expect(root.check().kind).toBe('pinned');
  });
});

describe('a mount root on a filesystem that keeps case', () => {
  it('is opened, also with hard links that differ in case only', async () => {
    await using tree = await createTempTree({ 'a.txt': 'a', 'private/b.txt': 'b' });
    await link(join(tree.inside, 'a.txt'), join(tree.inside, 'A.TXT'));
    using root = await openMountRoot(grantOf(tree.inside), await powersOf('walk'));
    expect(root.check().kind).toBe('pinned');
  });

  it('is opened when one of two such hard links is not among the names looked at', async () => {
    await using tree = await createTempTree({ 'a.txt': 'a' });
    await link(join(tree.inside, 'a.txt'), join(tree.inside, 'A.TXT'));
    const powers = await powersOf('walk');
    const names = [Buffer.from('a.txt')];
    const oneName: FsPowers = {
      ...powers,
      openNames: () => {
        const left = [...names];
        const next = (): Promise<{ name: Uint8Array; kind: 'file' } | undefined> => {
          const name = left.shift();
          return Promise.resolve(name === undefined ? undefined : { name, kind: 'file' });
        };
        return Promise.resolve({ next, [Symbol.asyncDispose]: () => Promise.resolve() });
      },
    };
    using root = await openMountRoot(grantOf(tree.inside), oneName);
    expect(root.check().kind).toBe('pinned');
  });

  it('is opened when it is empty or cannot be listed', async () => {
    await using tree = await createTempTree();
    const powers = await powersOf('walk');
    const denied: FsPowers = {
      ...powers,
      openNames: () => Promise.reject(Object.assign(new Error('denied'), { code: 'EACCES', syscall: 'opendir' })),
    };
    for (const given of [powers, denied]) {
      using root = await openMountRoot(grantOf(tree.inside), given);
      expect(root.check().kind).toBe('pinned');
    }
  });
});
