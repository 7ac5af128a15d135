import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BOUNDARY_CASES } from './corpus/boundary.ts';
import { ISOLATE_CASES } from './corpus/isolate.ts';
import { OPTION_CASES } from './corpus/network/options.ts';
import { PROTOCOL_CASES } from './corpus/protocol.ts';
import { type Area, CORPUS_NUMBERS, caseId } from './corpus-numbers.ts';
import { NOT_COVERED, PARTLY_COVERED } from './not-covered.ts';

const AREAS: readonly Area[] = ['IS', 'RS', 'BD', 'OS', 'IP', 'FS', 'NU', 'NP', 'SE'];
/** What holds for the machine and not for one attack is tested there, under the same ids. */
const INTEGRATION = join(import.meta.dirname, '../integration');
const BOOKKEEPING = ['corpus-numbers.ts', 'corpus-numbers.test.ts', 'not-covered.ts'];

/** Case ids in tests and corpus files. Some cases are rows of data, others are tests of their own with the id in the name. */
function idsInUse(): ReadonlySet<string> {
  const texts = [import.meta.dirname, INTEGRATION].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !BOOKKEEPING.includes(file))
      .map((file) => readFileSync(join(folder, file), 'utf8')),
  );
  return new Set(texts.flatMap((text) => text.match(/\b(?:IS|RS|BD|OS|IP|FS|NU|NP|SE)-\d{3}\b/gu) ?? []));
}

describe.each(AREAS)('area %s of the corpus', (area) => {
  const numbers = CORPUS_NUMBERS[area];
  const gaps = NOT_COVERED[area].map(({ number }) => number);

  it('has every number in a test or in not-covered.ts, never in both', () => {
    const used = idsInUse();
    const covered = numbers.filter((number) => used.has(caseId(area, number)));

    expect(covered.filter((number) => gaps.includes(number))).toEqual([]);
    expect([...covered, ...gaps].toSorted((one, other) => one - other)).toEqual(numbers);
  });

  it('uses no number that the threat model does not have', () => {
    const known = new Set(numbers.map((number) => caseId(area, number)));

    expect([...idsInUse()].filter((id) => id.startsWith(area) && !known.has(id))).toEqual([]);
  });

  it('names as partly covered only what has tests', () => {
    const used = idsInUse();

    expect(PARTLY_COVERED[area].filter(({ number }) => !used.has(caseId(area, number)))).toEqual([]);
  });
});

describe.each([
  ['IS', ISOLATE_CASES],
  ['BD', [...BOUNDARY_CASES, ...OPTION_CASES.filter(({ id }) => id.startsWith('BD'))]],
] as const)('the rows of area %s', (area, rows) => {
  it('are three or more for every case, with titles of their own', () => {
    const gaps = new Set(NOT_COVERED[area].map(({ number }) => number));
    const counts = CORPUS_NUMBERS[area]
      .filter((number) => !gaps.has(number))
      .map((number) => [number, rows.filter(({ id }) => id === caseId(area, number)).length] as const);

    expect(counts.filter(([, count]) => count < 3)).toEqual([]);
    expect(new Set(rows.map(({ id, title }) => `${id} ${title}`)).size).toBe(rows.length);
  });
});

describe('the rows of area IP', () => {
  const titles = PROTOCOL_CASES.map(({ id, title }) => `${id} ${title}`);

  it('are two or more for every case that has rows, with titles of their own', () => {
    const ids = [...new Set(PROTOCOL_CASES.map(({ id }) => id))];
    expect(ids.filter((id) => titles.filter((title) => title.startsWith(id)).length < 2)).toEqual([]);
    expect(new Set(titles).size).toBe(titles.length);
  });
});
