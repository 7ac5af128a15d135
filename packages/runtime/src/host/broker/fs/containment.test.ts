import { describe, expect, it } from 'vitest';
import type { OpenResult } from '../../native/linux-syscalls.ts';
import { createTempTree, grantOf, openFdCount, powersOf } from './fixtures/temp-tree.ts';
import type { FsPowers, OpenBeneath } from './fs-powers.ts';
import { openBeneath } from './open-beneath.ts';
import { openMountRoot } from './open-mount-root.ts';

async function withOpenat2(open: OpenBeneath): Promise<FsPowers> {
  return { ...(await powersOf('walk')), openBeneath: { kind: 'available', open } };
}

describe('chooseContainment', () => {
  it.each(['ENOSYS', 'EPERM'])('walks and says so when openat2 fails with %s', async (errno) => {
    await using tree = await createTempTree({ 'a.txt': 'a' });
    const powers = await withOpenat2(() => ({ kind: 'failed', errno }));
    using root = await openMountRoot(grantOf(tree.inside), powers);
    expect(root.containment).toEqual({ kind: 'walk', reason: `openat2 failed with ${errno}` });
    const entry = openBeneath(root, { components: ['a.txt'], mustBeDirectory: false }, 'file');
    expect(entry.kind).toBe('file');
    if (entry.kind !== 'refused') entry.handle[Symbol.dispose]();
  });

  it('walks when openat2 is emulated by something that ignores its rules', async () => {
    await using tree = await createTempTree();
    const walk = await powersOf('walk');
    const before = openFdCount();
    const powers = await withOpenat2((fd, path, flags) => walk.open(`/proc/self/fd/${fd}/${path}`, flags));
    const root = await openMountRoot(grantOf(tree.inside), powers);
    expect(root.containment).toEqual({ kind: 'walk', reason: 'openat2 ignored RESOLVE_BENEATH' });
    root[Symbol.dispose]();
    expect(openFdCount()).toBe(before);
  });

  it('passes on why openat2 cannot be called', async () => {
    await using tree = await createTempTree();
    using root = await openMountRoot(grantOf(tree.inside), await powersOf('walk'));
    expect(root.containment).toEqual({ kind: 'walk', reason: 'the test asks for the walk' });
  });
});

describe('pinByKernel', () => {
  async function openWithEagain(failures: number): Promise<{ kind: string; rule?: string; calls: number }> {
    await using tree = await createTempTree({ 'a.txt': 'a' });
    const { openBeneath: native } = await powersOf('kernel');
    if (native.kind === 'unavailable') throw new Error(native.reason);
    let calls = 0;
    const open = (fd: number, path: string, flags: number): OpenResult => {
      if (path !== 'a.txt') return native.open(fd, path, flags);
      calls += 1;
      return calls <= failures ? { kind: 'failed', errno: 'EAGAIN' } : native.open(fd, path, flags);
    };
    using root = await openMountRoot(grantOf(tree.inside), await withOpenat2(open));
    const entry = openBeneath(root, { components: ['a.txt'], mustBeDirectory: false }, 'file');
    if (entry.kind === 'refused') return { kind: entry.kind, rule: entry.rule, calls };
    entry.handle[Symbol.dispose]();
    return { kind: entry.kind, calls };
  }

  it('tries again when a rename raced with the resolution', async () => {
    expect(await openWithEagain(15)).toEqual({ kind: 'file', calls: 16 });
  });

  it('gives up after 16 attempts instead of racing for ever', async () => {
    expect(await openWithEagain(Number.POSITIVE_INFINITY)).toEqual({
      kind: 'refused',
      rule: 'race-persisted',
      calls: 16,
    });
  });
});
