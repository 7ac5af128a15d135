import { mkdir, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONTAINMENTS, createTempTree, grantOf, openFdCount, openRoot, powersOf } from './fixtures/temp-tree.ts';
import type { FileFacts } from './fs-powers.ts';
import { openMountRoot } from './open-mount-root.ts';

describe.each(CONTAINMENTS)('openMountRoot (%s)', (containment) => {
  it('holds one descriptor until disposed, and may be disposed twice', async () => {
    await using tree = await createTempTree();
    const powers = await powersOf(containment);
    const before = openFdCount();
    const root = await openMountRoot(grantOf(tree.inside), powers);
    expect(root.containment.kind).toBe(containment);
    expect(root.check().kind).toBe('pinned');
    expect(openFdCount()).toBe(before + 1);
    root[Symbol.dispose]();
    root[Symbol.dispose]();
    expect(openFdCount()).toBe(before);
    expect(root.check()).toMatchObject({ code: 'ERR_CARAPACE_PERMISSION_FS_ROOT_CHANGED', rule: 'root-closed' });
  });

  it('follows a link in the operator’s own path once, at grant time', async () => {
    await using tree = await createTempTree();
    const link = join(tree.base, 'granted');
    await symlink(tree.inside, link);
    using root = await openRoot(link, containment);
    await rm(link);
    await symlink(tree.outside, link);
    expect(root.check().kind).toBe('pinned');
  });

  it.each([
    ['another directory', (tree: { inside: string }) => mkdir(tree.inside)],
    ['a link to another directory', (tree: { inside: string; outside: string }) => symlink(tree.outside, tree.inside)],
    ['a link to the same directory', (tree: { inside: string }) => symlink(`${tree.inside}-away`, tree.inside)],
    ['nothing', () => Promise.resolve()],
  ])('refuses a root that was renamed away and replaced by %s', async (_what, replace) => {
    await using tree = await createTempTree();
    using root = await openRoot(tree.inside, containment);
    await rename(tree.inside, `${tree.inside}-away`);
    await replace(tree);
    expect(root.check()).toMatchObject({ kind: 'refused', rule: 'root-changed' });
  });
});

describe('openMountRoot', () => {
  it('refuses a root whose path leads to the same inode number on another device', async () => {
    await using tree = await createTempTree();
    const powers = await powersOf('kernel');
    let mountedOver = false;
    const lstat = (path: string): FileFacts => {
      const facts = powers.lstat(path);
      return mountedOver ? { ...facts, device: facts.device + 1n } : facts;
    };
    using root = await openMountRoot(grantOf(tree.inside), { ...powers, lstat });
    expect(root.check().kind).toBe('pinned');
    mountedOver = true;
    expect(root.check()).toMatchObject({ rule: 'root-changed' });
  });

  it('refuses a missing path, a file and a relative path, and leaves nothing open', async () => {
    await using tree = await createTempTree({ 'a.txt': 'a' });
    const powers = await powersOf('kernel');
    const before = openFdCount();
    for (const path of [join(tree.inside, 'none'), join(tree.inside, 'a.txt'), '.']) {
      await expect(openMountRoot(grantOf(path), powers)).rejects.toMatchObject({
        code: 'ERR_CARAPACE_RUNTIME_MOUNT_ROOT',
      });
    }
    expect(openFdCount()).toBe(before);
  });

  it('refuses a platform without a containment class', async () => {
    const powers = { ...(await powersOf('walk')), platform: 'win32' };
    await expect(openMountRoot(grantOf('/tmp'), powers)).rejects.toMatchObject({
      code: 'ERR_CARAPACE_RUNTIME_MOUNT_PLATFORM',
    });
  });

  it('refuses when procfs does not lead back to the descriptor', async () => {
    await using tree = await createTempTree();
    const powers = await powersOf('walk');
    const before = openFdCount();
    const strayed = {
      ...powers,
      open: (path: string, flags: number) => powers.open(path.startsWith('/proc/') ? tree.outside : path, flags),
    };
    const absent = { ...powers, mountId: () => undefined };
    for (const broken of [strayed, absent]) {
      await expect(openMountRoot(grantOf(tree.inside), broken)).rejects.toMatchObject({
        code: 'ERR_CARAPACE_RUNTIME_MOUNT_PROCFS',
      });
    }
    expect(openFdCount()).toBe(before);
  });
});
