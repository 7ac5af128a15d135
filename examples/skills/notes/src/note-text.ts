/** The first 60 characters; by characters and not by code units, since half of a surrogate pair is not a name. */
const LONGEST_NAME = /^.{0,60}/su;

/** A file name of a title: `Tool library: opening hours` is kept in `tool-library-opening-hours.md`. */
export function fileNameOf(title: string, attempt: number): string {
  const words = title
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{N}\p{M}]+/gu) ?? ['note'];
  const [start = ''] = LONGEST_NAME.exec(words.join('-')) ?? [];
  const name = start.replace(/-$/u, '');
  return attempt === 1 ? `${name}.md` : `${name}-${attempt}.md`;
}

export function markdownOf(title: string, text: string): string {
  return `# ${title.trim()}\n\n${text.trimEnd()}\n`;
}

/** The first heading, or the first line of a note that somebody else wrote without one. */
export function titleOf(markdown: string): string {
  const lines = markdown.split('\n', 50).map((line) => line.trim());
  const heading = lines.find((line) => line.startsWith('# ')) ?? lines.find((line) => line !== '') ?? '';
  return heading
    .replace(/^#+\s*/u, '')
    .slice(0, 200)
    .toWellFormed();
}
