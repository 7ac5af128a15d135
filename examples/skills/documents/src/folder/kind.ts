/** What a file is, judged by its name alone. */
export type Kind = 'markdown' | 'text' | 'csv' | 'pdf';

const KIND_BY_ENDING: ReadonlyMap<string, Kind> = new Map([
  ['md', 'markdown'],
  ['txt', 'text'],
  ['csv', 'csv'],
  ['pdf', 'pdf'],
]);

/** The kind of a file by its name, or `undefined` for a file this skill does not read. */
export function kindOf(file: string): Kind | undefined {
  const dot = file.lastIndexOf('.');
  return dot === -1 ? undefined : KIND_BY_ENDING.get(file.slice(dot + 1).toLowerCase());
}
