import { describe, expect, it } from 'vitest';
import { FileTooLarge, MAX_FILE_BYTES } from '../src/folder/folder.ts';
import { kindOf } from '../src/folder/kind.ts';
import { normalizePath } from '../src/folder/path.ts';
import { describeProblem } from '../src/folder/problem.ts';
import { MAX_DEPTH, MAX_FILES, walkFolder } from '../src/folder/walk.ts';
import { memoryFolder, systemError } from './memory-folder.ts';

const running = new AbortController().signal;

describe('normalizePath', () => {
  it.each([
    ['', ''],
    ['.', ''],
    ['/docs', ''],
    ['/docs/a.md', 'a.md'],
    ['/docsish/a.md', 'docsish/a.md'],
    ['./notes//b.txt', 'notes/b.txt'],
    ['notes/', 'notes'],
  ])('reads %j as %j', (path, expected) => {
    expect(normalizePath(path)).toBe(expected);
  });

  it.each(['..', '../a.md', 'notes/../../a.md', '/docs/..'])('refuses %j', (path) => {
    expect(() => normalizePath(path)).toThrow('stay inside it');
  });
});

describe('kindOf', () => {
  it.each([
    ['a.md', 'markdown'],
    ['A.PDF', 'pdf'],
    ['x.y.csv', 'csv'],
    ['notes.txt', 'text'],
    ['a.docx', undefined],
    ['md', undefined],
    ['a.constructor', undefined],
  ])('of %s is %s', (file, kind) => {
    expect(kindOf(file)).toBe(kind);
  });
});

describe('walkFolder', () => {
  it('finds documents at every depth, in the order of their paths, and nothing else', async () => {
    const folder = memoryFolder({ 'z.md': '', 'a/b/c.pdf': '', 'a/x.exe': '', 'a.csv': '', 'a/b.txt': '' });

    expect(await walkFolder(folder, '', running)).toEqual({
      files: [
        { file: 'a.csv', kind: 'csv' },
        { file: 'a/b.txt', kind: 'text' },
        { file: 'a/b/c.pdf', kind: 'pdf' },
        { file: 'z.md', kind: 'markdown' },
      ],
      problems: [],
      incomplete: false,
    });
  });

  it('goes on when a sub-folder cannot be listed', async () => {
    const walk = await walkFolder(
      memoryFolder({ 'a.md': '', 'locked/': { fails: 'EACCES' }, 'locked/b.md': '' }),
      '',
      running,
    );

    expect(walk.files.map(({ file }) => file)).toEqual(['a.md']);
    expect(walk.problems).toEqual([{ file: 'locked', problem: 'the operator has not allowed it' }]);
    expect(walk.incomplete).toBe(false);
  });

  it('is incomplete when the budget ends', async () => {
    const walk = await walkFolder(memoryFolder({ 'a.md': '', 'b/': { fails: 'EDQUOT' }, 'b/b.md': '' }), '', running);

    expect(walk.incomplete).toBe(true);
  });

  it('fails when the starting folder cannot be listed', async () => {
    await expect(walkFolder(memoryFolder({ 'a.md': '' }), 'gone', running)).rejects.toThrow(
      'Cannot list "gone": there is no such file',
    );
  });

  it('stops at the maximum number of files', async () => {
    const files = (count: number): Record<string, string> =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`${index}.md`, '']));

    expect(await walkFolder(memoryFolder(files(MAX_FILES)), '', running)).toMatchObject({ incomplete: false });
    const walk = await walkFolder(memoryFolder(files(MAX_FILES + 1)), '', running);
    expect(walk.files).toHaveLength(MAX_FILES);
    expect(walk.incomplete).toBe(true);
  });

  it('stops at the maximum depth', async () => {
    const at = (depth: number): string => `${'d/'.repeat(depth)}a.md`;

    expect(await walkFolder(memoryFolder({ [at(MAX_DEPTH)]: '' }), '', running)).toMatchObject({
      files: [{ file: at(MAX_DEPTH) }],
      incomplete: false,
    });
    expect(await walkFolder(memoryFolder({ [at(MAX_DEPTH + 1)]: '' }), '', running)).toMatchObject({
      files: [],
      incomplete: true,
    });
  });

  it('stops when the call is aborted', async () => {
    const aborted = AbortSignal.abort(new Error('gave up'));

    await expect(walkFolder(memoryFolder({ 'a.md': '' }), '', aborted)).rejects.toThrow('gave up');
  });
});

describe('Folder.read', () => {
  it('refuses a file above the size limit before reading it', async () => {
    const folder = memoryFolder({
      'fits.txt': new Uint8Array(MAX_FILE_BYTES),
      'big.txt': new Uint8Array(MAX_FILE_BYTES + 1),
    });

    await expect(folder.read('big.txt', running)).rejects.toThrow(FileTooLarge);
    expect(await folder.read('fits.txt', running)).toHaveLength(MAX_FILE_BYTES);
  });
});

describe('describeProblem', () => {
  it('has a clause for each refusal of the host, without its path', () => {
    for (const code of ['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EFBIG', 'EDQUOT']) {
      expect(describeProblem(systemError(code))).toMatch(/^[a-z][^/]+$/u);
    }
  });

  it('cuts what a parser says about a hostile file', () => {
    expect(describeProblem(new Error('x'.repeat(1000)))).toHaveLength(200);
    expect(describeProblem('thrown text')).toBe('thrown text');
  });
});
