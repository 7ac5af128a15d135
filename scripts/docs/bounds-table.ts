import { markdownTable } from './markdown-table.ts';

/** With a comma at every thousand. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** A table of bounds that nobody can change. */
export function plainTable(rows: readonly (readonly [string, number])[], head = 'at most'): string {
  return markdownTable(
    ['what', head],
    rows.map(([what, value]) => [what, count(value)]),
  );
}

/** The same with what happens beyond the bound. */
export function tableWithOverrun(rows: readonly (readonly [string, number, string])[]): string {
  return markdownTable(
    ['what', 'at most', 'above it'],
    rows.map(([what, value, above]) => [what, count(value), above]),
  );
}
