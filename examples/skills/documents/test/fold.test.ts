import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, foldWithOrigin } from '../src/find/fold.ts';

describe('fold', () => {
  it.each([
    ['Café Zoë', 'cafe zoe'],
    ['CAFE\u0301', 'cafe'],
    ['Straße', 'strasse'],
    ['ﬁle', 'file'],
    ['Wiśniewski Łódź', 'wisniewski lodz'],
    ['Møller Ærø œuvre', 'moller aero oeuvre'],
    ['ὈΔΟΣ ὁδός', 'οδοσ οδοσ'],
    ['İstanbul', 'istanbul'],
    ['a\u00ad\u200bb', 'ab'],
    ['one\n\t two\u00a0three', 'one two three'],
  ])('folds %j to %j', (text, expected) => {
    expect(fold(text)).toBe(expected);
  });

  it('changes nothing when applied twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });
});

describe('foldWithOrigin', () => {
  it('agrees with fold and names an origin for each character, in order', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })), (text) => {
        const { folded, origin } = foldWithOrigin(text);

        expect(folded).toBe(fold(text));
        expect(origin).toHaveLength(folded.length);
        expect(origin.every((at, index) => at < text.length && at >= (origin[index - 1] ?? 0))).toBe(true);
      }),
    );
  });

  it('points to the character a letter came from', () => {
    const { folded, origin } = foldWithOrigin('\u{1f600}  Straße');

    expect(origin[folded.indexOf('strasse')]).toBe(4);
    expect(origin[folded.length - 1]).toBe(9);
  });
});
