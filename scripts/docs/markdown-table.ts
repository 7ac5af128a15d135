/** One Markdown table. Bars and line ends in cells are escaped, so that a text can never add a column. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export function code(text: string): string {
  return `\`${text}\``;
}

/** A code in the first cell of a row, with the anchor that messages and other pages link to. */
export function anchored(name: string): string {
  return `<a id="${name.toLowerCase()}"></a>${code(name)}`;
}

/** What stands at the top of a page that a program writes. */
export function generatedFrom(source: string): string {
  return `<!-- Generated from ${source} by scripts/generate-docs.ts; do not edit -->`;
}
