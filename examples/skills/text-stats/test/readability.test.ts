import { describe, expect, it } from 'vitest';
import { judgeReadability } from '../src/readability.ts';
import { countSyllables } from '../src/syllables.ts';

const EASY = 'The cat sat on the mat. It was a big cat. The sun was hot.';
const HARD =
  'Notwithstanding considerable institutional reservations, representatives subsequently acknowledged ' +
  'fundamental organisational inadequacies throughout administrative departments.';

describe('judgeReadability', () => {
  it('calls short words in short sentences very easy', () => {
    const judged = judgeReadability({ text: EASY });

    expect(judged).toMatchObject({ words: 15, sentences: 3, wordsPerSentence: 5, lix: 5, level: 'very easy' });
    expect(judged.english?.fleschReadingEase).toBeGreaterThan(100);
  });

  it('calls long words in a long sentence very hard', () => {
    const judged = judgeReadability({ text: HARD });

    expect(judged.level).toBe('very hard');
    expect(judged.english?.fleschReadingEase).toBeLessThan(0);
    expect(judged.english?.fleschKincaidGrade).toBeGreaterThan(20);
  });

  it('gives the Flesch scores for English only', () => {
    expect(judgeReadability({ text: EASY, language: 'en-GB' }).english).not.toBeNull();
    expect(judgeReadability({ text: 'Der Hund schläft.', language: 'de' })).toMatchObject({ english: null, words: 3 });
  });

  it('has no score for a text without words', () => {
    expect(judgeReadability({ text: '… — !' })).toEqual({
      words: 0,
      sentences: 0,
      wordsPerSentence: 0,
      lix: null,
      level: 'none',
      english: null,
      longestSentence: null,
    });
  });

  it('quotes the longest sentence and cuts it when it is very long', () => {
    expect(judgeReadability({ text: EASY }).longestSentence).toEqual({ words: 6, text: 'The cat sat on the mat.' });

    const quoted = judgeReadability({ text: `${'long '.repeat(200)}end.` }).longestSentence;
    expect(quoted?.words).toBe(201);
    expect(quoted?.text).toBe(`${'long '.repeat(80)}…`);
  });
});

describe('countSyllables', () => {
  it.each([
    ['cat', 1],
    ['baked', 1],
    ['wanted', 2],
    ['makes', 1],
    ['houses', 2],
    ['tile', 1],
    ['table', 2],
    ['the', 1],
    ['readability', 5],
    ['café', 2],
    ['hmm', 1],
    ['2026', 1],
  ])('estimates %s as %i', (word, expected) => {
    expect(countSyllables(word)).toBe(expected);
  });
});
