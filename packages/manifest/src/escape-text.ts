/**
 * Code points that change what a person or a model reads without being seen: controls, bidirectional marks, line and
 * paragraph separators, zero-width characters, fillers, half characters and the tag block. Line feed, tab and the joiner
 * inside an emoji are allowed.
 */
const HIDDEN: readonly (readonly [from: number, to: number])[] = [
  [0x00, 0x08],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x034f, 0x034f],
  [0x061c, 0x061c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200c],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xd800, 0xdfff],
  [0xfe00, 0xfe0d],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe0fff],
];
const JOINER = 0x200d;
const BEFORE_JOINER = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f/u;

/** Tells whether a text holds characters that are invisible or reorder what is shown. Line feed and tab are fine. */
export function hasHiddenCharacters(text: string): boolean {
  return escapeHidden(text) !== text;
}

/** Writes hidden characters as `\u{…}` and line feeds and tabs as spaces, so that a text from outside fits on one honest line. */
export function escapeText(text: string): string {
  return escapeHidden(text).replace(/[\n\t]/g, ' ');
}

function escapeHidden(text: string): string {
  let before = '';
  let escaped = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const hidden = code === JOINER ? !BEFORE_JOINER.test(before) : isHidden(code);
    escaped += hidden ? `\\u{${code.toString(16)}}` : character;
    before = character;
  }
  return escaped;
}

function isHidden(code: number): boolean {
  return HIDDEN.some(([from, to]) => code >= from && code <= to);
}
