import { type FoldedText, foldWithOrigin } from './fold.ts';
import type { Query } from './query.ts';

/** Where in a passage a query was found. */
export interface Match {
  /** Position of the longest term in the passage's text. */
  readonly at: number;
  readonly snippet: string;
}

const CONTEXT_BEFORE = 90;
const CONTEXT_AFTER = 150;
const MAX_TRIES = 50;

/**
 * Finds the place in a text at which most terms are close together, and quotes it with its surroundings. Terms that do
 * not occur are passed over.
 */
export function locate(text: string, query: Query): Match {
  const map = foldWithOrigin(text);
  const start = findDensest(map.folded, query);
  const at = map.origin[start] ?? 0;
  return { at, snippet: quote(text, map, start) };
}

/** Tries each place of the longest term that occurs, at most a few, and counts which other terms are within sight. */
function findDensest(folded: string, query: Query): number {
  const [longest = '', ...others] = query.filter((term) => folded.includes(term));
  let best = folded.indexOf(longest);
  let mostNear = -1;
  let tries = 0;
  for (let at = best; at !== -1 && tries < MAX_TRIES; at = folded.indexOf(longest, at + longest.length)) {
    const sight = folded.slice(Math.max(0, at - CONTEXT_BEFORE), at + CONTEXT_AFTER);
    const near = others.filter((term) => sight.includes(term)).length;
    if (near > mostNear) {
      mostNear = near;
      best = at;
    }
    tries += 1;
  }
  return Math.max(0, best);
}

function quote(text: string, { folded, origin }: FoldedText, start: number): string {
  const from = wordStart(folded, Math.max(0, start - CONTEXT_BEFORE), start);
  const to = wordEnd(folded, Math.min(folded.length, start + CONTEXT_AFTER));
  const begin = origin[from] ?? 0;
  const end = to >= folded.length ? text.length : (origin[to] ?? text.length);
  const quoted = text.slice(begin, end).replace(/\s+/gu, ' ').trim();
  return `${from > 0 ? '… ' : ''}${quoted}${end < text.length ? ' …' : ''}`;
}

/** The next beginning of a word at or after `from`, but not beyond `limit`. */
function wordStart(folded: string, from: number, limit: number): number {
  if (from === 0) {
    return 0;
  }
  const space = folded.indexOf(' ', from - 1);
  return space === -1 || space >= limit ? from : space + 1;
}

/** The last end of a word at or before `to`, unless that would cut away most of the context. */
function wordEnd(folded: string, to: number): number {
  if (to === folded.length) {
    return to;
  }
  const space = folded.lastIndexOf(' ', to);
  return space < to - CONTEXT_AFTER / 2 ? to : space;
}
