import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRuntime, inspectSkillData, type Runtime, wipeSkillData } from '@carapace/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inlineSkill } from '../inline-skill.ts';

const BUNDLE = `
import { readFile, rm, writeFile } from 'node:fs/promises';
const write = ({ path, text }) => writeFile(path, text).then(() => 'written', (error) => error.code);
const read = ({ path }) => readFile(path, 'utf8').catch((error) => error.code);
const remove = ({ path }) => rm(path).then(() => 'removed', (error) => error.code);
export default { tools: { write: { run: write }, read: { run: read }, remove: { run: remove }, mute: { run: write } } };`;

const approve = (): Promise<boolean> => Promise.resolve(true);
const changes = { annotations: { readOnly: false } };

describe('private data', () => {
  const keeper = inlineSkill({
    name: 'keeper',
    bundle: BUNDLE,
    tools: { write: changes, read: changes, remove: changes, mute: { permissions: [] } },
    permissions: { data: { quotaMiB: 1, files: 3 } },
  });
  let dataFolder: string;
  let runtime: Runtime;

  beforeAll(async () => {
    dataFolder = join(mkdtempSync(join(tmpdir(), 'carapace-data-')), 'data');
    runtime = await createRuntime({ spares: 1, dataFolder, approve });
  });
  afterAll(async () => {
    await runtime.close();
    rmSync(join(dataFolder, '..'), { recursive: true });
  });

  it('outlives calls and handles, can be looked at and wiped', async () => {
    const place = { dataFolder, skill: 'keeper' };
    {
      await using skill = await runtime.load(keeper, { permissions: 'declared' });
      expect((await skill.call('write', { path: '/data/a.txt', text: 'kept' })).structured).toBe('written');
    }
    await using skill = await runtime.load(keeper, { permissions: 'declared' });
    const { structured, provenance } = await skill.call('read', { path: '/data/a.txt' });
    expect(structured).toBe('kept');
    expect(provenance.mounts).toEqual(['data']);
    expect(await inspectSkillData(place)).toMatchObject({
      exists: true,
      bytes: 4,
      files: 1,
      entries: [{ path: 'a.txt' }],
    });
    await wipeSkillData(place);
    expect((await skill.call('read', { path: '/data/a.txt' })).structured).toBe('ENOENT');
  });

  it('is not shared between tenants', async () => {
    await using skill = await runtime.load(keeper, { permissions: 'declared' });
    for (const tenant of ['alice', 'bob'])
      await skill.call('write', { path: '/data/mine.txt', text: tenant }, { tenant });
    for (const tenant of ['alice', 'bob'])
      expect((await skill.call('read', { path: '/data/mine.txt' }, { tenant })).structured).toBe(tenant);
    expect((await skill.call('read', { path: '/data/mine.txt' })).structured).toBe('ENOENT');
    expect(await inspectSkillData({ dataFolder, skill: 'keeper', tenant: 'alice' })).toMatchObject({ files: 1 });
  });

  it('keeps few directories open, however many tenants there are', async () => {
    await using skill = await runtime.load(keeper, { permissions: 'declared' });
    const open = (): number => readdirSync('/proc/self/fd').length;
    const ask = (index: number): ReturnType<typeof skill.call> =>
      skill.call('read', { path: '/data/x' }, { tenant: `tenant-${index}` });
    for (let index = 0; index < 40; index += 1) await ask(index);
    const before = open();
    for (let index = 40; index < 50; index += 1) await ask(index);
    await expect.poll(open).toBeLessThan(before + 5);
    await skill.call('write', { path: '/data/x', text: 'kept' }, { tenant: 'tenant-0' });
    expect((await ask(0)).structured).toBe('kept');
  });

  it('is bounded, private to its user, and not for a tool that does not list it', async () => {
    await using skill = await runtime.load(keeper, { permissions: 'declared' });
    const text = 'x'.repeat(700_000);
    expect((await skill.call('write', { path: '/data/1', text })).structured).toBe('written');
    expect((await skill.call('write', { path: '/data/2', text })).structured).toBe('EDQUOT');
    expect((await skill.call('mute', { path: '/data/3', text: '' })).structured).toBe('EACCES');
    expect(statSync(join(dataFolder, 'default', 'keeper')).mode & 0o077).toBe(0);
  });

  it('needs a folder of the operator', async () => {
    await using bare = await createRuntime({ spares: 0, approve });
    await expect(bare.load(keeper, { permissions: 'declared' })).rejects.toMatchObject({
      code: 'ERR_CARAPACE_RUNTIME_GRANT',
      message: expect.stringContaining('"dataFolder"'),
    });
    await using without = await bare.load(keeper);
    expect((await without.call('read', {})).code).toBe('ERR_CARAPACE_SKILL_LOAD');
  });
});

describe('an overlay', () => {
  const editor = inlineSkill({
    name: 'editor',
    bundle: BUNDLE,
    tools: { write: changes, read: changes, remove: changes, mute: { permissions: [] } },
    permissions: { fs: [{ mount: 'notes', path: '~/notes', access: ['read', 'list', 'write', 'create', 'delete'] }] },
  });
  let folder: string;
  let runtime: Runtime;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'carapace-notes-'));
    runtime = await createRuntime({ spares: 1, approve });
  });
  afterAll(async () => {
    await runtime.close();
    rmSync(folder, { recursive: true });
  });

  const contents = (): Record<string, string> =>
    Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  const change = async (skill: Awaited<ReturnType<Runtime['load']>>): Promise<void> => {
    expect((await skill.call('write', { path: '/notes/old.txt', text: 'changed' })).structured).toBe('written');
    expect((await skill.call('write', { path: '/notes/new.txt', text: 'new' })).structured).toBe('written');
    expect((await skill.call('remove', { path: '/notes/gone.txt' })).structured).toBe('removed');
    expect((await skill.call('read', { path: '/notes/old.txt' })).structured).toBe('changed');
    expect((await skill.call('read', { path: '/notes/gone.txt' })).structured).toBe('ENOENT');
  };

  it('keeps changes apart until they are committed, and forgets them when they are not', async () => {
    const before = { 'old.txt': 'old', 'gone.txt': 'gone' };
    for (const [name, text] of Object.entries(before)) writeFileSync(join(folder, name), text);
    const options = { permissions: 'declared', mounts: { notes: folder }, overlay: ['notes'] } as const;
    {
      await using skill = await runtime.load(editor, options);
      await change(skill);
      await skill.overlay('notes').discard();
      expect((await skill.call('read', { path: '/notes/old.txt' })).structured).toBe('old');
      await change(skill);
    }
    expect(contents()).toEqual(before);
    await using skill = await runtime.load(editor, options);
    await change(skill);
    expect((await skill.overlay('notes').diff()).changes).toMatchObject([
      { path: 'gone.txt', change: 'removed' },
      { path: 'new.txt', change: 'added', sizeAfter: 3 },
      { path: 'old.txt', change: 'changed', sizeBefore: 3, sizeAfter: 7 },
    ]);
    expect(contents()).toEqual(before);
    expect(await skill.overlay('notes').commit()).toEqual({ applied: 3, failed: [] });
    expect(contents()).toEqual({ 'old.txt': 'changed', 'new.txt': 'new' });
  });

  it('exists only where it was asked for', async () => {
    await using skill = await runtime.load(editor, { permissions: 'declared', mounts: { notes: folder } });
    expect(() => skill.overlay('notes')).toThrow(/without an overlay/);
    const named = runtime.load(editor, { permissions: 'declared', mounts: { notes: folder }, overlay: ['notse'] });
    await expect(named).rejects.toMatchObject({ code: 'ERR_CARAPACE_RUNTIME_GRANT' });
  });
});
