import { readdirSync, readFileSync, statSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { perform, performAs } from '../host/broker/fs/fixtures/ask-broker.ts';
import { openFdCount, UNLIMITED } from '../host/broker/fs/fixtures/temp-tree.ts';
import { createFsBroker, type FsBroker } from '../host/broker/fs/fs-broker.ts';
import { createFsPowers } from '../host/broker/fs/fs-powers.ts';
import { inspectData } from './inspect-data.ts';
import { openDataMount } from './open-data-mount.ts';
import { wipeData } from './wipe-data.ts';

const QUOTA = { quotaMiB: 1, files: 5 };
const MIB = 1024 * 1024;

interface DataRoot extends AsyncDisposable {
  readonly base: string;
  readonly dataRoot: string;
}

async function createDataRoot(): Promise<DataRoot> {
  const base = await mkdtemp(join(tmpdir(), 'carapace-data-'));
  return {
    base,
    dataRoot: join(base, 'data'),
    [Symbol.asyncDispose]: () => rm(base, { recursive: true, force: true }),
  };
}

async function write(
  broker: FsBroker,
  path: string,
  size: number,
  mode: 'replace' | 'append' = 'replace',
): Promise<string> {
  const answer = await perform(broker, { family: 'fs', method: 'writeFile', path, mode }, Buffer.alloc(size, 'x'));
  return answer.kind === 'refused' ? answer.rule : 'done';
}

async function rule(broker: FsBroker, op: Parameters<typeof perform>[1]): Promise<string> {
  const answer = await perform(broker, op);
  return answer.kind === 'refused' ? answer.rule : 'done';
}

describe('openDataMount', () => {
  it('keeps what a skill writes, per skill, for the host user alone', async () => {
    await using temp = await createDataRoot();
    const { dataRoot } = temp;
    for (const skill of ['notes', 'weather']) {
      using root = await openDataMount({ dataRoot, skill, quota: QUOTA });
      await using broker = createFsBroker([root], { meter: UNLIMITED });
      expect(await write(broker, '/data/state.json', skill.length)).toBe('done');
    }
    using again = await openDataMount({ dataRoot, skill: 'notes', quota: QUOTA });
    await using broker = createFsBroker([again], { meter: UNLIMITED });
    expect(await perform(broker, { family: 'fs', method: 'readFile', path: '/data/state.json' })).toMatchObject({
      kind: 'done',
      body: { byteLength: 5 },
      trail: { mount: 'data' },
    });
    expect(readdirSync(dataRoot).toSorted()).toEqual(['notes', 'weather']);
    expect(statSync(join(dataRoot, 'notes')).mode & 0o777).toBe(0o700);
    expect(statSync(dataRoot).mode & 0o777).toBe(0o700);
  });

  it.each(['', '.', '..', 'a/b', '../x', 'A', 'a--b', '-a', 'a'.repeat(65), 'a\0'])(
    'refuses %j as the name of a skill, also to inspect and to wipe',
    async (skill) => {
      await using temp = await createDataRoot();
      const { dataRoot } = temp;
      const refusal = { code: 'ERR_CARAPACE_RUNTIME_MOUNT_DATA' };
      await expect(openDataMount({ dataRoot, skill, quota: QUOTA })).rejects.toMatchObject(refusal);
      await expect(inspectData({ dataRoot, skill })).rejects.toMatchObject(refusal);
      await expect(wipeData({ dataRoot, skill })).rejects.toMatchObject(refusal);
      expect(readdirSync(temp.base)).toEqual([]);
    },
  );

  it('refuses a root that is no absolute path, no directory, a link, or open to others', async () => {
    await using temp = await createDataRoot();
    const refusal = { code: 'ERR_CARAPACE_RUNTIME_MOUNT_DATA' };
    const open = (dataRoot: string): Promise<unknown> => openDataMount({ dataRoot, skill: 'notes', quota: QUOTA });
    await writeFile(join(temp.base, 'file'), '');
    await mkdir(join(temp.base, 'shared'));
    await chmod(join(temp.base, 'shared'), 0o777);
    await mkdir(join(temp.base, 'elsewhere'), { mode: 0o700 });
    await symlink('elsewhere', join(temp.base, 'link'));
    await mkdir(join(temp.base, 'planted'), { mode: 0o700 });
    await symlink('../elsewhere', join(temp.base, 'planted/notes'));
    for (const name of ['file', 'shared', 'link', 'planted']) {
      await expect(open(join(temp.base, name)), name).rejects.toMatchObject(refusal);
    }
    await expect(open('relative/path')).rejects.toMatchObject(refusal);
    const powers = await createFsPowers();
    const foreign = { ...powers, userId: powers.userId + 1 };
    await mkdir(temp.dataRoot, { mode: 0o700 });
    await expect(
      openDataMount({ dataRoot: temp.dataRoot, skill: 'notes', quota: QUOTA, powers: foreign }),
    ).rejects.toMatchObject(refusal);
    expect(readdirSync(join(temp.base, 'elsewhere'))).toEqual([]);
  });

  it('holds bytes to the quota: whole files, appended, holes, grown, and over many calls', async () => {
    await using temp = await createDataRoot();
    using root = await openDataMount({ dataRoot: temp.dataRoot, skill: 'notes', quota: QUOTA });
    for (let call = 0; call < 3; call += 1) {
      await using broker = createFsBroker([root], { meter: UNLIMITED });
      expect(await write(broker, `/data/${call}`, MIB / 4)).toBe('done');
    }
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    const left = MIB / 4;
    const refusal = {
      code: 'ERR_CARAPACE_FS_QUOTA',
      rule: 'mount-quota-bytes',
      remedy: expect.stringContaining('quotaMiB'),
    };
    expect(
      await perform(
        broker,
        { family: 'fs', method: 'writeFile', path: '/data/x', mode: 'replace' },
        Buffer.alloc(left + 1),
      ),
    ).toMatchObject(refusal);
    expect(await write(broker, '/data/0', left + 1, 'append')).toBe('mount-quota-bytes');
    expect(await rule(broker, { family: 'fs', method: 'truncate', path: '/data/0', length: MIB })).toBe(
      'mount-quota-bytes',
    );
    const id = 900_000;
    await performAs(broker, id, { family: 'fs', method: 'open', path: '/data/0', flags: 'r+' });
    expect(await perform(broker, { family: 'fs', method: 'write', handle: id, position: 2 ** 40 }, 'x')).toMatchObject(
      refusal,
    );
    expect(root.quota?.bytes).toBe(3 * left);
    // Replacing needs room for both contents until the new one has taken the name.
    expect(await write(broker, '/data/0', left)).toBe('done');
    expect(root.quota?.bytes).toBe(3 * left);
    expect(await write(broker, '/data/3', left)).toBe('done');
    expect(await write(broker, '/data/0', left)).toBe('mount-quota-bytes');
    expect(await rule(broker, { family: 'fs', method: 'truncate', path: '/data/3', length: 0 })).toBe('done');
    expect(await write(broker, '/data/0', left)).toBe('done');
    expect(await rule(broker, { family: 'fs', method: 'rm', path: '/data/1', target: 'any', recursive: false })).toBe(
      'done',
    );
    expect(root.quota?.bytes).toBe(2 * left);
    expect(readdirSync(join(temp.dataRoot, 'notes')).toSorted()).toEqual(['0', '2', '3']);
  });

  it('holds files and directories to the quota, and gives back what goes', async () => {
    await using temp = await createDataRoot();
    using root = await openDataMount({ dataRoot: temp.dataRoot, skill: 'notes', quota: QUOTA });
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    const mkdirOp = (path: string) => ({ family: 'fs', method: 'mkdir', path, recursive: true }) as const;
    expect(await rule(broker, mkdirOp('/data/a/b'))).toBe('done');
    expect(await write(broker, '/data/a/c', 1)).toBe('done');
    expect(await write(broker, '/data/a/d', 1)).toBe('done');
    expect(await write(broker, '/data/a/e', 1, 'append')).toBe('done');
    expect(root.quota?.files).toBe(5);
    expect(await write(broker, '/data/f', 1)).toBe('mount-quota-files');
    expect(await write(broker, '/data/f', 1, 'append')).toBe('mount-quota-files');
    expect(await rule(broker, mkdirOp('/data/f'))).toBe('mount-quota-files');
    // A file is replaced through a second one.
    expect(await write(broker, '/data/a/c', 2)).toBe('mount-quota-files');
    const rename = { family: 'fs', method: 'rename', path: '/data/a/d', to: '/data/a/c' } as const;
    expect(await rule(broker, rename)).toBe('done');
    expect(root.quota?.files).toBe(4);
    expect(await rule(broker, { family: 'fs', method: 'rm', path: '/data/a', target: 'any', recursive: true })).toBe(
      'done',
    );
    expect(root.quota).toMatchObject({ files: 0, bytes: 0 });
  });

  it('counts once for all who have the directory open, and anew at the next open', async () => {
    await using temp = await createDataRoot();
    const { dataRoot } = temp;
    {
      using first = await openDataMount({ dataRoot, skill: 'notes', quota: QUOTA });
      using second = await openDataMount({ dataRoot, skill: 'notes', quota: { quotaMiB: 2, files: 9 } });
      await using broker = createFsBroker([first], { meter: UNLIMITED });
      expect(await write(broker, '/data/a', 1_000)).toBe('done');
      expect(second.quota).toMatchObject({ bytes: 1_000, files: 1, maxFiles: 9 });
    }
    const left = `.carapace-${2 ** 31 - 1}-0123456789abcdef.tmp`;
    await writeFile(join(dataRoot, 'notes', left), 'half');
    await utimes(join(dataRoot, 'notes', left), 1, 1);
    const child = (await createFsPowers()).lstat(join(dataRoot, 'notes'));
    expect(child.kind).toBe('directory');
    using later = await openDataMount({ dataRoot, skill: 'notes', quota: QUOTA });
    expect(later.quota).toMatchObject({ bytes: 1_000, files: 1 });
    expect(readdirSync(join(dataRoot, 'notes'))).toEqual(['a']);
  });
});

describe('inspectData and wipeData', () => {
  it('tell what a skill keeps and take it away, beneath a loaded skill as well', async () => {
    await using temp = await createDataRoot();
    const place = { dataRoot: temp.dataRoot, skill: 'notes' };
    const before = openFdCount();
    expect(await inspectData(place)).toMatchObject({ exists: false, files: 0 });
    await wipeData(place);
    {
      using root = await openDataMount({ ...place, quota: QUOTA });
      await using broker = createFsBroker([root], { meter: UNLIMITED });
      await rule(broker, { family: 'fs', method: 'mkdir', path: '/data/sub', recursive: false });
      await write(broker, '/data/sub/a.txt', 10);
      await write(broker, '/data/b.txt', 5);
      const found = await inspectData(place);
      expect(found).toMatchObject({ exists: true, bytes: 15, files: 3, truncated: false });
      expect(found.entries.map(({ path, kind, size }) => `${path} ${kind} ${size}`).toSorted()).toEqual([
        'b.txt file 5',
        'sub directory 0',
        'sub/a.txt file 10',
      ]);
      await mkdir(join(temp.base, 'outside'));
      await writeFile(join(temp.base, 'outside/kept.txt'), 'kept');
      await symlink('../../outside', join(temp.dataRoot, 'notes/link'));
      await wipeData(place);
      expect(root.quota).toMatchObject({ bytes: 0, files: 0 });
      expect(await write(broker, '/data/c.txt', 7)).toBe('done');
    }
    expect(await inspectData(place)).toMatchObject({ exists: true, bytes: 7, files: 1 });
    expect(readFileSync(join(temp.base, 'outside/kept.txt'), 'utf8')).toBe('kept');
    expect(openFdCount()).toBe(before);
  });
});
