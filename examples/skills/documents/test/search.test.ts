import { describe, expect, it } from 'vitest';
import { type SearchInput, type SearchTime, searchDocuments } from '../src/search.ts';
import { demoFolder } from './demo-folder.ts';
import { memoryFolder } from './memory-folder.ts';

const running: SearchTime = { signal: new AbortController().signal, isLate: () => false };
const search = (files: Parameters<typeof memoryFolder>[0], input: SearchInput) =>
  searchDocuments(memoryFolder(files), input, running);

describe('searchDocuments in the demo files', () => {
  it('finds one story in Markdown, CSV, text and PDF', async () => {
    const { hits, problems, notices } = await searchDocuments(demoFolder, { query: 'table saw brake' }, running);

    expect(hits.map(({ file, line, page, section }) => [file, line ?? `page ${page}`, section])).toEqual([
      ['finance/invoices-2026.csv', 8, undefined],
      ['meetings/2026-03-committee.md', 7, 'Table saw'],
      ['meetings/2026-05-committee.md', 12, 'Table saw'],
      ['notes/repair-log.txt', 8, undefined],
      ['reports/annual-report-2025.pdf', 'page 4', undefined],
    ]);
    expect(hits[0]?.snippet).toContain('total EUR: 556.92');
    expect({ problems, notices }).toEqual({ problems: [], notices: [] });
  });

  it('makes no difference between upper and lower case, or with and without accents', async () => {
    const [plain, accented] = await Promise.all(
      ['CAFE ZOE', 'café zoë'].map((query) => searchDocuments(demoFolder, { query }, running)),
    );

    expect(plain?.hits.length).toBeGreaterThan(4);
    expect(plain).toEqual(accented);
  });

  it('finds a phrase across the lines of a PDF', async () => {
    const { hits } = await searchDocuments(demoFolder, { query: '"riving knife had been taken off"' }, running);

    expect(hits).toMatchObject([{ file: 'reports/annual-report-2025.pdf', page: 3 }]);
  });
});

describe('searchDocuments', () => {
  it('wants all terms in one passage, of which some may stand in its heading', async () => {
    const files = { 'a.md': '# Saw\n\nthe brake\n\n# Other\n\nbrake and\n\nsaw\n\n# Saw brake\n\nnothing' };

    const { hits } = await search(files, { query: 'saw brake' });
    expect(hits.map(({ line }) => line)).toEqual([3, 11]);
  });

  it('names the line of the hit, not that of its paragraph', async () => {
    const { hits } = await search({ 'a.txt': 'one\n\ntwo\nthree\nthe needle' }, { query: 'needle' });

    expect(hits).toEqual([{ file: 'a.txt', kind: 'text', line: 5, snippet: 'two three the needle' }]);
  });

  it('searches in a folder, in one file, or in some kinds only', async () => {
    const files = { 'a.md': 'x', 'b/a.md': 'x', 'b/c.txt': 'x', 'bc/a.md': 'x' };
    const found = async (input: Omit<SearchInput, 'query'>) =>
      (await search(files, { query: 'x', ...input })).hits.map(({ file }) => file);

    expect(await found({})).toEqual(['a.md', 'b/a.md', 'b/c.txt', 'bc/a.md']);
    expect(await found({ in: '/docs/b/' })).toEqual(['b/a.md', 'b/c.txt']);
    expect(await found({ in: 'b/c.txt' })).toEqual(['b/c.txt']);
    expect(await found({ kinds: ['text'] })).toEqual(['b/c.txt']);
  });

  it('reports a broken file and searches the others', async () => {
    const files = { 'a.pdf': '%PDF-1.7 broken', 'b.md': 'needle', 'c.md': { fails: 'EACCES' }, 'd.md': 'needle' };
    const { hits, problems, filesSearched } = await search(files, { query: 'needle' });

    expect(hits.map(({ file }) => file)).toEqual(['b.md', 'd.md']);
    expect(filesSearched).toBe(2);
    expect(problems).toMatchObject([
      { file: 'a.pdf', problem: expect.stringContaining('damaged') },
      { file: 'c.md', problem: 'the operator has not allowed it' },
    ]);
  });

  it('stops and says so when the reading budget is spent', async () => {
    const files = { 'a.md': 'needle', 'b.md': { fails: 'EDQUOT', in: 'readFile' as const }, 'c.md': 'needle' };
    const { hits, notices } = await search(files, { query: 'needle' });

    expect(hits).toHaveLength(1);
    expect(notices).toEqual(['The reading budget of this call is spent; files after "b.md" were not searched']);
  });

  it('stops and says so at the limit, within a file and between files', async () => {
    const files = { 'a.md': 'needle\n\nneedle', 'b.md': 'needle' };

    expect(await search(files, { query: 'needle', limit: 3 })).toMatchObject({ hits: { length: 3 }, notices: [] });
    expect(await search(files, { query: 'needle', limit: 2 })).toMatchObject({
      hits: { length: 2 },
      notices: ['The limit of 2 hits is reached; files from "b.md" on were not searched'],
    });
    expect(await search(files, { query: 'needle', limit: 1 })).toMatchObject({
      hits: { length: 1 },
      notices: [
        'The limit of 1 hits is reached; "a.md" has more',
        'The limit of 1 hits is reached; files from "b.md" on were not searched',
      ],
    });
  });

  it('does not let one file take all the hits', async () => {
    const files = { 'a.md': 'needle\n\n'.repeat(5), 'b.md': 'needle' };
    const { hits, notices } = await search(files, { query: 'needle', perFile: 2 });

    expect(hits.map(({ file }) => file)).toEqual(['a.md', 'a.md', 'b.md']);
    expect(notices).toEqual(['"a.md" has more hits than the 2 shown; search in it alone']);
  });

  it('ends with the reason of the abort, not with a problem', async () => {
    const aborted: SearchTime = { ...running, signal: AbortSignal.abort(new Error('gave up')) };

    await expect(searchDocuments(memoryFolder({ 'a.md': 'x' }), { query: 'x' }, aborted)).rejects.toThrow('gave up');
  });

  it('answers with what it has found when it is late, between files and within one', async () => {
    const files = { 'a.md': 'needle\n\nneedle', 'b.md': 'needle' };
    const lateAfter = (looks: number): SearchTime => {
      let left = looks;
      return { ...running, isLate: () => left-- <= 0 };
    };
    const lateSearch = (looks: number) => searchDocuments(memoryFolder(files), { query: 'needle' }, lateAfter(looks));

    // The first look is before a.md, the second and third are at its paragraphs, the fourth before b.md.
    expect(await lateSearch(2)).toMatchObject({
      hits: [{ file: 'a.md', line: 1 }],
      notices: [
        'The time for one search is spent; "a.md" was searched up to line 3',
        'The time for one search is spent; files from "b.md" on were not searched',
      ],
    });
    expect(await lateSearch(3)).toMatchObject({
      hits: { length: 2 },
      notices: [expect.stringContaining('from "b.md" on')],
    });
    expect(await lateSearch(5)).toMatchObject({ hits: { length: 3 }, notices: [] });
  });
});
