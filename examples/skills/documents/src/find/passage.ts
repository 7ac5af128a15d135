/** A piece of a document that is searched as a whole: a paragraph, a table row, a heading. */
export interface Passage {
  readonly text: string;
  /** PDF documents are counted in pages, all others in lines; both from 1. */
  readonly unit: 'line' | 'page';
  /** Line of the passage's first character, or its page. */
  readonly start: number;
  /** Markdown: the heading the passage stands under. */
  readonly section?: string;
}

/** Locating a match walks a passage character by character, so no passage is longer than this. */
const MAX_LENGTH = 8_000;

/** Cuts an overlong passage, such as a file of one line, into pieces. */
export function* cutToLength(passage: Passage): Generator<Passage> {
  if (passage.text.length <= MAX_LENGTH) {
    yield passage;
    return;
  }
  let line = passage.start;
  for (let at = 0; at < passage.text.length; at += MAX_LENGTH) {
    const text = passage.text.slice(at, at + MAX_LENGTH);
    yield { ...passage, text, start: line };
    line += passage.unit === 'line' ? text.split('\n').length - 1 : 0;
  }
}
