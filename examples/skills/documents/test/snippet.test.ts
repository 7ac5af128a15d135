import { describe, expect, it } from 'vitest';
import { locate } from '../src/find/snippet.ts';

const FILLER = 'nothing of interest here '.repeat(20);

describe('locate', () => {
  it('quotes a short text whole', () => {
    expect(locate('The saw\n  is sharp.', ['saw'])).toEqual({ at: 4, snippet: 'The saw is sharp.' });
  });

  it('quotes the surroundings of a hit, cut between words', () => {
    const { at, snippet } = locate(`${FILLER}the Café here ${FILLER}`, ['cafe']);

    expect(at).toBe(FILLER.length + 4);
    expect(snippet).toMatch(/^… \w.*\bthe Café here\b.*\w …$/u);
    expect(snippet.length).toBeLessThan(260);
    for (const word of snippet.replaceAll('…', '').trim().split(' ')) {
      expect(`${FILLER}the Café`).toContain(word);
    }
  });

  it('prefers the place where the terms are close together', () => {
    const text = `the brake alone ${FILLER} the brake of the saw ${FILLER}`;

    expect(locate(text, ['brake', 'saw']).snippet).toContain('the brake of the saw');
  });

  it('passes over a term that stands in the heading only', () => {
    expect(locate(`${FILLER} the brake ${FILLER}`, ['heading', 'brake']).snippet).toContain('the brake');
  });

  it('copes with a text of one endless word', () => {
    const { snippet } = locate(`${'x'.repeat(1000)}needle${'y'.repeat(1000)}`, ['needle']);

    expect(snippet).toMatch(/^… x{90}needley{144} …$/u);
  });
});
