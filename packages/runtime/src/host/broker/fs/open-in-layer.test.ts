import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, link, mkdir, symlink, unlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONTAINMENTS, type ContainmentClass, createTempTree, openFdCount, openRoot } from './fixtures/temp-tree.ts';
import type { MountGrant } from './mount-grant.ts';
import { type OpenIntent, openInLayer } from './open-in-layer.ts';

/** What the gate says about `path`, as a rule or as the kind of what it opened; nothing stays open. */
async function verdict(
  containment: ContainmentClass,
  hostPath: string,
  path: string,
  intent: OpenIntent = 'file',
  overrides: Partial<MountGrant> = {},
): Promise<string> {
  using root = await openRoot(hostPath, containment, overrides);
  const before = openFdCount();
  const components = path.split('/').filter((component) => component !== '');
  const entry = openInLayer(root, { components, mustBeDirectory: path.endsWith('/') }, intent);
  if (entry.kind !== 'refused') entry.handle[Symbol.dispose]();
  expect(openFdCount()).toBe(before);
  return entry.kind === 'refused' ? entry.rule : entry.kind;
}

const isRoot = process.getuid?.() === 0;

describe.each(CONTAINMENTS)('openInLayer (%s)', (containment) => {
  it.each([
    ['a.txt', 'file', 'file'],
    ['a.txt', 'inspect', 'file'],
    ['sub', 'directory', 'directory'],
    ['sub/', 'directory', 'directory'],
    ['sub', 'inspect', 'directory'],
    ['', 'directory', 'directory'],
    ['sub/deep/b.txt', 'file', 'file'],
    ['sub', 'file', 'is-directory'],
    ['', 'file', 'is-directory'],
    ['a.txt', 'directory', 'not-directory'],
    ['a.txt/', 'file', 'not-directory'],
    ['a.txt/', 'inspect', 'not-directory'],
    ['none', 'file', 'not-found'],
    ['sub/none/x', 'file', 'not-found'],
    ['a.txt/x', 'file', 'parent-not-directory'],
    ['A.TXT', 'file', 'not-found'],
    ['a.txt ', 'file', 'not-found'],
    ['a.txt.', 'file', 'not-found'],
    ['%61.txt', 'file', 'not-found'],
  ] as const)('%j for %s gives %s', async (path, intent, expected) => {
    await using tree = await createTempTree({ 'a.txt': 'a', 'sub/deep/b.txt': 'b' });
    expect(await verdict(containment, tree.inside, path, intent)).toBe(expected);
  });

  it.each([
    ['..'],
    ['..', 'data-outside', 'canary.txt'],
    ['sub', '..', 'a'],
    ['../data-outside'],
    ['.'],
    [''],
    ['a\0'],
  ])('refuses components that no parser should hand over: %j %j %j', async (...components) => {
    await using tree = await createTempTree({ 'sub/a.txt': 'a' });
    using root = await openRoot(tree.inside, containment);
    const entry = openInLayer(root, { components, mustBeDirectory: false }, 'inspect');
    expect(entry).toMatchObject({ kind: 'refused', rule: 'component-dots' });
  });

  it.each([
    ['outside.txt', '../data-outside/canary.txt'],
    ['absolute.txt', '/etc/passwd'],
    ['inside.txt', 'a.txt'],
    ['dangling.txt', 'none'],
    ['loop', 'loop'],
    ['magic', '/proc/self/root'],
  ])('refuses the link %s → %s', async (name, target) => {
    await using tree = await createTempTree({ 'a.txt': 'a' });
    await symlink(target, join(tree.inside, name));
    for (const intent of ['file', 'directory', 'inspect'] as const) {
      expect(await verdict(containment, tree.inside, name, intent)).toBe('symlink');
    }
  });

  it.each([
    ['outside', '../data-outside', 'canary.txt'],
    ['inside', 'sub', 'a.txt'],
    ['dangling', 'none', 'a.txt'],
  ])('refuses to pass through the link %s → %s', async (name, target, child) => {
    await using tree = await createTempTree({ 'sub/a.txt': 'a' });
    await symlink(target, join(tree.inside, name));
    expect(await verdict(containment, tree.inside, `${name}/${child}`)).toBe('symlink');
    expect(await verdict(containment, tree.inside, `${name}/`, 'directory')).toBe('symlink');
  });

  it('does not take a sibling with the same prefix for the root', async () => {
    await using tree = await createTempTree();
    expect(await verdict(containment, tree.inside, '-outside/canary.txt')).toBe('not-found');
  });

  it('refuses a hard link for every intent, unless the grant allows it', async () => {
    await using tree = await createTempTree();
    await link(join(tree.outside, 'canary.txt'), join(tree.inside, 'hard.txt'));
    expect(await verdict(containment, tree.inside, 'hard.txt', 'file')).toBe('hard-link');
    expect(await verdict(containment, tree.inside, 'hard.txt', 'inspect')).toBe('hard-link');
    expect(await verdict(containment, tree.inside, 'hard.txt', 'file', { allowHardLinks: true })).toBe('file');
    await unlink(join(tree.outside, 'canary.txt'));
    expect(await verdict(containment, tree.inside, 'hard.txt', 'file')).toBe('file');
  });

  it('refuses a FIFO at once, without a writer', async () => {
    await using tree = await createTempTree();
    execFileSync('mkfifo', [join(tree.inside, 'pipe')]);
    expect(await verdict(containment, tree.inside, 'pipe')).toBe('special-file');
    expect(await verdict(containment, tree.inside, 'pipe', 'inspect')).toBe('special-file');
  });

  it('refuses a socket', async () => {
    await using tree = await createTempTree();
    const server = createServer().listen(join(tree.inside, 'socket'));
    await once(server, 'listening');
    try {
      expect(await verdict(containment, tree.inside, 'socket')).toBe('special-file');
    } finally {
      server.close();
    }
  });

  it('refuses a device', async () => {
    // /dev/null lies on the mount of /dev itself, so that only its type can be the reason.
    expect(await verdict(containment, '/dev', 'null')).toBe('special-file');
  });

  it('refuses another mount below the root, itself and what is in it', async () => {
    expect(await verdict(containment, '/', 'proc', 'directory')).toBe('mount-crossing');
    expect(await verdict(containment, '/', 'proc/version')).toBe('mount-crossing');
    expect(await verdict(containment, '/', 'proc/self/root', 'inspect')).toBe('mount-crossing');
  });

  it.skipIf(isRoot)('says that the operating system denies access, without opening', async () => {
    await using tree = await createTempTree({ 'secret.txt': 's' });
    await chmod(join(tree.inside, 'secret.txt'), 0);
    await mkdir(join(tree.inside, 'closed'), { mode: 0 });
    expect(await verdict(containment, tree.inside, 'secret.txt')).toBe('os-permission');
    expect(await verdict(containment, tree.inside, 'closed/a')).toBe('os-permission');
    await chmod(join(tree.inside, 'closed'), 0o700);
  });

  it('refuses when the root is closed or was replaced', async () => {
    await using tree = await createTempTree({ 'a.txt': 'a' });
    const root = await openRoot(tree.inside, containment);
    root[Symbol.dispose]();
    const path = { components: ['a.txt'], mustBeDirectory: false };
    expect(openInLayer(root, path, 'file')).toMatchObject({ rule: 'root-closed' });
  });
});
