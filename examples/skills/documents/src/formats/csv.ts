/** One record of a CSV file. */
export interface CsvRow {
  /** The line on which the record begins, counted from 1. A quoted field may hold line breaks. */
  readonly line: number;
  readonly fields: readonly string[];
}

const DELIMITERS = [',', ';', '\t'] as const;

/**
 * Parses CSV (RFC 4180), with comma, semicolon or tab between the fields: whichever the first line has most of. Lenient
 * as spreadsheets are: a quote inside an unquoted field is a character, a quote that is never closed ends with the file.
 * Blank lines are no records.
 */
export function parseCsv(text: string): readonly CsvRow[] {
  const delimiter = findDelimiter(text);
  const rows: CsvRow[] = [];
  let fields: string[] = [];
  let rowLine = 1;
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const field = text[at] === '"' ? readQuoted(text, at) : readPlain(text, at, delimiter);
    fields.push(field.value);
    line += field.lineBreaks;
    at = field.end;
    if (text[at] === delimiter) {
      at += 1;
      if (at < text.length) {
        continue;
      }
      fields.push('');
    }
    if (fields.length > 1 || fields[0] !== '') {
      rows.push({ line: rowLine, fields });
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    line += 1;
    rowLine = line;
    fields = [];
  }
  return rows;
}

interface Field {
  readonly value: string;
  readonly end: number;
  readonly lineBreaks: number;
}

function readPlain(text: string, start: number, delimiter: string): Field {
  let end = start;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') {
    end += 1;
  }
  return { value: text.slice(start, end), end, lineBreaks: 0 };
}

function readQuoted(text: string, start: number): Field {
  let value = '';
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    const end = quote === -1 ? text.length : quote;
    value += text.slice(from, end);
    if (text[end + 1] !== '"' || quote === -1) {
      return { value, end: Math.min(end + 1, text.length), lineBreaks: value.split(/\r\n|\r|\n/u).length - 1 };
    }
    value += '"';
    from = end + 2;
  }
}

function findDelimiter(text: string): string {
  const [firstLine = ''] = text.split(/[\r\n]/u, 1);
  const unquoted = firstLine.replace(/"[^"]*"/gu, '');
  let best: string = DELIMITERS[0];
  let most = 0;
  for (const delimiter of DELIMITERS) {
    const count = unquoted.split(delimiter).length - 1;
    if (count > most) {
      most = count;
      best = delimiter;
    }
  }
  return best;
}
