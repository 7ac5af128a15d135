import { describe, expect, it } from 'vitest';
import { listDocuments } from '../src/list.ts';
import { memoryFolder } from './memory-folder.ts';

const running = new AbortController().signal;

describe('listDocuments', () => {
  const files = { 'a.md': 'four', 'b/c.txt': '', 'b/d.csv': 'x' };

  it('tells kind, size and date of each document', async () => {
    const { files: listed, notices, problems } = await listDocuments(memoryFolder(files), {}, running);

    expect(listed).toEqual([
      { file: 'a.md', kind: 'markdown', bytes: 4, modified: '1970-01-01T00:00:00.000Z' },
      { file: 'b/c.txt', kind: 'text', bytes: 0, modified: '1970-01-01T00:00:00.000Z' },
      { file: 'b/d.csv', kind: 'csv', bytes: 1, modified: '1970-01-01T00:00:00.000Z' },
    ]);
    expect({ notices, problems }).toEqual({ notices: [], problems: [] });
  });

  it('lists a sub-folder, or some kinds only', async () => {
    const list = async (input: Parameters<typeof listDocuments>[1]) =>
      (await listDocuments(memoryFolder(files), input, running)).files.map(({ file }) => file);

    expect(await list({ folder: 'b' })).toEqual(['b/c.txt', 'b/d.csv']);
    expect(await list({ kinds: ['csv', 'markdown'] })).toEqual(['a.md', 'b/d.csv']);
  });

  it('reports a document it cannot look at and lists the others', async () => {
    const listed = await listDocuments(memoryFolder({ ...files, 'aa.md': { fails: 'EACCES' } }), {}, running);

    expect(listed.files).toHaveLength(3);
    expect(listed.problems).toEqual([{ file: 'aa.md', problem: 'the operator has not allowed it' }]);
  });

  it('stops and says so when the reading budget is spent', async () => {
    const listed = await listDocuments(memoryFolder({ ...files, 'aa.md': { fails: 'EDQUOT' } }), {}, running);

    expect(listed.files).toHaveLength(1);
    expect(listed.notices).toEqual([
      'The reading budget of this call is spent; documents after "aa.md" are not listed',
    ]);
  });
});
