import { type Sentence, segmentText } from './segment.ts';
import { countSyllables } from './syllables.ts';

export interface ReadabilityInput {
  readonly text: string;
  readonly language?: string;
}

export type Level = 'none' | 'very easy' | 'easy' | 'medium' | 'hard' | 'very hard';

export interface ReadabilityOutput {
  readonly words: number;
  readonly sentences: number;
  readonly wordsPerSentence: number;
  readonly lix: number | null;
  readonly level: Level;
  readonly english: { readonly fleschReadingEase: number; readonly fleschKincaidGrade: number } | null;
  readonly longestSentence: { readonly words: number; readonly text: string } | null;
}

/** LIX counts a word of more letters than this as long. */
const LONG_WORD_LETTERS = 6;
/** The first 400 code points: enough to recognise a sentence by. */
const SHOWN_START = /^.{0,400}/su;

export function judgeReadability({ text, language = 'en' }: ReadabilityInput): ReadabilityOutput {
  const { sentences } = segmentText(text, language);
  const words = sentences.flatMap((sentence) => sentence.words);
  const wordsPerSentence = sentences.length === 0 ? 0 : words.length / sentences.length;
  const lix = words.length === 0 ? null : toOneDecimal(lixScore(words, wordsPerSentence));
  return {
    words: words.length,
    sentences: sentences.length,
    wordsPerSentence: toOneDecimal(wordsPerSentence),
    lix,
    level: levelOf(lix),
    english: isEnglish(language) && words.length > 0 ? fleschScores(words, wordsPerSentence) : null,
    longestSentence: findLongest(sentences),
  };
}

/** Läsbarhetsindex: C.-H. Björnsson, Läsbarhet, Stockholm 1968. */
function lixScore(words: readonly string[], wordsPerSentence: number): number {
  const long = words.filter((word) => word.normalize('NFC').length > LONG_WORD_LETTERS).length;
  return wordsPerSentence + (100 * long) / words.length;
}

function levelOf(lix: number | null): Level {
  if (lix === null) return 'none';
  if (lix < 30) return 'very easy';
  if (lix < 40) return 'easy';
  if (lix < 50) return 'medium';
  return lix < 60 ? 'hard' : 'very hard';
}

/** Reading ease: R. Flesch, J. Appl. Psychol. 32 (1948). Grade: J. P. Kincaid et al., Navy report RBR 8-75 (1975). */
function fleschScores(words: readonly string[], wordsPerSentence: number): ReadabilityOutput['english'] {
  const syllables = words.reduce((sum, word) => sum + countSyllables(word), 0);
  const syllablesPerWord = syllables / words.length;
  return {
    fleschReadingEase: toOneDecimal(206.835 - 1.015 * wordsPerSentence - 84.6 * syllablesPerWord),
    fleschKincaidGrade: toOneDecimal(0.39 * wordsPerSentence + 11.8 * syllablesPerWord - 15.59),
  };
}

function findLongest(sentences: readonly Sentence[]): ReadabilityOutput['longestSentence'] {
  let longest: Sentence | undefined;
  for (const sentence of sentences) {
    if (longest === undefined || sentence.words.length > longest.words.length) {
      longest = sentence;
    }
  }
  if (longest === undefined) {
    return null;
  }
  const [start = ''] = SHOWN_START.exec(longest.text) ?? [];
  const text = start.length < longest.text.length ? `${start}…` : longest.text;
  return { words: longest.words.length, text };
}

function isEnglish(language: string): boolean {
  return language === 'en' || language.startsWith('en-');
}

function toOneDecimal(value: number): number {
  return Math.round(value * 10) / 10;
}
