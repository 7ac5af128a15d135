/** One run of text on a page, in the order of the page's content. Lengths are in points, upwards from the bottom. */
export interface TextPiece {
  readonly text: string;
  readonly endsLine: boolean;
  readonly width: number;
  readonly height: number;
  readonly bottom: number;
}

interface Line {
  text: string;
  height: number;
  bottom: number;
}

/** A gap of more than this many line heights between two lines begins a paragraph. */
const PARAGRAPH_GAP = 1.8;
/** A word cut at the end of a line: `book-` and then `binding`. A capital or digit after the hyphen belongs to it. */
const CUT_WORD = /\p{L}-$/u;
const WORD_GOES_ON = /^\p{Ll}/u;

/** Puts the pieces of a page together to lines and paragraphs, and the words cut by hyphenation together again. */
export function layOutLines(pieces: readonly TextPiece[]): string {
  let text = '';
  let previous: Line | undefined;
  for (const line of toLines(pieces)) {
    if (previous === undefined) {
      text = line.text;
    } else if (CUT_WORD.test(previous.text) && WORD_GOES_ON.test(line.text)) {
      text = text.slice(0, -1) + line.text;
    } else {
      text += (startsParagraph(previous, line) ? '\n\n' : '\n') + line.text;
    }
    previous = line;
  }
  return text;
}

function startsParagraph(above: Line, below: Line): boolean {
  const gap = Math.abs(above.bottom - below.bottom);
  return gap > PARAGRAPH_GAP * Math.max(above.height, below.height);
}

/** A gap of more than this many line heights within a line separates the cells of a table. */
const COLUMN_GAP = 1.5;

function isColumnGap({ text, width }: TextPiece, line: Line): boolean {
  return text === ' ' && width > COLUMN_GAP * line.height;
}

function toLines(pieces: readonly TextPiece[]): readonly Line[] {
  const lines: Line[] = [];
  let open: Line | undefined;
  for (const piece of pieces) {
    open ??= { text: '', height: 0, bottom: piece.bottom };
    open.text += isColumnGap(piece, open) ? '\t' : piece.text;
    open.height = Math.max(open.height, piece.height);
    if (piece.text.trim() !== '') {
      open.bottom = piece.bottom;
    }
    if (piece.endsLine) {
      lines.push(open);
      open = undefined;
    }
  }
  if (open !== undefined) {
    lines.push(open);
  }
  return lines.map((line) => ({ ...line, text: line.text.trim() })).filter((line) => line.text !== '');
}
