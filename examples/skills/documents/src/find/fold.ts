/** Letters that Unicode does not decompose although a reader takes them for a base letter with something added. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map([
  ['ø', 'o'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ł', 'l'],
  ['đ', 'd'],
  // Upper-casing alone does not undo the other form of the letter that ends a Greek word.
  ['ς', 'σ'],
]);
const LOOKALIKE = /[øæœłđς]/gu;
/** Combining marks, soft hyphens and zero-width characters: present in the file, invisible to the reader. */
const INVISIBLE = /[\p{M}\u00ad\u200b-\u200d\u2060\ufeff]/gu;
const SPACES = /\s+/gu;

/**
 * Folds a text to the form in which it is searched: without case, diacritics, ligatures and invisible characters, each
 * run of white space one space. `Café  Zoë` and `CAFE ZOE` are the same.
 */
export function fold(text: string): string {
  return foldLetters(text).replace(SPACES, ' ');
}

/** A folded text that knows where each of its characters came from. */
export interface FoldedText {
  readonly folded: string;
  /** `origin[i]` is the position in the original of `folded[i]`. */
  readonly origin: readonly number[];
}

/** As `fold`, character by character. Slower, so only for a text that is known to match. */
export function foldWithOrigin(text: string): FoldedText {
  const origin: number[] = [];
  let folded = '';
  let at = 0;
  for (const character of text) {
    const piece = fold(character);
    if (piece !== ' ' || !folded.endsWith(' ')) {
      folded += piece;
      for (let unit = 0; unit < piece.length; unit += 1) {
        origin.push(at);
      }
    }
    at += character.length;
  }
  return { folded, origin };
}

function foldLetters(text: string): string {
  return text
    .normalize('NFKD')
    .replace(INVISIBLE, '')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKD')
    .replace(INVISIBLE, '')
    .replace(LOOKALIKE, (letter) => LOOKALIKES.get(letter) ?? letter);
}
