import type { RemovalTally } from './removal-counts.ts';
import {
  BLANK_REACH,
  createMarkerPattern,
  followsBlankLine,
  isTurnMarker,
  MARKER_REACH,
  openBracket,
  openWord,
} from './role-markers.ts';

/** Set into a marker behind its first character. Visible, plain text everywhere, and unchanged by NFKC. */
export const BREAK_MARK = '·';

/** Code units kept back at most while more text may come: every folded character takes at most two. */
const HOLD_BACK = 2 * MARKER_REACH;

const markerPattern = createMarkerPattern();
const ascii = /^\p{ASCII}*$/u;
const anyAscii = /\p{ASCII}/u;

/** Text as a consumer sees it after NFKC, with the way back to the original. */
interface Folded {
  readonly text: string;
  /** Original start and end of the code point that a folded code unit came from. */
  startOf(index: number): number;
  endOf(index: number): number;
}

/**
 * Second stage of the sanitiser: breaks role markers and delimiters visibly, also when they are spelled with
 * characters that only become ASCII under NFKC. Expects text from the first stage: an invisible character inside a
 * marker is gone by now.
 */
export class MarkerBreaker {
  readonly #tally: RemovalTally;
  #pending = '';
  /** Folded text just before `#pending`. */
  #before = '';

  constructor(tally: RemovalTally) {
    this.#tally = tally;
  }

  push(text: string): string {
    this.#pending += text;
    const from = startOfTail(this.#pending);
    return this.#settle(from + decidedLength(this.#pending.slice(from)));
  }

  end(): string {
    return this.#settle(this.#pending.length);
  }

  /** Decides every position before `cut`; what follows is only looked at. */
  #settle(cut: number): string {
    let out = '';
    let copied = 0;
    for (const end of this.#findBreaks(cut)) {
      out += this.#pending.slice(copied, end) + BREAK_MARK;
      copied = end;
      this.#tally.add('marker');
    }
    out += this.#pending.slice(copied, cut);
    const settled = fold(this.#pending.slice(Math.max(0, cut - 2 * BLANK_REACH), cut)).text;
    this.#before = (this.#before + settled).slice(-BLANK_REACH);
    this.#pending = this.#pending.slice(cut);
    return out;
  }

  /**
   * Ends of the first characters of all markers that start before `cut`, ascending. A tag name that stands alone as
   * written may run into a letter under NFKC and the other way round, so both readings count.
   */
  #findBreaks(cut: number): readonly number[] {
    const folded = fold(this.#pending);
    const breaks = this.#findIn(folded, cut);
    if (folded.text === this.#pending) return breaks;
    const asWritten = this.#findIn(identity(this.#pending), cut);
    return [...new Set([...breaks, ...asWritten])].toSorted((a, b) => a - b);
  }

  #findIn(reading: Folded, cut: number): readonly number[] {
    const breaks: number[] = [];
    for (const match of reading.text.matchAll(markerPattern)) {
      if (reading.startOf(match.index) >= cut) break;
      if (isTurnMarker(match[0]) && !followsBlankLine(this.#before, reading.text, match.index)) continue;
      breaks.push(reading.endOf(match.index));
    }
    return breaks;
  }
}

/** Where the last code units begin that a marker may still reach into, at a code point. */
function startOfTail(text: string): number {
  const at = Math.max(0, text.length - HOLD_BACK);
  const splitsPair = at > 0 && (text.codePointAt(at - 1) ?? 0) > 0xffff;
  return splitsPair ? at - 1 : at;
}

/** How much of the end of a text is decided whatever follows: the reader of a preview should not have to wait for it. */
function decidedLength(tail: string): number {
  // White space as written is white space in both readings; a character that only folds to some is not.
  const word = 1 + Math.max(tail.lastIndexOf(' '), tail.lastIndexOf('\n'), tail.lastIndexOf('\t'));
  return Math.min(word + firstIn(tail.slice(word), openBracket), firstIn(tail, openWord));
}

/** Where the folded text first matches, in the original; its length when it does not. */
function firstIn(text: string, pattern: RegExp): number {
  const folded = fold(text);
  const at = folded.text.search(pattern);
  return at === -1 ? text.length : folded.startOf(at);
}

/**
 * NFKC code point by code point. NFKC of the whole may additionally compose, which only turns ASCII into other
 * letters, so every marker of the whole form is a marker here.
 */
function fold(text: string): Folded {
  if (ascii.test(text) || text.normalize('NFKC') === text) {
    return identity(text);
  }
  const starts: number[] = [];
  let folded = '';
  let at = 0;
  for (const char of text) {
    const form = char <= '\u007f' ? char : foldChar(char);
    for (let unit = 0; unit < form.length; unit += 1) starts.push(at);
    folded += form;
    at += char.length;
  }
  const startOf = (index: number): number => starts[index] ?? text.length;
  return { text: folded, startOf, endOf: (index) => startOf(index) + codePointLength(text, startOf(index)) };
}

/** Markers are ASCII: of a form without any, only its first character matters, as what follows a tag name. */
function foldChar(char: string): string {
  const form = char.normalize('NFKC');
  return anyAscii.test(form) ? form : String.fromCodePoint(form.codePointAt(0) ?? 0);
}

function identity(text: string): Folded {
  return { text, startOf: (index) => index, endOf: (index) => index + 1 };
}

function codePointLength(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}
