import { parseCsv } from '../formats/csv.ts';
import type { Passage } from './passage.ts';

/** One passage per record, each value behind the name of its column: the form in which a model reads a row best. */
export function* tableRows(text: string): Generator<Passage> {
  const [header, ...records] = parseCsv(text);
  if (header === undefined) {
    return;
  }
  yield { text: header.fields.join(' · '), unit: 'line', start: header.line };
  for (const { line, fields } of records) {
    const named = fields.map((value, column) => {
      const name = header.fields[column]?.trim() ?? '';
      return name === '' ? value : `${name}: ${value}`;
    });
    yield { text: named.join(' · ').replace(/[\r\n]+/gu, ' '), unit: 'line', start: line };
  }
}
