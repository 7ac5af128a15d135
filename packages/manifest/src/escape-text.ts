// Characters that change what a person or a model reads without being seen: C0 and C1 controls, line and paragraph
// separators, soft hyphen, bidi marks, embeddings and isolates, zero-width characters, fillers, interlinear marks and the
// tag block. U+200D stays where it joins emoji.
const HIDDEN =
  // oxlint-disable-next-line no-control-regex, no-misleading-character-class -- a table of code points, none shown
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]|\p{Cs}/gu;
const NOT_AFTER_EMOJI = /(?<!\p{Extended_Pictographic}[\ufe0e\ufe0f]?\p{Emoji_Modifier}?)\u200d/gu;

/** Tells whether a text holds characters that are invisible or reorder what is shown. Line feed and tab are fine. */
export function hasHiddenCharacters(text: string): boolean {
  return text.search(HIDDEN) >= 0 || text.search(NOT_AFTER_EMOJI) >= 0;
}

/** Writes hidden characters as `\u{…}` and line feeds and tabs as spaces, so that a text from outside fits on one honest line. */
export function escapeText(text: string): string {
  return text
    .replace(HIDDEN, escaped)
    .replace(NOT_AFTER_EMOJI, escaped)
    .replace(/[\n\t]/g, ' ');
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
