/** One sentence with the words in it, in reading order. */
export interface Sentence {
  readonly text: string;
  readonly words: readonly string[];
}

/** A text cut where a reader of the language would cut it (Unicode Standard Annex 29, through ICU). */
export interface Segments {
  readonly sentences: readonly Sentence[];
  /** Characters as a reader sees them: grapheme clusters, line breaks left out. */
  readonly characters: number;
  readonly charactersWithoutSpaces: number;
}

/** Segments a text. A language the engine does not know falls back to the general rules, as `Intl` defines it. */
export function segmentText(text: string, language: string): Segments {
  const sentenceCutter = new Intl.Segmenter(language, { granularity: 'sentence' });
  const wordCutter = new Intl.Segmenter(language, { granularity: 'word' });
  const sentences: Sentence[] = [];
  for (const { segment } of sentenceCutter.segment(text)) {
    const words = [...wordCutter.segment(segment)].filter((part) => part.isWordLike === true);
    // A line of dashes or a lone bullet is a segment as well, but nobody would call it a sentence.
    if (words.length > 0) {
      sentences.push({ text: segment.trim(), words: words.map((part) => part.segment) });
    }
  }
  return { sentences, ...countCharacters(text, language) };
}

const LINE_BREAK = /^[\r\n\u0085\u2028\u2029]+$/u;
const SPACE = /^\s+$/u;

function countCharacters(text: string, language: string): Pick<Segments, 'characters' | 'charactersWithoutSpaces'> {
  const cutter = new Intl.Segmenter(language, { granularity: 'grapheme' });
  let characters = 0;
  let spaces = 0;
  for (const { segment } of cutter.segment(text)) {
    if (LINE_BREAK.test(segment)) {
      continue;
    }
    characters += 1;
    spaces += SPACE.test(segment) ? 1 : 0;
  }
  return { characters, charactersWithoutSpaces: characters - spaces };
}
