import { describe, expect, it } from 'vitest';
import { MAX_TERMS, parseQuery } from '../src/find/query.ts';

describe('parseQuery', () => {
  it('takes words and quoted phrases, folded, the longest first', () => {
    expect(parseQuery('Saw "Riving  KNIFE" brake')).toEqual(['riving knife', 'brake', 'saw']);
  });

  it('names each term once', () => {
    expect(parseQuery('Zoë ZOE "zoe"')).toEqual(['zoe']);
  });

  it('takes an unclosed quote as if it were not there', () => {
    expect(parseQuery('"riving knife')).toEqual(['riving', 'knife']);
  });

  it('refuses a query without a word', () => {
    expect(() => parseQuery(' "" \u200b ')).toThrow('it has no word in it');
  });

  it('refuses more terms than the maximum', () => {
    const words = Array.from({ length: MAX_TERMS + 1 }, (_, index) => `word${index}`);

    expect(parseQuery(words.slice(1).join(' '))).toHaveLength(MAX_TERMS);
    expect(() => parseQuery(words.join(' '))).toThrow('at most 8 are allowed');
  });
});
