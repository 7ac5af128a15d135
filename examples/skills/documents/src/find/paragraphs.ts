import { splitLines } from '../formats/decode-text.ts';
import type { Passage } from './passage.ts';

/** Paragraphs are cut after this many lines, so that a log file without blank lines does not become one passage. */
const MAX_LINES = 20;

/** Cuts a text into paragraphs by its blank lines. */
export function* textParagraphs(text: string): Generator<Passage> {
  const lines = splitLines(text);
  yield* groupLines(lines, 0, lines.length);
}

const HEADING = /^ {0,3}#{1,6}[ \t]+(?=\S)/u;
const FENCE = /^ {0,3}(?:```|~~~)/u;

/** As `textParagraphs`, but a Markdown heading is a passage of its own and names what follows it. */
export function* markdownParagraphs(text: string): Generator<Passage> {
  const lines = splitLines(text);
  let fenced = false;
  let section: string | undefined;
  let bodyStart = 0;
  for (const [index, line] of lines.entries()) {
    fenced = FENCE.test(line) ? !fenced : fenced;
    if (fenced || !HEADING.test(line)) {
      continue;
    }
    yield* groupLines(lines, bodyStart, index, section);
    section = headingText(line);
    yield { text: section, unit: 'line', start: index + 1, section };
    bodyStart = index + 1;
  }
  yield* groupLines(lines, bodyStart, lines.length, section);
}

/** `## Opening hours ##` is `Opening hours`: the closing marks are decoration. */
function headingText(line: string): string {
  const text = line.replace(HEADING, '').trimEnd();
  let end = text.length;
  while (text[end - 1] === '#') {
    end -= 1;
  }
  return text.slice(0, end).trimEnd() || text;
}

function* groupLines(lines: readonly string[], from: number, to: number, section?: string): Generator<Passage> {
  let start = from;
  for (let index = from; index <= to; index += 1) {
    const blank = index === to || lines[index]?.trim() === '';
    if (!blank && index - start < MAX_LINES) {
      continue;
    }
    if (index > start) {
      const text = lines.slice(start, index).join('\n');
      yield { text, unit: 'line', start: start + 1, ...(section === undefined ? {} : { section }) };
    }
    start = blank ? index + 1 : index;
  }
}
