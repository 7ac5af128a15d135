import { segmentText } from './segment.ts';

export interface CountInput {
  readonly text: string;
  readonly language?: string;
  readonly top?: number;
}

export interface WordCount {
  readonly word: string;
  readonly count: number;
}

export interface CountOutput {
  readonly words: number;
  readonly distinctWords: number;
  readonly sentences: number;
  readonly paragraphs: number;
  readonly lines: number;
  readonly characters: number;
  readonly charactersWithoutSpaces: number;
  readonly readingMinutes: number;
  readonly topWords: readonly WordCount[];
}

/** Silent reading of English non-fiction by adults (Brysbaert 2019, doi:10.1016/j.jml.2019.104047). */
const WORDS_PER_MINUTE = 238;

export function countText({ text, language = 'en', top = 10 }: CountInput): CountOutput {
  const { sentences, characters, charactersWithoutSpaces } = segmentText(text, language);
  const words = sentences.flatMap((sentence) => sentence.words);
  const frequencies = countWords(words, language);
  return {
    words: words.length,
    distinctWords: frequencies.length,
    sentences: sentences.length,
    paragraphs: text.split(/\n\s*\n/u).filter((part) => part.trim() !== '').length,
    lines: text === '' ? 0 : text.replace(/\r?\n$/u, '').split(/\r?\n/u).length,
    characters,
    charactersWithoutSpaces,
    readingMinutes: Math.round((words.length / WORDS_PER_MINUTE) * 10) / 10,
    topWords: frequencies.slice(0, top),
  };
}

/** Most frequent first; equally frequent ones in order of their code units, so that the answer never varies. */
function countWords(words: readonly string[], language: string): readonly WordCount[] {
  const counts = new Map<string, number>();
  for (const word of words) {
    const key = word.toLocaleLowerCase(language).normalize('NFC');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts]
    .map(([word, count]) => ({ word, count }))
    .sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1));
}
