import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addNote, appendToNote } from '../src/add.ts';
import { fileNameOf, titleOf } from '../src/note-text.ts';
import { LONGEST_TEXT, readNote } from '../src/read.ts';
import { listNotes, MOST_LISTED, searchNotes } from '../src/search.ts';
import { type NoteStore, openStore } from '../src/store.ts';

let folder = '';
let store: NoteStore;
const running = new AbortController().signal;
const text = (note: string): Promise<string> => fs.readFile(join(folder, note), 'utf8');

beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'carapace-notes-'));
  store = openStore(fs, { look: folder, change: folder });
});
afterEach(() => fs.rm(folder, { recursive: true }));

describe('add', () => {
  it('writes a Markdown file named after the title', async () => {
    expect(await addNote(store, { title: 'Router: how to reset it', text: 'Hold the button.\n\n' })).toEqual({
      note: 'router-how-to-reset-it.md',
    });
    expect(await text('router-how-to-reset-it.md')).toBe('# Router: how to reset it\n\nHold the button.\n');
  });

  it('leaves an older note of the same title as it is', async () => {
    await addNote(store, { title: 'Bread', text: 'first' });

    expect(await addNote(store, { title: 'Bread', text: 'second' })).toEqual({ note: 'bread-2.md' });
    expect(await text('bread.md')).toContain('first');
  });

  it('gives every one of many that come at once a file of its own', async () => {
    const added = await Promise.all(
      Array.from({ length: 20 }, (_, n) => addNote(store, { title: 'Bread', text: `${n}` })),
    );

    expect(new Set(added.map(({ note }) => note)).size).toBe(20);
    await expect(addNote(store, { title: 'Bread', text: 'one more' })).rejects.toThrow('there are 20 of this title');
  });
});

describe('append', () => {
  it('adds a paragraph', async () => {
    const { note } = await addNote(store, { title: 'Bread', text: 'Buy some.' });
    await appendToNote(store, { note, text: 'Rye.' });

    expect(await text(note)).toBe('# Bread\n\nBuy some.\n\nRye.\n');
  });

  it('does not make a note of a mistyped name', async () => {
    await expect(appendToNote(store, { note: 'braed.md', text: 'x' })).rejects.toThrow(
      'Cannot append to "braed.md": there is no such note; use list',
    );
    expect(await fs.readdir(folder)).toEqual([]);
  });
});

describe('list', () => {
  it('gives titles and dates, the last changed first, and Markdown only', async () => {
    for (const [index, name] of ['old.md', 'new.md', 'other.txt'].entries()) {
      await fs.writeFile(join(folder, name), `# The ${name}\n`);
      await fs.utimes(join(folder, name), index, index);
    }

    expect(await listNotes(store, running)).toEqual({
      notes: [
        { note: 'new.md', title: 'The new.md', bytes: 13, modified: '1970-01-01T00:00:01.000Z' },
        { note: 'old.md', title: 'The old.md', bytes: 13, modified: '1970-01-01T00:00:00.000Z' },
      ],
      total: 2,
    });
  });

  it('gives the latest of many', async () => {
    await Promise.all(Array.from({ length: MOST_LISTED + 3 }, (_, n) => fs.writeFile(join(folder, `${n}.md`), '')));

    const { notes, total } = await listNotes(store, running);
    expect([notes.length, total]).toEqual([MOST_LISTED, MOST_LISTED + 3]);
  });

  it('says what is wrong with the folder', async () => {
    const gone = openStore(fs, { look: join(folder, 'gone'), change: folder });

    await expect(listNotes(gone, running)).rejects.toThrow('Cannot list the notes: there is no such');
  });
});

describe('search', () => {
  beforeEach(async () => {
    await addNote(store, { title: 'Harbour', text: 'Call Ada about the harbour.\nBuy bread.' });
    await addNote(store, { title: 'Bread', text: 'Rye bread from Ada.' });
  });

  it('finds the lines with all the words', async () => {
    const { hits, total } = await searchNotes(store, { words: 'ada  BREAD' }, running);

    expect(hits).toEqual([{ note: 'bread.md', line: 3, text: 'Rye bread from Ada.' }]);
    expect(total).toBe(2);
  });

  it('stops at the limit', async () => {
    expect((await searchNotes(store, { words: 'a', limit: 2 }, running)).hits).toHaveLength(2);
  });

  it('says which notes it could not read, and goes on', async () => {
    await fs.mkdir(join(folder, 'folder.md'));

    expect(await searchNotes(store, { words: 'rye' }, running)).toMatchObject({ hits: [{}], unread: ['folder.md'] });
  });
});

describe('read', () => {
  it('gives the note', async () => {
    const { note } = await addNote(store, { title: 'Bread', text: 'Rye.' });

    expect(await readNote(store, { note }, running)).toEqual({
      note,
      title: 'Bread',
      text: '# Bread\n\nRye.\n',
      cut: false,
    });
  });

  it('cuts what is longer than an answer', async () => {
    await fs.writeFile(join(folder, 'long.md'), 'x'.repeat(LONGEST_TEXT + 1));

    expect(await readNote(store, { note: 'long.md' }, running)).toMatchObject({
      text: 'x'.repeat(LONGEST_TEXT),
      cut: true,
    });
  });

  it('ends with the reason of the caller when it was called off', async () => {
    await expect(readNote(store, { note: 'a.md' }, AbortSignal.abort(new Error('called off')))).rejects.toThrow(
      'called off',
    );
  });
});

describe('remove', () => {
  it('removes one note and no other', async () => {
    await addNote(store, { title: 'Bread', text: 'Rye.' });
    await addNote(store, { title: 'Harbour', text: 'Ada.' });
    await store.remove('bread.md');

    expect(await fs.readdir(folder)).toEqual(['harbour.md']);
    await expect(store.remove('bread.md')).rejects.toThrow('Cannot remove "bread.md": there is no such note');
  });
});

describe('names and titles', () => {
  it.each([
    ['  Bücher & 東京!  ', 'bücher-東京.md'],
    ['../../etc/passwd', 'etc-passwd.md'],
    ['…', 'note.md'],
    [`${'x'.repeat(59)} yz`, `${'x'.repeat(59)}.md`],
    ['𝒳'.repeat(100), `${'𝒳'.repeat(60)}.md`],
  ])('keeps %j in %s', (title, name) => {
    expect(fileNameOf(title, 1)).toBe(name);
  });

  it.each([
    ['intro\n# Title\n', 'Title'],
    ['\n\nfirst line\n', 'first line'],
    ['', ''],
  ])('takes the title of %j for %j', (markdown, title) => {
    expect(titleOf(markdown)).toBe(title);
  });
});
