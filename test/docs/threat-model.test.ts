import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linksIn, ROOT, readDocument, tableRows } from './markdown.ts';

const page = readDocument('docs/threat-model.md');
const rows = tableRows(page, 'Vector');
const corpus = globSync('test/adversarial/**/*.ts', { cwd: ROOT })
  .map((file) => readFileSync(join(ROOT, file), 'utf8'))
  .join('\n');

function filesIn(cell: string): readonly string[] {
  return linksIn(cell).map((target) => join('docs', target));
}

describe('the tables of the threat model', () => {
  it('are read', () => {
    expect(rows.length).toBeGreaterThan(30);
    expect(rows.filter((row) => row.length !== 4)).toEqual([]);
  });

  it.each(rows)('%s', (_vector, _defence, file = '', test = '') => {
    const sources = filesIn(file);
    const tests = filesIn(test);
    expect(sources.length).toBeGreaterThan(0);
    expect(tests.length).toBeGreaterThan(0);
    expect([...sources, ...tests].filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(sources.filter((path) => path.endsWith('.test.ts'))).toEqual([]);
    expect(tests.filter((path) => !path.endsWith('.test.ts'))).toEqual([]);
    // A case id belongs to the adversarial corpus, and its number is in the name of a test there.
    const unknown = (test.match(/\b[A-Z]{2}-\d{3}\b/g) ?? []).filter((id) => !corpus.includes(id));
    expect(unknown).toEqual([]);
  });
});
