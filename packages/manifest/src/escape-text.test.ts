import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeText, hasHiddenCharacters } from './escape-text.ts';

describe('hidden characters', () => {
  it.each([
    ['escape', '\u001b[31m'],
    ['carriage return', 'a\rb'],
    ['C1', '\u009b'],
    ['right-to-left override', '\u202e'],
    ['isolate', '\u2066'],
    ['Arabic letter mark', '\u061c'],
    ['zero-width space', '\u200b'],
    ['word joiner', '\u2060'],
    ['byte order mark', '\ufeff'],
    ['soft hyphen', '\u00ad'],
    ['Hangul filler', '\u3164'],
    ['tag letter', '\u{e0041}'],
    ['variation selector supplement', '\u{e0100}'],
    ['line separator', '\u2028'],
    ['half a character', '\ud83d'],
    ['joiner between letters', 'a\u200db'],
  ])('finds %s', (_name, text) => {
    expect(hasHiddenCharacters(text)).toBe(true);
    expect(escapeText(text)).toMatch(/\\u\{[0-9a-f]+\}/);
  });

  it.each(['plain', 'naïve café', 'Grüße', '日本語', 'مرحبا', 'line\nand\ttab', '👩‍💻', '👩🏽‍🚀', '❤️‍🔥', '🏳️‍🌈'])(
    'lets %j be',
    (text) => {
      expect(hasHiddenCharacters(text)).toBe(false);
      expect(escapeText(text)).toBe(text.replace(/[\n\t]/g, ' '));
    },
  );

  it('leaves nothing hidden and nothing to escape twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = escapeText(text);
        expect(hasHiddenCharacters(escaped)).toBe(false);
        expect(escapeText(escaped)).toBe(escaped);
        expect(escaped).not.toContain('\n');
      }),
      { numRuns: 2_000 },
    );
  });
});
