import { describe, expect, it } from 'vitest';
import { MAX_TEXT, type ReadInput, readDocument } from '../src/read.ts';
import { demoFolder } from './demo-folder.ts';
import { memoryFolder } from './memory-folder.ts';

const running = new AbortController().signal;
const read = (files: Parameters<typeof memoryFolder>[0], input: ReadInput) =>
  readDocument(memoryFolder(files), input, running);

describe('readDocument', () => {
  it('reads a whole file', async () => {
    expect(await read({ 'a.txt': 'one\ntwo\n' }, { file: '/docs/a.txt' })).toEqual({
      file: 'a.txt',
      kind: 'text',
      unit: 'line',
      from: 1,
      to: 2,
      total: 2,
      text: 'one\ntwo',
    });
  });

  it('reads a range of lines, and no further than the end', async () => {
    const files = { 'a.md': 'one\ntwo\nthree\nfour' };

    expect(await read(files, { file: 'a.md', from: 2, to: 3 })).toMatchObject({ from: 2, to: 3, text: 'two\nthree' });
    expect(await read(files, { file: 'a.md', from: 4, to: 99 })).toMatchObject({
      from: 4,
      to: 4,
      total: 4,
      text: 'four',
    });
  });

  it('reads a range of pages of a PDF', async () => {
    const input = { file: 'reports/annual-report-2025.pdf', from: 3, to: 4 };
    const { text, ...rest } = await readDocument(demoFolder, input, running);

    expect(rest).toEqual({ file: input.file, kind: 'pdf', unit: 'page', from: 3, to: 4, total: 4 });
    expect(text).toMatch(/^\[page 3\]\nRepairs and safety\n[\s\S]*\[page 4\]\nMoney and outlook\n/u);
  });

  it('cuts a long text between lines and says where to go on', async () => {
    const files = { 'a.txt': `${'x'.repeat(999)}\n`.repeat(50) };
    const first = await read(files, { file: 'a.txt' });

    expect(first).toMatchObject({ from: 1, to: 24, total: 50, notice: 'Cut after line 24: ask again with from 25' });
    const rest = await read(files, { file: 'a.txt', from: 25, to: 48 });
    expect(rest).toMatchObject({ from: 25, to: 48 });
    expect(rest).not.toHaveProperty('notice');
  });

  it('cuts inside a line that is too long in itself, and not inside a character', async () => {
    const cut = await read({ 'a.txt': `x${'😀'.repeat(MAX_TEXT)}\nlast` }, { file: 'a.txt' });

    expect(cut).toMatchObject({ to: 1, total: 2, notice: expect.stringContaining('Cut inside line 1') });
    expect(cut.text).toHaveLength(MAX_TEXT);
    expect(cut.text.isWellFormed()).toBe(true);
  });

  it('has nothing to show of an empty file', async () => {
    expect(await read({ 'a.csv': '' }, { file: 'a.csv' })).toMatchObject({ from: 0, to: 0, total: 0, text: '' });
  });

  it.each([
    [{ file: 'a.txt', from: 3 }, 'Cannot read "a.txt": there is no line range 3 to 1; it has 1 line'],
    [{ file: 'a.txt', from: 2, to: 1 }, 'Cannot read "a.txt": there is no line range 2 to 1; it has 1 line'],
    [{ file: 'gone.txt' }, 'Cannot read "gone.txt": there is no such file'],
    [{ file: 'locked.txt' }, 'Cannot read "locked.txt": the operator has not allowed it'],
    [{ file: 'a.docx' }, 'Cannot read "a.docx": only .md, .txt, .csv and .pdf files can be read'],
    [{ file: '../a.txt' }, 'stay inside it'],
    [{ file: 'broken.pdf' }, 'Cannot read "broken.pdf": the PDF is damaged'],
  ])('refuses %j', async (input, message) => {
    const files = { 'a.txt': 'one', 'locked.txt': { fails: 'EACCES' }, 'broken.pdf': 'no pdf' };

    await expect(read(files, input)).rejects.toThrow(message);
  });

  it('ends with the reason of the abort', async () => {
    const aborted = AbortSignal.abort(new Error('gave up'));
    const input = { file: 'reports/annual-report-2025.pdf' };

    await expect(readDocument(demoFolder, input, aborted)).rejects.toThrow();
  });
});
