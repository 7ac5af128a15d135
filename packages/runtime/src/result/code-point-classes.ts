import type { RemovedClass } from './removal-counts.ts';

/** First code point, last code point, class. Sorted, without overlap. */
type ClassRange = readonly [first: number, last: number, removed: RemovedClass];

/**
 * Every code point that never reaches a model, a terminal or a log as it is: controls, everything Unicode calls
 * Default_Ignorable (invisible text), bidi controls, private use, noncharacters, and blanks that do not look like
 * spaces. Format characters that have a visible form of their own (U+0600-0605 and the other prepended number signs)
 * are text and stay. Source: Unicode 16 UnicodeData and DerivedCoreProperties; the test compares the table with the
 * property tables of the engine.
 */
const RANGES: readonly ClassRange[] = [
  [0x0000, 0x0008, 'control'],
  [0x000b, 0x000d, 'lineBreak'],
  [0x000e, 0x001f, 'control'],
  [0x007f, 0x007f, 'control'],
  [0x0080, 0x0084, 'c1'],
  [0x0085, 0x0085, 'lineBreak'],
  [0x0086, 0x009f, 'c1'],
  [0x00ad, 0x00ad, 'softHyphen'],
  [0x034f, 0x034f, 'zeroWidth'],
  [0x061c, 0x061c, 'bidi'],
  [0x115f, 0x1160, 'filler'],
  [0x17b4, 0x17b5, 'filler'],
  [0x180b, 0x180d, 'variationSelector'],
  [0x180e, 0x180e, 'zeroWidth'],
  [0x180f, 0x180f, 'variationSelector'],
  [0x200b, 0x200d, 'zeroWidth'],
  [0x200e, 0x200f, 'bidi'],
  [0x2028, 0x2029, 'lineBreak'],
  [0x202a, 0x202e, 'bidi'],
  [0x2060, 0x2065, 'zeroWidth'],
  [0x2066, 0x2069, 'bidi'],
  [0x206a, 0x206f, 'format'],
  [0x2800, 0x2800, 'filler'],
  [0x3164, 0x3164, 'filler'],
  [0xd800, 0xdfff, 'surrogate'],
  [0xe000, 0xf8ff, 'privateUse'],
  [0xfdd0, 0xfdef, 'noncharacter'],
  [0xfe00, 0xfe0f, 'variationSelector'],
  [0xfeff, 0xfeff, 'zeroWidth'],
  [0xffa0, 0xffa0, 'filler'],
  [0xfff0, 0xfffb, 'format'],
  [0xfffe, 0xffff, 'noncharacter'],
  [0x13430, 0x1343f, 'format'],
  [0x1bca0, 0x1bca3, 'format'],
  [0x1d173, 0x1d17a, 'format'],
  ...planeEnds(1, 13),
  [0xe0000, 0xe007f, 'tag'],
  [0xe0080, 0xe00ff, 'format'],
  [0xe0100, 0xe01ef, 'variationSelector'],
  [0xe01f0, 0xe0fff, 'format'],
  ...planeEnds(14, 14),
  [0xf0000, 0xffffd, 'privateUse'],
  ...planeEnds(15, 15),
  [0x100000, 0x10fffd, 'privateUse'],
  ...planeEnds(16, 16),
];

/** The last two code points of a plane are noncharacters. */
function planeEnds(first: number, last: number): readonly ClassRange[] {
  return Array.from({ length: last - first + 1 }, (_, step): ClassRange => {
    const base = (first + step) * 0x10000;
    return [base + 0xfffe, base + 0xffff, 'noncharacter'];
  });
}

/** The class of a code point that must not stay as it is, or undefined when it is ordinary text. */
export function classOf(codePoint: number): RemovedClass | undefined {
  let low = 0;
  let high = RANGES.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = RANGES[middle];
    if (range === undefined) return undefined;
    if (codePoint < range[0]) high = middle - 1;
    else if (codePoint > range[1]) low = middle + 1;
    else return range[2];
  }
  return undefined;
}

const classBody = RANGES.map(([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`).join('');

/** Finds what the filter must look at: any classed code point, and combining marks because their runs are counted. */
export function createStopPattern(): RegExp {
  return new RegExp(`[${classBody}\\p{M}]`, 'gu');
}

const pictograph = /^[\p{Extended_Pictographic}\p{Emoji_Modifier}]$/u;
const keycapBase = /^[0-9#*]$/;
/** Scripts whose ordinary spelling needs a joiner: the letters change shape, or a conjunct splits, without it. */
const joining =
  '\\p{scx=Arab}\\p{scx=Syrc}\\p{scx=Deva}\\p{scx=Beng}\\p{scx=Guru}\\p{scx=Gujr}\\p{scx=Orya}\\p{scx=Taml}\\p{scx=Telu}\\p{scx=Knda}\\p{scx=Mlym}\\p{scx=Sinh}';
const joiningText = new RegExp(`^(?=[\\p{L}\\p{M}])[${joining}]$`, 'u');
const joiningLetter = new RegExp(`^(?=\\p{L})[${joining}]$`, 'u');

const ZWNJ = '\u200c';
const ZWJ = '\u200d';
const TEXT_STYLE = '\ufe0e';
const EMOJI_STYLE = '\ufe0f';
const KEYCAP = '\u20e3';

/** What becomes of an invisible code point: `wait` means that the next code point that stays decides. */
export type InvisibleVerdict =
  | { readonly kind: 'remove' }
  | { readonly kind: 'keep' }
  | { readonly kind: 'wait'; readonly accepts: (next: string) => boolean };

const REMOVE: InvisibleVerdict = { kind: 'remove' };
const KEEP: InvisibleVerdict = { kind: 'keep' };
const WAIT_FOR_EMOJI: InvisibleVerdict = { kind: 'wait', accepts: (next) => pictograph.test(next) };
const WAIT_FOR_LETTER: InvisibleVerdict = { kind: 'wait', accepts: (next) => joiningLetter.test(next) };
const WAIT_FOR_KEYCAP: InvisibleVerdict = { kind: 'wait', accepts: (next) => next === KEYCAP };

/**
 * Judges the four invisible code points with an honest use by what stands before them: a joiner inside an emoji
 * sequence or inside a word of a joining script, one style selector after an emoji, and the selector of a keycap.
 * Anywhere else they only carry hidden bits.
 */
export function judgeInvisible(char: string, before: string): InvisibleVerdict {
  if (char === ZWJ && (before === EMOJI_STYLE || pictograph.test(before))) return WAIT_FOR_EMOJI;
  if (char === ZWJ || char === ZWNJ) return joiningText.test(before) ? WAIT_FOR_LETTER : REMOVE;
  if (char !== EMOJI_STYLE && char !== TEXT_STYLE) return REMOVE;
  if (pictograph.test(before)) return KEEP;
  return char === EMOJI_STYLE && keycapBase.test(before) ? WAIT_FOR_KEYCAP : REMOVE;
}
