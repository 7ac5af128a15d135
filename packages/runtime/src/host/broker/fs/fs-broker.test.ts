import { link, mkdir, rename, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FsOp } from '../../../protocol/messages.ts';
import { ask, METHODS, OPENING, perform } from './fixtures/ask-broker.ts';
import {
  CONTAINMENTS,
  codeOf,
  createTempTree,
  grantOf,
  openFdCount,
  openRoot,
  powersOf,
  textOf,
  UNLIMITED,
} from './fixtures/temp-tree.ts';
import { createFsBroker } from './fs-broker.ts';
import type { FsAccess } from './mount-grant.ts';
import { openMountRoot } from './open-mount-root.ts';

describe.each(CONTAINMENTS)('createFsBroker (%s)', (containment) => {
  it('reads, lists and looks at granted entries', async () => {
    await using tree = await createTempTree({ 'a.txt': 'hello', 'sub/b.txt': 'b' });
    await utimes(join(tree.inside, 'a.txt'), 1_700_000_000.75, 1_700_000_000.75);
    using root = await openRoot(tree.inside, containment);
    await using broker = createFsBroker([root], { meter: UNLIMITED });

    const read = await ask(broker, 'readFile', '/docs/a.txt');
    expect(await textOf(read)).toBe('hello');
    expect(read.trail).toEqual({ mount: 'docs', target: '/docs/a.txt', containment, bytes: 5 });

    const entries = [
      { name: 'a.txt', kind: 'file' },
      { name: 'sub', kind: 'directory' },
    ];
    for (const path of ['/docs', '/docs/']) {
      expect(await ask(broker, 'readdir', path)).toMatchObject({ kind: 'done', value: { entries, truncated: false } });
    }
    expect(await ask(broker, 'stat', '/docs/a.txt')).toMatchObject({
      value: { kind: 'file', size: 5, mtimeMs: 1_700_000_000_000 },
    });
    expect(await ask(broker, 'stat', '/docs/sub/')).toMatchObject({ value: { kind: 'directory', size: 0 } });
    expect(codeOf(await ask(broker, 'exists', '/docs/sub'))).toBe('done');
    expect(codeOf(await ask(broker, 'read', '/docs/a.txt'))).toBe('done');
  });

  it('tells nothing more than kind, size and time', async () => {
    await using tree = await createTempTree({ 'a.txt': 'hello' });
    using root = await openRoot(tree.inside, containment);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    const outcome = await ask(broker, 'stat', '/docs/a.txt');
    const value = outcome.kind === 'done' ? outcome.value : undefined;
    expect(Object.keys(Object(value)).toSorted()).toEqual(['kind', 'mtimeMs', 'size']);
  });

  it.each([
    ['readFile', '/docs/sub', 'ERR_CARAPACE_FS_IS_DIRECTORY'],
    ['readdir', '/docs/a.txt', 'ERR_CARAPACE_FS_NOT_DIRECTORY'],
    ['stat', '/docs/a.txt/', 'ERR_CARAPACE_FS_NOT_DIRECTORY'],
    ['readFile', '/docs/none', 'ERR_CARAPACE_FS_NOT_FOUND'],
    ['readFile', '/docs/a.txt/x', 'ERR_CARAPACE_FS_NOT_FOUND'],
    ['stat', '/docs/none', 'ERR_CARAPACE_FS_NOT_FOUND'],
    ['readdir', '/docs/none', 'ERR_CARAPACE_FS_NOT_FOUND'],
    ['exists', '/docs/none', 'ERR_CARAPACE_FS_NOT_FOUND'],
    ['readFile', '/other/a.txt', 'ERR_CARAPACE_PERMISSION_FS_SCOPE'],
    ['readFile', '/docsx/a.txt', 'ERR_CARAPACE_PERMISSION_FS_SCOPE'],
    ['stat', '/__proto__/a', 'ERR_CARAPACE_PERMISSION_FS_SCOPE'],
    ['write', '/docs/a.txt', 'ERR_CARAPACE_PERMISSION_FS_ACCESS'],
  ] as const)('%s %s gives %s', async (method, path, code) => {
    await using tree = await createTempTree({ 'a.txt': 'a', 'sub/b.txt': 'b' });
    using root = await openRoot(tree.inside, containment);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    expect(codeOf(await ask(broker, method, path))).toBe(code);
  });

  it.each(OPENING)('%s refuses links, hard links and a replaced root alike', async (method) => {
    await using tree = await createTempTree({ 'sub/a.txt': 'a' });
    await symlink('../data-outside', join(tree.inside, 'out'));
    await symlink('sub', join(tree.inside, 'in'));
    await link(join(tree.outside, 'canary.txt'), join(tree.inside, 'hard'));
    using root = await openRoot(tree.inside, containment);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    for (const path of ['/docs/out', '/docs/out/canary.txt', '/docs/in', '/docs/in/a.txt', '/docs/hard']) {
      expect(codeOf(await ask(broker, method, path)), path).toBe('ERR_CARAPACE_PERMISSION_FS_LINK');
    }
    await rename(tree.inside, `${tree.inside}-away`);
    await symlink(tree.outside, tree.inside);
    expect(codeOf(await ask(broker, method, '/docs/canary.txt'))).toBe('ERR_CARAPACE_PERMISSION_FS_ROOT_CHANGED');
  });

  it.each([
    [['read'], ['readFile', 'stat', 'exists', 'read'], ['readdir', 'write']],
    [['list'], ['stat', 'exists'], ['readFile', 'read', 'write']],
    [['create', 'delete'], [], METHODS],
    [[], [], METHODS],
  ] as const)('with access %j allows %j on a file and refuses %j', async (access, allowed, refused) => {
    await using tree = await createTempTree({ 'a.txt': 'a' });
    using root = await openRoot(tree.inside, containment, { access: new Set<FsAccess>(access) });
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    for (const method of allowed) expect(codeOf(await ask(broker, method, '/docs/a.txt'))).toBe('done');
    for (const method of refused) {
      expect(codeOf(await ask(broker, method, '/docs/a.txt'))).toBe('ERR_CARAPACE_PERMISSION_FS_ACCESS');
    }
  });

  it('asks for list, not read, to call a directory readable', async () => {
    await using tree = await createTempTree();
    using root = await openRoot(tree.inside, containment, { access: new Set(['read']) });
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    expect(codeOf(await ask(broker, 'read', '/docs'))).toBe('ERR_CARAPACE_PERMISSION_FS_ACCESS');
    expect(codeOf(await ask(broker, 'exists', '/docs'))).toBe('done');
  });

  it('leaves out names that cannot be asked for', async () => {
    await using tree = await createTempTree({ 'ok é.txt': 'a' });
    for (const name of ['line\nbreak', 'esc\u001b[2J', 'bidi\u202etxt', 'back\\slash']) {
      await writeFile(join(tree.inside, name), '');
    }
    await writeFile(Buffer.concat([Buffer.from(`${tree.inside}/bad`), Buffer.from([0xff])]), '');
    await writeFile(Buffer.concat([Buffer.from(`${tree.inside}/sur`), Buffer.from([0xed, 0xa0, 0x80])]), '');
    using root = await openRoot(tree.inside, containment);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    expect(await ask(broker, 'readdir', '/docs')).toMatchObject({ value: { entries: [{ name: 'ok é.txt' }] } });
  });

  it('has as many descriptors after 1,000 operations as before', async () => {
    await using tree = await createTempTree({ 'a.txt': 'a', 'sub/b.txt': 'b' });
    await symlink('a.txt', join(tree.inside, 'link'));
    using root = await openRoot(tree.inside, containment);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    const paths = [
      '/',
      '/docs',
      '/docs/a.txt',
      '/docs/sub',
      '/docs/none',
      '/docs/link',
      '/docs/link/x',
      '/docs/a.txt/x',
    ];
    const before = openFdCount();
    for (let index = 0; index < 1_000; index += 1) {
      const method = METHODS[index % METHODS.length] ?? 'stat';
      await ask(broker, method, paths[Math.floor(index / METHODS.length) % paths.length] ?? '/');
    }
    expect(openFdCount()).toBe(before);
  });

  it('keeps host paths out of every answer', async () => {
    await using tree = await createTempTree({ 'a.txt': 'a' });
    await mkdir(join(tree.inside, 'sub'));
    await symlink(tree.outside, join(tree.inside, 'link'));
    using root = await openRoot(tree.inside, containment);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    for (const method of METHODS) {
      for (const path of ['/', '/docs', '/docs/a.txt', '/docs/none', '/docs/link', '/docs/../a', '/none']) {
        expect(JSON.stringify(await ask(broker, method, path))).not.toContain(tree.base);
      }
    }
  });

  it('turns a failing disk into an I/O code and leaves nothing open', async () => {
    await using tree = await createTempTree({ 'a.txt': 'a' });
    const failure = (): Promise<never> =>
      Promise.reject(Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO', syscall: 'read' }));
    const powers = { ...(await powersOf(containment)), read: failure, openNames: failure };
    using root = await openMountRoot(grantOf(tree.inside), powers);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    const before = openFdCount();
    expect(codeOf(await ask(broker, 'readFile', '/docs/a.txt'))).toBe('ERR_CARAPACE_FS_IO');
    expect(codeOf(await ask(broker, 'readdir', '/docs'))).toBe('ERR_CARAPACE_FS_IO');
    expect(openFdCount()).toBe(before);
  });
});

describe('the virtual root', () => {
  it('lists the mounts and is nothing but a directory', async () => {
    await using tree = await createTempTree();
    using first = await openRoot(tree.inside, 'kernel', { mount: 'zoo' });
    using second = await openRoot(tree.inside, 'kernel', { mount: 'ant' });
    await using broker = createFsBroker([first, second], { meter: UNLIMITED });
    expect(await ask(broker, 'readdir', '/')).toMatchObject({
      value: {
        entries: [
          { name: 'ant', kind: 'directory' },
          { name: 'zoo', kind: 'directory' },
        ],
        truncated: false,
      },
      trail: { target: '/', bytes: 0 },
    });
    expect(await ask(broker, 'stat', '/')).toMatchObject({ value: { kind: 'directory', size: 0, mtimeMs: 0 } });
    expect(codeOf(await ask(broker, 'read', '/'))).toBe('done');
    expect(codeOf(await ask(broker, 'write', '/'))).toBe('ERR_CARAPACE_PERMISSION_FS_ACCESS');
    expect(codeOf(await ask(broker, 'readFile', '/'))).toBe('ERR_CARAPACE_FS_IS_DIRECTORY');
    const changes: readonly (readonly [FsOp, string])[] = [
      [{ family: 'fs', method: 'writeFile', path: '/', mode: 'replace' }, 'is-directory'],
      [{ family: 'fs', method: 'truncate', path: '/', length: 0 }, 'is-directory'],
      [{ family: 'fs', method: 'open', path: '/', flags: 'w' }, 'is-directory'],
      [{ family: 'fs', method: 'copyFile', path: '/', to: '/zoo/a', exclusive: false }, 'is-directory'],
      [{ family: 'fs', method: 'opendir', path: '/' }, 'access-missing'],
    ];
    for (const [op, rule] of changes) expect(await perform(broker, op)).toMatchObject({ kind: 'refused', rule });
  });

  it('refuses two mounts of one name', async () => {
    await using tree = await createTempTree();
    using root = await openRoot(tree.inside, 'kernel');
    expect(() => createFsBroker([root, root], { meter: UNLIMITED })).toThrow(
      expect.objectContaining({ code: 'ERR_CARAPACE_RUNTIME_MOUNT_DUPLICATE' }),
    );
  });

  it('cuts a long path in the trail', async () => {
    await using broker = createFsBroker([], { meter: UNLIMITED });
    const outcome = await ask(broker, 'stat', `/${'a'.repeat(100_000)}`);
    expect(outcome).toMatchObject({ code: 'ERR_CARAPACE_FS_BAD_PATH' });
    expect(outcome.trail?.target).toHaveLength(4096);
  });
});
