import { describe, expect, it } from 'vitest';
import { countText } from '../src/count.ts';

describe('countText', () => {
  it('counts words, sentences, paragraphs and lines', () => {
    const counted = countText({ text: 'The saw is sharp. Is it?\nYes!\n\nThen return it by Friday.\n' });

    expect(counted).toMatchObject({ words: 12, sentences: 4, paragraphs: 2, lines: 4 });
  });

  it('is all zero for an empty text', () => {
    expect(countText({ text: '' })).toEqual({
      words: 0,
      distinctWords: 0,
      sentences: 0,
      paragraphs: 0,
      lines: 0,
      characters: 0,
      charactersWithoutSpaces: 0,
      readingMinutes: 0,
      topWords: [],
    });
  });

  it('counts what a reader sees as one character once', () => {
    expect(countText({ text: '👩‍👩‍👧 e\u0301\r\n🇨🇭' })).toMatchObject({ characters: 4, charactersWithoutSpaces: 3 });
  });

  it('finds words in a language without spaces', () => {
    expect(countText({ text: '東京に行きました。', language: 'ja' })).toMatchObject({ sentences: 1, characters: 9 });
    expect(countText({ text: '東京に行きました。', language: 'ja' }).words).toBeGreaterThan(2);
  });

  it('does not call a line of dashes a sentence', () => {
    expect(countText({ text: 'One.\n\n---\n\nTwo.' }).sentences).toBe(2);
  });

  it('lists the most frequent words first, ties in a fixed order, whatever the case', () => {
    expect(countText({ text: 'b B a c a b', top: 2 })).toMatchObject({
      distinctWords: 3,
      topWords: [
        { word: 'b', count: 3 },
        { word: 'a', count: 2 },
      ],
    });
    expect(countText({ text: 'd c', top: 50 }).topWords.map((entry) => entry.word)).toEqual(['c', 'd']);
  });

  it('counts words that are names of object properties', () => {
    const { topWords } = countText({ text: '__proto__ constructor constructor' });

    expect(topWords).toContainEqual({ word: 'constructor', count: 2 });
  });

  it('estimates the reading time at 238 words a minute', () => {
    expect(countText({ text: 'word '.repeat(476) }).readingMinutes).toBe(2);
  });
});
