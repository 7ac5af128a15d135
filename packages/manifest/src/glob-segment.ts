/** One component of a glob. */
export type GlobSegment =
  | { readonly kind: 'globstar' }
  | { readonly kind: 'literal'; readonly text: string }
  /** Characters, of which `*` and `?` are wildcards. */
  | { readonly kind: 'wild'; readonly tokens: readonly string[] };

/** Reads one component; it must not contain a slash. */
export function parseSegment(text: string): GlobSegment {
  if (text === '**') return { kind: 'globstar' };
  if (!/[*?]/.test(text)) return { kind: 'literal', text };
  return { kind: 'wild', tokens: Array.from(text) };
}

/** The text `parseSegment` reads back. */
export function segmentText(segment: GlobSegment): string {
  switch (segment.kind) {
    case 'globstar':
      return '**';
    case 'literal':
      return segment.text;
    case 'wild':
      return segment.tokens.join('');
  }
}

/** Tells whether one component is covered. */
export function segmentMatches(segment: GlobSegment, component: string): boolean {
  switch (segment.kind) {
    case 'globstar':
      return true;
    case 'literal':
      return segment.text === component;
    case 'wild':
      return tokensMatch(segment.tokens, Array.from(component), () => true);
  }
}

/** Tells whether every component `inner` covers is covered by `outer`; false when it cannot tell. */
export function segmentIncludes(outer: GlobSegment, inner: GlobSegment): boolean {
  if (outer.kind === 'globstar') return true;
  if (inner.kind === 'globstar') return false;
  if (inner.kind === 'literal') return segmentMatches(outer, inner.text);
  if (outer.kind === 'literal') return false;
  // A `?` may stand for the other pattern's `?` but not for its `*`, which can be empty or long.
  return tokensMatch(outer.tokens, inner.tokens, (token) => token !== '*');
}

/** Tells whether two components certainly cover nothing in common, even when case is ignored. */
export function segmentsDisjoint(one: GlobSegment, other: GlobSegment): boolean {
  const left = tokensOf(one);
  const right = tokensOf(other);
  if (left === undefined || right === undefined) return false;
  return headsDiffer(left, right) || headsDiffer(left.toReversed(), right.toReversed());
}

/** The spelling under which two names may be the same file on some file system: case and Unicode form are ignored. */
export function foldName(name: string): string {
  return name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

/** Folds what stands for itself. A wildcard that folding makes appear (a full-width star) only widens an exception. */
export function foldSegment(segment: GlobSegment): GlobSegment {
  switch (segment.kind) {
    case 'globstar':
      return segment;
    case 'literal':
      return { kind: 'literal', text: foldName(segment.text) };
    case 'wild': {
      const runs = segment.tokens.join('').split(/([*?])/);
      return { kind: 'wild', tokens: runs.flatMap((run) => Array.from(foldName(run))) };
    }
  }
}

function tokensOf(segment: GlobSegment): readonly string[] | undefined {
  if (segment.kind === 'globstar') return undefined;
  return segment.kind === 'literal' ? Array.from(segment.text) : segment.tokens;
}

function headsDiffer(left: readonly string[], right: readonly string[]): boolean {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    const a = left[at] ?? '';
    const b = right[at] ?? '';
    if (a === '*' || b === '*') return false;
    if (a === '?' || b === '?') continue;
    // Folding can join or split characters outside ASCII; only plain ASCII is compared one by one.
    if (!isAscii(a) || !isAscii(b)) return false;
    if (a.toLowerCase() !== b.toLowerCase()) return true;
  }
  return false;
}

function isAscii(character: string): boolean {
  return character.length === 1 && character.charCodeAt(0) < 128;
}

/** Wildcard match with one remembered star: at most pattern length times text length steps, no recursion. */
function tokensMatch(
  pattern: readonly string[],
  text: readonly string[],
  oneMayBe: (token: string) => boolean,
): boolean {
  let at = 0;
  let p = 0;
  let star = -1;
  let retry = 0;
  while (at < text.length) {
    const token = pattern[p];
    const character = text[at] ?? '';
    if (token === '*') {
      star = p;
      p += 1;
      retry = at;
    } else if (token !== undefined && (token === '?' ? oneMayBe(character) : token === character)) {
      p += 1;
      at += 1;
    } else if (star >= 0) {
      p = star + 1;
      retry += 1;
      at = retry;
    } else {
      return false;
    }
  }
  return pattern.slice(p).every((token) => token === '*');
}
