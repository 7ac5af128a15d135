import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ApprovalRequest, createRuntime, type Runtime, type SkillHandle } from '@carapace/runtime';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const NOTES = fileURLToPath(new URL('..', import.meta.url));

describe('notes in the jailed worker, on real files', () => {
  let runtime: Runtime;
  let folder = '';
  let notes: SkillHandle;
  const asked: ApprovalRequest[] = [];
  let agrees = true;

  beforeAll(async () => {
    const approve = async (request: ApprovalRequest): Promise<boolean> => {
      asked.push(request);
      return agrees;
    };
    runtime = await createRuntime({ approve, spares: 1 });
  });
  afterAll(() => runtime.close());

  beforeEach(async () => {
    asked.length = 0;
    agrees = true;
    folder = await mkdtemp(join(tmpdir(), 'carapace-notes-'));
    notes = await runtime.load(NOTES, { permissions: 'declared', mounts: { notes: folder, 'notes-edit': folder } });
  });
  afterEach(async () => {
    await notes.close();
    await rm(folder, { recursive: true });
  });

  it('adds, extends, finds, reads and removes a note', async () => {
    const added = await notes.call('add', { title: 'Table saw', text: 'The riving knife is bent.' });
    expect(added.structured).toEqual({ note: 'table-saw.md' });
    const appended = await notes.call('append', { note: 'table-saw.md', text: 'New one ordered.' });
    expect(appended.isError).toBe(false);
    expect(await readFile(join(folder, 'table-saw.md'), 'utf8')).toBe(
      '# Table saw\n\nThe riving knife is bent.\n\nNew one ordered.\n',
    );

    const found = await notes.call('search', { words: 'KNIFE bent' });
    expect(found.structured).toMatchObject({ hits: [{ note: 'table-saw.md', line: 3 }], total: 1 });
    const listed = await notes.call('list', {});
    expect(listed.structured).toMatchObject({ notes: [{ note: 'table-saw.md', title: 'Table saw' }], total: 1 });
    const read = await notes.call('read', { note: 'table-saw.md' });
    expect(read.structured).toMatchObject({ title: 'Table saw', cut: false });

    expect((await notes.call('remove', { note: 'table-saw.md' })).isError).toBe(false);
    expect(await readdir(folder)).toEqual([]);
  });

  it('never replaces a note', async () => {
    await writeFile(join(folder, 'bread.md'), 'mine');
    const added = await notes.call('add', { title: 'Bread', text: 'Rye.' });

    expect(added.structured).toEqual({ note: 'bread-2.md' });
    expect(await readFile(join(folder, 'bread.md'), 'utf8')).toBe('mine');
  });

  it('does not make a note of a mistyped name', async () => {
    const result = await notes.call('append', { note: 'braed.md', text: 'Rye.' });

    expect(result.content[0]?.text).toContain('Cannot append to "braed.md": there is no such note');
    expect(await readdir(folder)).toEqual([]);
  });

  it('asks a person before a change, before each removal, and before nothing else', async () => {
    await notes.call('list', {});
    await notes.call('add', { title: 'a', text: 'x' });
    await notes.call('add', { title: 'b', text: 'x' });
    await notes.call('remove', { note: 'a.md' });
    await notes.call('remove', { note: 'b.md' });

    expect(asked.map(({ tool }) => tool)).toEqual(['add', 'remove', 'remove']);
  });

  it('changes nothing without consent', async () => {
    agrees = false;
    const result = await notes.call('add', { title: 'a', text: 'x' });

    expect([result.isError, await readdir(folder)]).toEqual([true, []]);
  });

  it('sees Markdown files only, and no links out of the folder', async () => {
    await writeFile(join(folder, 'secret.txt'), 'x');
    await symlink('/etc/passwd', join(folder, 'link.md'));

    expect((await notes.call('list', {})).structured).toEqual({ notes: [], total: 0 });
    expect((await notes.call('read', { note: 'link.md' })).isError).toBe(true);
  });

  it('writes nothing under a grant to read', async () => {
    const { permissions } = notes.manifest;
    const fs = permissions.fs.filter(({ mount }) => mount === 'notes');
    await using reader = await runtime.load(NOTES, { permissions: { ...permissions, fs }, mounts: { notes: folder } });
    const result = await reader.call('add', { title: 'a', text: 'x' });

    expect([result.isError, await readdir(folder)]).toEqual([true, []]);
  });
});
