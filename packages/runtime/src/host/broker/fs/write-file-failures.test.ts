import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FsOp } from '../../../protocol/messages.ts';
import { perform } from './fixtures/ask-broker.ts';
import { ALL, namesBelow, ruleOf, write } from './fixtures/change-ops.ts';
import { close, openDone } from './fixtures/handle-ops.ts';
import {
  CONTAINMENTS,
  createTempTree,
  grantOf,
  openFdCount,
  openRoot,
  powersOf,
  UNLIMITED,
} from './fixtures/temp-tree.ts';
import { createFsBroker } from './fs-broker.ts';
import type { FsAccess } from './mount-grant.ts';
import { openMountRoot } from './open-mount-root.ts';

describe.each(CONTAINMENTS)('writeFile, when things change meanwhile (%s)', (containment) => {
  it.each(['write', 'sync', 'rename'] as const)('leaves the old file when the disk fails in %s', async (power) => {
    await using tree = await createTempTree({ 'a.txt': 'old' });
    const failure = (): Promise<never> =>
      Promise.reject(Object.assign(new Error(`ENOSPC: no space left, ${power}`), { code: 'ENOSPC', syscall: power }));
    const powers = { ...(await powersOf(containment)), [power]: failure };
    using root = await openMountRoot(grantOf(tree.inside, ALL), powers);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    const before = openFdCount();
    expect(await write(broker, '/docs/a.txt', 'newer')).toMatchObject({
      code: 'ERR_CARAPACE_FS_NO_SPACE',
      rule: 'disk-full',
    });
    expect(readFileSync(join(tree.inside, 'a.txt'), 'utf8')).toBe('old');
    expect(readdirSync(tree.inside)).toEqual(['a.txt']);
    expect(openFdCount()).toBe(before);
  });

  it.each(['write', 'truncate'] as const)('keeps the old file when a %s of an open one failed', async (power) => {
    await using tree = await createTempTree({ 'a.txt': 'old' });
    const failure = (): Promise<never> =>
      Promise.reject(Object.assign(new Error(`ENOSPC: no space left, ${power}`), { code: 'ENOSPC', syscall: power }));
    using root = await openMountRoot(grantOf(tree.inside, ALL), { ...(await powersOf(containment)), [power]: failure });
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    const handle = await openDone(broker, '/docs/a.txt', 'w');
    const op: FsOp =
      power === 'write'
        ? { family: 'fs', method: 'write', handle }
        : { family: 'fs', method: 'ftruncate', handle, length: 9 };
    expect(ruleOf(await perform(broker, op, power === 'write' ? 'new' : ''))).toBe('disk-full');
    // The guest that closes all the same is told why nothing came of it.
    expect(ruleOf(await close(broker, handle))).toBe('disk-full');
    expect(readFileSync(join(tree.inside, 'a.txt'), 'utf8')).toBe('old');
    expect(readdirSync(tree.inside)).toEqual(['a.txt']);
  });

  it('goes on where a file system cannot sync', async () => {
    await using tree = await createTempTree({ 'a.txt': 'old' });
    const sync = (): Promise<never> =>
      Promise.reject(Object.assign(new Error('EINVAL: invalid argument, fdatasync'), { code: 'EINVAL', syscall: 'x' }));
    using root = await openMountRoot(grantOf(tree.inside, ALL), { ...(await powersOf(containment)), sync });
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    expect(ruleOf(await write(broker, '/docs/a.txt', 'newer'))).toBe('done');
  });

  it('of two calls at once ends with the whole content of one', async () => {
    await using tree = await createTempTree();
    using one = await openRoot(tree.inside, containment, ALL);
    using two = await openRoot(tree.inside, containment, ALL);
    await using first = createFsBroker([one], { meter: UNLIMITED });
    await using second = createFsBroker([two], { meter: UNLIMITED });
    for (let round = 0; round < 20; round += 1) {
      const writes = [
        write(first, '/docs/a.txt', 'x'.repeat(50_000)),
        write(second, '/docs/a.txt', 'y'.repeat(50_000)),
      ];
      expect((await Promise.all(writes)).map(ruleOf)).toEqual(['done', 'done']);
      const text = readFileSync(join(tree.inside, 'a.txt'), 'utf8');
      expect([text.length, new Set(text).size]).toEqual([50_000, 1]);
    }
    expect(readdirSync(tree.inside)).toEqual(['a.txt']);
  });

  it('needs the right to create what vanished while it was written, and claims a name that nobody took', async () => {
    await using tree = await createTempTree({ 'a.txt': 'old' });
    const real = await powersOf(containment);
    const powers = {
      ...real,
      write: async (fd: number, bytes: Uint8Array, position: number) => {
        await rm(join(tree.inside, 'a.txt'), { force: true });
        return await real.write(fd, bytes, position);
      },
    };
    const rules: string[] = [];
    for (const word of ['write', 'create'] as const) {
      using root = await openMountRoot(grantOf(tree.inside, { access: new Set<FsAccess>([word]) }), powers);
      await using broker = createFsBroker([root], { meter: UNLIMITED });
      rules.push(ruleOf(await write(broker, '/docs/a.txt', 'new')));
    }
    expect(rules).toEqual(['access-missing', 'done']);
    expect(readFileSync(join(tree.inside, 'a.txt'), 'utf8')).toBe('new');
    expect(readdirSync(tree.inside)).toEqual(['a.txt']);
  });

  it('loses the name to who takes it between the last look and the move', async () => {
    await using tree = await createTempTree();
    using root = await openRoot(tree.inside, containment, { access: new Set<FsAccess>(['create']) });
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    const released = Promise.withResolvers<void>();
    const held = root.changes.take(() => released.promise);
    const writing = write(broker, '/docs/a.txt', 'ours');
    // The write waits for its turn to take the name; its last look is over when only the turn is missing.
    await new Promise((resolve) => setTimeout(resolve, 50));
    await writeFile(join(tree.inside, 'a.txt'), 'theirs');
    released.resolve();
    await held;
    expect(['exists', 'access-missing']).toContain(ruleOf(await writing));
    expect(readFileSync(join(tree.inside, 'a.txt'), 'utf8')).toBe('theirs');
    expect(readdirSync(tree.inside)).toEqual(['a.txt']);
  });

  it('goes on after a short write', async () => {
    await using tree = await createTempTree();
    const real = await powersOf(containment);
    const powers = {
      ...real,
      write: (fd: number, bytes: Uint8Array, position: number) => real.write(fd, bytes.subarray(0, 3), position),
    };
    using root = await openMountRoot(grantOf(tree.inside, ALL), powers);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    expect(ruleOf(await write(broker, '/docs/a.txt', '0123456789'))).toBe('done');
    expect(readFileSync(join(tree.inside, 'a.txt'), 'utf8')).toBe('0123456789');
  });

  it('does not replace a file that came up meanwhile without the right to', async () => {
    await using tree = await createTempTree();
    const real = await powersOf(containment);
    const intrude = join(tree.inside, 'a.txt');
    const powers = {
      ...real,
      write: async (fd: number, bytes: Uint8Array, position: number) => {
        await writeFile(intrude, 'theirs');
        return await real.write(fd, bytes, position);
      },
    };
    const access = new Set<FsAccess>(['create']);
    using root = await openMountRoot(grantOf(tree.inside, { access }), powers);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    expect(ruleOf(await write(broker, '/docs/a.txt', 'ours'))).toBe('access-missing');
    expect(readFileSync(intrude, 'utf8')).toBe('theirs');
    expect(readdirSync(tree.inside)).toEqual(['a.txt']);
  });

  it('does not follow its directory to another place', async () => {
    await using tree = await createTempTree({ 'sub/b.txt': 'b' });
    const real = await powersOf(containment);
    const powers = {
      ...real,
      write: async (fd: number, bytes: Uint8Array, position: number) => {
        await rename(join(tree.inside, 'sub'), join(tree.inside, 'moved'));
        await mkdir(join(tree.inside, 'sub'));
        return await real.write(fd, bytes, position);
      },
    };
    using root = await openMountRoot(grantOf(tree.inside, { access: new Set<FsAccess>(['create']) }), powers);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    expect(ruleOf(await write(broker, '/docs/sub/a.txt', 'x'))).toBe('not-found');
    expect(namesBelow(tree)).toEqual(['moved', 'moved/b.txt', 'sub']);
  });

  it('of a call that has ended changes nothing', async () => {
    await using tree = await createTempTree({ 'a.txt': 'old' });
    const real = await powersOf(containment);
    const reached = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    const powers = {
      ...real,
      write: async (fd: number, bytes: Uint8Array, position: number) => {
        reached.resolve();
        await released.promise;
        return await real.write(fd, bytes, position);
      },
    };
    using root = await openMountRoot(grantOf(tree.inside, ALL), powers);
    const broker = createFsBroker([root], { meter: UNLIMITED });
    const before = openFdCount();
    const writing = write(broker, '/docs/a.txt', 'newer');
    await reached.promise;
    const ending = broker[Symbol.asyncDispose]();
    released.resolve();
    await ending;
    // The end of the broker is the end of what it did.
    expect(openFdCount()).toBe(before);
    expect(ruleOf(await writing)).toBe('broker-closed');
    expect(readFileSync(join(tree.inside, 'a.txt'), 'utf8')).toBe('old');
    expect(readdirSync(tree.inside)).toEqual(['a.txt']);
    expect(openFdCount()).toBe(before);
  });
});
