import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const ROOT: string = join(import.meta.dirname, '../..');

/** A fenced block: ```` ```ts run ```` has the language `ts` and the words `run`. */
export interface Fence {
  readonly language: string;
  readonly words: readonly string[];
  readonly text: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
}

const SKIPPED = new Set(['node_modules', 'dist', 'temp', 'coverage', '.git']);

/** Every Markdown file that people read on the repository's pages, relative to its root. */
export function markdownFiles(folder: string = ROOT): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : markdownFiles(path);
    return entry.name.endsWith('.md') ? [relative(ROOT, path)] : [];
  });
}

export function readDocument(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

export function fencesIn(text: string): readonly Fence[] {
  const fences: Fence[] = [];
  let open:
    | { readonly mark: string; readonly info: string; readonly line: number; readonly lines: string[] }
    | undefined;
  text.split('\n').forEach((content, index) => {
    const mark = /^(`{3,})(.*)$/.exec(content);
    if (open === undefined) {
      if (mark !== null) open = { mark: mark[1] ?? '', info: (mark[2] ?? '').trim(), line: index + 1, lines: [] };
    } else if (content === open.mark) {
      const [language = '', ...words] = open.info.split(' ');
      fences.push({ language, words, text: `${open.lines.join('\n')}\n`, line: open.line });
      open = undefined;
    } else open.lines.push(content);
  });
  if (open !== undefined) throw new Error(`Cannot read Markdown: the block of line ${open.line} is not closed`);
  return fences;
}

/** The text without its code, in which neither links nor headings count. Keeps the number of lines. */
function proseOf(text: string): string {
  let inside = false;
  const lines = text.split('\n').map((line) => {
    const isFence = /^`{3,}/.test(line);
    if (isFence) inside = !inside;
    return inside || isFence ? '' : line;
  });
  return lines.join('\n').replaceAll(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]<>]/g, ' '));
}

/** Anchors of a page: headings as GitHub names them, and `<a id>`. */
export function anchorsIn(text: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of proseOf(text).matchAll(/^#{1,6} +(.*)$/gm)) {
    const slug = slugOf(heading);
    let anchor = slug;
    for (let copy = 1; anchors.has(anchor); copy += 1) anchor = `${slug}-${copy}`;
    anchors.add(anchor);
  }
  for (const [, id = ''] of text.matchAll(/<a id="([^"]+)">/g)) anchors.add(id);
  return anchors;
}

function slugOf(heading: string): string {
  const words = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
  return words
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');
}

/** Targets of links and images, as written. */
export function linksIn(text: string): readonly string[] {
  return [...proseOf(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
}

/** Rows of the tables whose first column is called `head`, cell by cell. */
export function tableRows(text: string, head: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let inside = false;
  for (const line of text.split('\n')) {
    const cells = line.startsWith('| ') ? cellsOf(line) : undefined;
    if (cells === undefined) inside = false;
    else if (cells[0] === head) inside = true;
    else if (inside && cells[0] !== '---') rows.push(cells);
  }
  return rows;
}

function cellsOf(line: string): string[] {
  const cells = line.split(/(?<!\\)\|/).slice(1, -1);
  return cells.map((cell) => cell.trim());
}
