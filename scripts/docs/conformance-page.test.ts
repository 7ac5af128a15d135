import { describe, expect, it } from 'vitest';
import { type ConformanceRecord, conformancePage, readConformanceRecord } from './conformance-page.ts';

const RECORD: ConformanceRecord = {
  suites: [{ title: 'Paths', tries: 'all of it', files: [], program: '', read: () => [] }],
  suiteResults: { Paths: { passed: 12, failed: { 'case 3': 'fails' } } },
  sections: [
    { title: 'A §1', cases: { one: '', two: '' }, notSupported: { three: 'no need' } },
    { title: 'B §2', cases: {} },
  ],
  sectionResults: { 'A §1': { passed: 1, failed: { two: 'a | b' } } },
  libraries: [{ name: 'lib', version: '1.2.3', works: false, does: 'sums', note: 'slow' }],
};

describe('conformancePage', () => {
  const page = conformancePage(RECORD);

  it('counts what passed, what failed and what is not supported', () => {
    expect(page).toContain('| Paths | all of it | 12 | 1 |');
    expect(page).toContain('| A §1 | 1 | 1 | 1 |');
  });
  it('gives every reason, and escapes what would add a column', () => {
    expect(page).toContain('| A §1 | two | a \\| b |');
    expect(page).toContain('| A §1 | three | no need |');
  });
  it('says what is not on record', () => expect(page).toContain('| B §2 | not on record |  | 0 |'));
  it('lists libraries, and has no chapter without any', () => {
    expect(page).toContain('| `lib` | 1.2.3 | fails | sums | slow |');
    expect(conformancePage({ ...RECORD, libraries: [] })).not.toContain('## Libraries');
  });
});

describe('the record of this repository', () => {
  it('has every section and every suite', () => {
    const { suites, suiteResults, sections, sectionResults } = readConformanceRecord();
    expect(Object.keys(suiteResults)).toEqual(suites.map(({ title }) => title));
    expect(Object.keys(sectionResults)).toEqual(sections.map(({ title }) => title));
  });
});
