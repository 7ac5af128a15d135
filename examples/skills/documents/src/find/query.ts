import { fold } from './fold.ts';

/** What has to occur in a passage, all of it, folded. The longest comes first: it is the rarest and decides quickest. */
export type Query = readonly string[];

export const MAX_TERMS = 8;

/**
 * Reads a query: words separated by spaces, or phrases in double quotes. A word also matches inside a longer word.
 *
 * @throws Error when nothing is left to look for, or there are too many terms.
 */
export function parseQuery(text: string): Query {
  const terms = new Set<string>();
  for (const [, phrase, word] of text.matchAll(/"([^"]*)"|([^\s"]+)/gu)) {
    const term = fold(phrase ?? word ?? '').trim();
    if (term !== '') {
      terms.add(term);
    }
  }
  if (terms.size === 0) {
    throw new Error(`Cannot search for "${text}": it has no word in it`);
  }
  if (terms.size > MAX_TERMS) {
    throw new Error(`Cannot search for ${terms.size} words at once: at most ${MAX_TERMS} are allowed`);
  }
  return [...terms].sort((a, b) => b.length - a.length);
}
