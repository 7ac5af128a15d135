import { describe, expect, it } from 'vitest';
import { classOf, createStopPattern } from './code-point-classes.ts';

/** Visible format characters: prepended concatenation marks (Unicode PropList) and the Syriac abbreviation mark. */
const visibleFormat = /^[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]$/u;
const mustGo =
  /^[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Noncharacter_Code_Point}\p{Variation_Selector}\u2800]$/u;

describe('code point classes', () => {
  it('agree with the property tables of the engine for every code point', () => {
    const wrong: string[] = [];
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint += 1) {
      const char = String.fromCodePoint(codePoint);
      const expected = mustGo.test(char) && !visibleFormat.test(char) && char !== '\n' && char !== '\t';
      if ((classOf(codePoint) !== undefined) !== expected) wrong.push(codePoint.toString(16));
    }
    expect(wrong).toEqual([]);
  });

  it('stop at classed code points and combining marks only', () => {
    const pattern = createStopPattern();
    expect('a\n\té界😀'.match(pattern)).toBeNull();
    expect('\u0301\0\ud800'.match(pattern)).toHaveLength(3);
  });
});
