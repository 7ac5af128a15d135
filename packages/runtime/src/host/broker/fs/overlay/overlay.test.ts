import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { chmod, link, mkdir, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FsOp } from '../../../../protocol/messages.ts';
import { ask, perform, performAs } from '../fixtures/ask-broker.ts';
import { CONTAINMENTS, createTempTree, openFdCount, openRoot, textOf, UNLIMITED } from '../fixtures/temp-tree.ts';
import { createFsBroker, type FsBroker } from '../fs-broker.ts';
import type { FsAccess, MountGrant } from '../mount-grant.ts';
import { type Overlay, openOverlay } from './open-overlay.ts';

const ALL: Partial<MountGrant> = { access: new Set<FsAccess>(['read', 'list', 'write', 'create', 'delete']) };
const FILES = { 'a.txt': 'a', 'b.txt': 'bb', 'sub/c.txt': 'ccc', 'sub/deep/d.txt': 'dddd', 'old/e.txt': 'e' };

function snapshot(directory: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' }).toSorted()) {
    const path = join(directory, name);
    found[name] = statSync(path).isDirectory() ? '/' : readFileSync(path, 'utf8');
  }
  return found;
}

async function rule(broker: FsBroker, op: FsOp, body = ''): Promise<string> {
  const answer = await perform(broker, op, body);
  return answer.kind === 'refused' ? answer.rule : 'done';
}

async function read(broker: FsBroker, path: string): Promise<string> {
  const answer = await ask(broker, 'readFile', `/docs/${path}`);
  return answer.kind === 'refused' ? answer.rule : await textOf(answer);
}

async function list(broker: FsBroker, path: string): Promise<string[]> {
  const answer = await ask(broker, 'readdir', `/docs/${path}`);
  const value: unknown = answer.kind === 'done' ? answer.value : undefined;
  const entries: unknown = Object(value).entries;
  return Array.isArray(entries) ? entries.map((entry) => String(Object(entry).name)) : [];
}

const write = (name: string, mode: 'replace' | 'create' | 'append' = 'replace'): FsOp => ({
  family: 'fs',
  method: 'writeFile',
  path: `/docs/${name}`,
  mode,
});
const rm = (name: string, recursive = false): FsOp => ({
  family: 'fs',
  method: 'rm',
  path: `/docs/${name}`,
  target: recursive ? 'any' : 'file',
  recursive,
});
const rmdir = (name: string): FsOp => ({
  family: 'fs',
  method: 'rm',
  path: `/docs/${name}`,
  target: 'directory',
  recursive: false,
});
const mkdirOp = (name: string): FsOp => ({ family: 'fs', method: 'mkdir', path: `/docs/${name}`, recursive: false });
const rename = (from: string, to: string): FsOp => ({
  family: 'fs',
  method: 'rename',
  path: `/docs/${from}`,
  to: `/docs/${to}`,
});

/** Every kind of change once; the view afterwards is in VIEW. */
async function changeMuch(broker: FsBroker): Promise<void> {
  const steps: readonly (readonly [FsOp, string, string])[] = [
    [write('a.txt'), 'A2', 'done'],
    [write('sub/c.txt', 'append'), '+', 'done'],
    [write('new/f.txt'), 'f', 'not-found'],
    [mkdirOp('new'), '', 'done'],
    [mkdirOp('sub'), '', 'exists'],
    [write('new/f.txt', 'create'), 'f', 'done'],
    [write('b.txt', 'create'), 'x', 'exists'],
    [rm('b.txt'), '', 'done'],
    [rm('b.txt'), '', 'not-found'],
    [rmdir('old'), '', 'not-empty'],
    [rm('old', true), '', 'done'],
    [mkdirOp('old'), '', 'done'],
    [rename('sub/deep/d.txt', 'sub/moved.txt'), '', 'done'],
    [rename('sub', 'elsewhere'), '', 'cross-mount'],
    [rmdir('sub/deep'), '', 'done'],
    [{ family: 'fs', method: 'truncate', path: '/docs/sub/moved.txt', length: 2 }, '', 'done'],
    [{ family: 'fs', method: 'open', path: '/docs/a.txt', flags: 'wx' }, '', 'exists'],
  ];
  for (const [op, body, expected] of steps) expect(await rule(broker, op, body), JSON.stringify(op)).toBe(expected);
}

const VIEW = {
  'a.txt': 'A2',
  new: '/',
  'new/f.txt': 'f',
  old: '/',
  sub: '/',
  'sub/c.txt': 'ccc+',
  'sub/moved.txt': 'dd',
};

describe.each(CONTAINMENTS)('an overlay (%s)', (containment) => {
  it('shows the skill its changes, and leaves the granted directory as it is', async () => {
    await using tree = await createTempTree(FILES);
    using lower = await openRoot(tree.inside, containment, ALL);
    const kept = snapshot(tree.inside);
    await using overlay = await openOverlay(lower, { scratchBase: tree.base });
    await using broker = createFsBroker([overlay.root], { meter: UNLIMITED });
    await changeMuch(broker);
    expect(snapshot(tree.inside)).toEqual(kept);
    for (const [name, content] of Object.entries(VIEW)) {
      if (content !== '/') expect(await read(broker, name)).toBe(content);
    }
    expect(await list(broker, '')).toEqual(['a.txt', 'new', 'old', 'sub']);
    expect(await list(broker, 'sub')).toEqual(['c.txt', 'moved.txt']);
    expect(await list(broker, 'old')).toEqual([]);
    for (const gone of ['b.txt', 'old/e.txt', 'sub/deep/d.txt']) expect(await read(broker, gone)).toBe('not-found');
  });

  it('tells what changed, commits it, and starts anew', async () => {
    await using tree = await createTempTree(FILES);
    await chmod(join(tree.inside, 'a.txt'), 0o640);
    using lower = await openRoot(tree.inside, containment, ALL);
    await using overlay = await openOverlay(lower, { scratchBase: tree.base });
    await using broker = createFsBroker([overlay.root], { meter: UNLIMITED });
    await changeMuch(broker);
    const { changes, truncated } = await overlay.diff();
    expect(truncated).toBe(false);
    expect(changes.map((change) => [change.path, change.change, change.sizeBefore, change.sizeAfter])).toEqual([
      ['a.txt', 'changed', 1, 2],
      ['b.txt', 'removed', 2, undefined],
      ['new', 'added', undefined, 0],
      ['new/f.txt', 'added', undefined, 1],
      ['old/e.txt', 'removed', 1, undefined],
      ['sub/c.txt', 'changed', 3, 4],
      ['sub/deep', 'removed', 0, undefined],
      ['sub/deep/d.txt', 'removed', 4, undefined],
      ['sub/moved.txt', 'added', undefined, 2],
    ]);
    expect(await overlay.commit()).toEqual({ applied: 9, failed: [] });
    expect(snapshot(tree.inside)).toEqual(VIEW);
    expect(statSync(join(tree.inside, 'a.txt')).mode & 0o7777).toBe(0o640);
    expect(await overlay.diff()).toEqual({ changes: [], truncated: false });
    expect(overlay.root.quota).toMatchObject({ bytes: 0, files: 0 });
    expect(await read(broker, 'a.txt')).toBe('A2');
    expect(await rule(broker, write('a.txt'), 'A3')).toBe('done');
    expect(readFileSync(join(tree.inside, 'a.txt'), 'utf8')).toBe('A2');
  });

  it('forgets everything when it is discarded or disposed, and leaves nothing behind', async () => {
    await using tree = await createTempTree(FILES);
    using lower = await openRoot(tree.inside, containment, ALL);
    const kept = snapshot(tree.inside);
    const before = openFdCount();
    {
      await using overlay = await openOverlay(lower, { scratchBase: tree.base });
      await using broker = createFsBroker([overlay.root], { meter: UNLIMITED });
      await changeMuch(broker);
      await overlay.discard();
      expect(await overlay.diff()).toMatchObject({ changes: [] });
      expect(await read(broker, 'b.txt')).toBe('bb');
      expect(await rule(broker, write('b.txt'), 'x')).toBe('done');
    }
    expect(snapshot(tree.inside)).toEqual(kept);
    expect(readdirSync(tree.base).toSorted()).toEqual(['data', 'data-outside']);
    expect(openFdCount()).toBe(before);
  });

  it('keeps to the grant, to links and to its own quota', async () => {
    await using tree = await createTempTree({ ...FILES, 'private/p.txt': 'p' });
    await symlink('../data-outside', join(tree.inside, 'out'));
    using lower = await openRoot(tree.inside, containment, {
      ...ALL,
      matches: (path) => !path.startsWith('private'),
      matchesDirectory: (path) => !path.startsWith('private'),
    });
    await using overlay = await openOverlay(lower, { scratchBase: tree.base, quota: { bytes: 10, files: 3 } });
    await using broker = createFsBroker([overlay.root], { meter: UNLIMITED });
    expect(await rule(broker, { family: 'fs', method: 'open', path: '/docs/b.txt', flags: 'wx' })).toBe('exists');
    expect(await rule(broker, write('private/x.txt'), 'x')).toBe('path-not-matched');
    expect(await rule(broker, write('out/x.txt'), 'x')).toBe('symlink');
    expect(await rule(broker, write('out'), 'x')).toBe('symlink');
    expect(await rule(broker, write('.env'), 'x')).toBe('dangerous-name');
    expect(await rule(broker, write('a.txt'), '01234567890')).toBe('mount-quota-bytes');
    expect(await rule(broker, write('a.txt'), '0123456789')).toBe('done');
    expect(await rule(broker, write('b.txt', 'append'), '!')).toBe('mount-quota-bytes');
    expect(await rule(broker, rm('a.txt'))).toBe('done');
    for (const name of ['x', 'y', 'z']) expect(await rule(broker, write(name), '')).toBe('done');
    expect(await rule(broker, write('w'), '')).toBe('mount-quota-files');
    expect(readdirSync(tree.outside)).toEqual(['canary.txt']);
  });

  it('commits through no link and over no directory that came up meanwhile, and keeps what it could not put', async () => {
    await using tree = await createTempTree(FILES);
    using lower = await openRoot(tree.inside, containment, ALL);
    await using overlay = await openOverlay(lower, { scratchBase: tree.base });
    await using broker = createFsBroker([overlay.root], { meter: UNLIMITED });
    for (const name of ['one.txt', 'two.txt', 'three.txt'])
      expect(await rule(broker, write(name), 'mine')).toBe('done');
    await symlink('../data-outside/one.txt', join(tree.inside, 'one.txt'));
    await mkdir(join(tree.inside, 'two.txt'));
    expect(await overlay.commit()).toEqual({
      applied: 1,
      failed: expect.arrayContaining([
        { path: 'one.txt', rule: 'symlink' },
        { path: 'two.txt', rule: 'is-directory' },
      ]),
    });
    expect(readdirSync(tree.outside)).toEqual(['canary.txt']);
    expect(readFileSync(join(tree.inside, 'three.txt'), 'utf8')).toBe('mine');
    expect((await overlay.diff()).changes.map(({ path }) => path)).toContain('one.txt');
  });

  it('copies a file up once, when it is changed in place, and gives handles the copy', async () => {
    await using tree = await createTempTree(FILES);
    using lower = await openRoot(tree.inside, containment, ALL);
    await using overlay: Overlay = await openOverlay(lower, { scratchBase: tree.base });
    await using broker = createFsBroker([overlay.root], { meter: UNLIMITED });
    const id = 800_000;
    await performAs(broker, id, { family: 'fs', method: 'open', path: '/docs/sub/deep/d.txt', flags: 'r+' });
    await perform(broker, { family: 'fs', method: 'write', handle: id, position: 1 }, 'XX');
    await perform(broker, { family: 'fs', method: 'close', handle: id, discard: false });
    expect(await read(broker, 'sub/deep/d.txt')).toBe('dXXd');
    expect(readFileSync(join(tree.inside, 'sub/deep/d.txt'), 'utf8')).toBe('dddd');
    expect(overlay.root.quota).toMatchObject({ bytes: 4, files: 1 });
  });
});

describe.each(CONTAINMENTS)('copying up (%s)', (containment) => {
  it('is bounded in size, and is not done for a file with a second name', async () => {
    await using tree = await createTempTree({ 'small.txt': 's', 'large.txt': '' });
    await truncate(join(tree.inside, 'large.txt'), 64 * 1024 * 1024 + 1);
    await link(join(tree.outside, 'canary.txt'), join(tree.inside, 'hard.txt'));
    using lower = await openRoot(tree.inside, containment, { ...ALL, allowHardLinks: true });
    await using overlay = await openOverlay(lower, { scratchBase: tree.base });
    await using broker = createFsBroker([overlay.root], { meter: UNLIMITED });
    expect(await rule(broker, write('large.txt', 'append'), '!')).toBe('read-cap');
    expect(await rule(broker, write('hard.txt', 'append'), '!')).toBe('hard-link');
    expect(await rule(broker, write('small.txt', 'append'), '!')).toBe('done');
    expect(await overlay.diff()).toMatchObject({ changes: [{ path: 'small.txt', change: 'changed' }] });
  });
});

describe('the private directory of an overlay', () => {
  it('is swept after a process that was killed', async () => {
    await using tree = await createTempTree();
    const left = join(tree.base, `carapace-${2 ** 31 - 1}-0123456789abcdef`);
    const alive = join(tree.base, `carapace-${process.ppid}-0123456789abcdef`);
    const fresh = join(tree.base, `carapace-${2 ** 31 - 1}-fedcba9876543210`);
    const other = join(tree.base, 'carapace-notes');
    for (const path of [left, alive, other]) {
      await mkdir(path);
      await writeFile(join(path, 'x'), 'x');
      await utimes(path, 1, 1);
    }
    await mkdir(fresh);
    using lower = await openRoot(tree.inside, 'kernel', ALL);
    await using overlay = await openOverlay(lower, { scratchBase: tree.base });
    expect(overlay.root.overlay).toBeDefined();
    expect([left, alive, fresh, other].map((path) => existsSync(path))).toEqual([false, true, true, true]);
    const own = readdirSync(tree.base).filter((name) => name.startsWith(`carapace-${process.pid}-`));
    expect(own).toHaveLength(1);
    expect(statSync(join(tree.base, own[0] ?? '')).mode & 0o7777).toBe(0o700);
  });
});
