/** Endings whose `e` is written but not spoken: `baked`, `makes`, `tile`; but not `wanted`, `houses`, `table`. */
const SILENT_ENDING = /(?:[^laeiouytd]ed|[^aeiouyscxzhg]es|[^laeiouy]e|[aeiouy]le)$/u;
const VOWEL_GROUP = /[aeiouy]+/gu;

/**
 * Estimates the syllables of an English word: groups of vowels, less a silent ending. Right for about nine words in ten,
 * which is what the Flesch scores were made for.
 */
export function countSyllables(word: string): number {
  const letters = word
    .toLowerCase()
    .normalize('NFD')
    // An `é` at the end is spoken, unlike a bare `e`.
    .replace(/e\u0301/gu, 'ei')
    .replace(/[^a-z]/gu, '');
  const groups = letters.match(VOWEL_GROUP)?.length ?? 0;
  const silent = groups > 1 && SILENT_ENDING.test(letters) ? 1 : 0;
  return Math.max(1, groups - silent);
}
