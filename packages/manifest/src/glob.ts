import { expandBraces } from './glob-braces.ts';
import {
  foldSegment,
  type GlobSegment,
  parseSegment,
  segmentIncludes,
  segmentMatches,
  segmentsDisjoint,
  segmentText,
} from './glob-segment.ts';

/**
 * A path pattern. Separator `/`; `?` is one character, `*` any number of characters within one component, `**` (alone in
 * its component) any number of components including none, `{a,b}` a choice. No negation, no classes, no escapes: every
 * other character stands for itself. The pattern covers the whole path, so `a/**` covers `a` and everything below it.
 */
export interface Glob {
  readonly source: string;
  /** One entry per choice of braces; the glob covers what any of them covers. */
  readonly choices: readonly (readonly GlobSegment[])[];
}

/** Why a text is not a glob. */
export type GlobProblem = 'too-long' | 'bad-character' | 'empty-component' | 'dot-component' | 'globstar' | 'braces';

/** A text either is a glob or has one first problem. */
export type GlobReading =
  | { readonly ok: true; readonly glob: Glob }
  | { readonly ok: false; readonly problem: GlobProblem };

/** Longest glob, in UTF-16 code units. */
export const MAX_GLOB_LENGTH = 256;
/** Most components of a path or a glob. */
const MAX_COMPONENTS = 128;
/** Most `**` in one choice of a glob: each multiplies the work of comparing two globs. */
const MAX_GLOBSTARS = 4;
// NUL, control characters and backslash have no business in a path; classes and extglob are not part of the language.
const REFUSED = /[\p{Cc}\\[\]()!+@^]/u;

/** Reads a glob of components without a leading slash, such as the `match` of a directory. */
export function readGlob(source: string): GlobReading {
  if (source.length > MAX_GLOB_LENGTH) return { ok: false, problem: 'too-long' };
  if (REFUSED.test(source) || !source.isWellFormed()) return { ok: false, problem: 'bad-character' };
  const expanded = expandBraces(source);
  if (expanded === undefined) return { ok: false, problem: 'braces' };
  const choices: (readonly GlobSegment[])[] = [];
  for (const text of expanded) {
    const parts = text.split('/');
    const problem = componentProblem(parts);
    if (problem !== undefined) return { ok: false, problem };
    const segments = collapse(parts.map(parseSegment));
    if (segments.filter(({ kind }) => kind === 'globstar').length > MAX_GLOBSTARS)
      return { ok: false, problem: 'globstar' };
    choices.push(segments);
  }
  return { ok: true, glob: { source, choices } };
}

/** Like `readGlob`, for texts that have been accepted before. */
export function parseGlob(source: string): Glob | undefined {
  const reading = readGlob(source);
  return reading.ok ? reading.glob : undefined;
}

/** Tells whether a glob covers a path given as components. Time is bounded by the product of both lengths. */
export function globMatches(glob: Glob, components: readonly string[]): boolean {
  if (components.length > MAX_COMPONENTS) return false;
  return glob.choices.some((choice) =>
    walk(choice, components.length, (segment, at) => segmentMatches(segment, components[at] ?? '')),
  );
}

/** Tells whether a glob could cover something at or below a directory given as components. */
export function globMayMatchBelow(glob: Glob, components: readonly string[]): boolean {
  if (components.length > MAX_COMPONENTS) return false;
  return glob.choices.some((choice) => {
    for (const [at, component] of components.entries()) {
      const segment = choice[at];
      if (segment === undefined) return false;
      if (segment.kind === 'globstar') return true;
      if (!segmentMatches(segment, component)) return false;
    }
    return true;
  });
}

/**
 * Tells whether everything `inner` covers is covered by `outer`. Sound, not complete: a true answer is certain, a false
 * one may mean "cannot tell". It matches `outer` against the text of `inner`, where only `**` may stand for `**`.
 */
export function globIncludes(outer: Glob, inner: Glob): boolean {
  return inner.choices.every((path) =>
    outer.choices.some((choice) =>
      walk(choice, path.length, (segment, at) => {
        const other = path[at];
        return other !== undefined && segmentIncludes(segment, other);
      }),
    ),
  );
}

/** Tells whether two globs certainly cover no common path, even on a file system that ignores case. */
export function globsDisjoint(one: Glob, other: Glob): boolean {
  return one.choices.every((left) => other.choices.every((right) => choicesDisjoint(left, right)));
}

/**
 * What is left of a glob below a directory given as components: together the results cover exactly the paths below it
 * that the glob covers, except the directory itself.
 */
export function globResidues(glob: Glob, components: readonly string[]): readonly string[] {
  return glob.choices.flatMap((choice) =>
    residuePositions(choice, components)
      .map((at) => choice.slice(at).map(segmentText).join('/'))
      .filter((text) => text !== ''),
  );
}

function residuePositions(choice: readonly GlobSegment[], components: readonly string[]): readonly number[] {
  let positions: ReadonlySet<number> = new Set([0]);
  for (const component of components) {
    const next = new Set<number>();
    for (const at of withEmptyGlobstars(choice, positions)) {
      const segment = choice[at];
      if (segment === undefined || !segmentMatches(segment, component)) continue;
      next.add(segment.kind === 'globstar' ? at : at + 1);
    }
    positions = next;
  }
  return [...positions];
}

/** A globstar may stand for no component at all. */
function withEmptyGlobstars(choice: readonly GlobSegment[], positions: ReadonlySet<number>): ReadonlySet<number> {
  const reached = new Set(positions);
  for (const at of reached) {
    if (choice[at]?.kind === 'globstar') reached.add(at + 1);
  }
  return reached;
}

/** The glob to use on folded components: it covers what the glob covers under any spelling a file system may accept. */
export function foldGlob(glob: Glob): Glob {
  return { source: glob.source, choices: glob.choices.map((choice) => choice.map(foldSegment)) };
}

function choicesDisjoint(left: readonly GlobSegment[], right: readonly GlobSegment[]): boolean {
  for (let at = 0; ; at += 1) {
    const a = left[at];
    const b = right[at];
    if (a?.kind === 'globstar' || b?.kind === 'globstar' || (a === undefined && b === undefined)) return false;
    // One has ended and the other needs one more component (a trailing globstar was handled above).
    if (a === undefined || b === undefined) return true;
    if (segmentsDisjoint(a, b)) return true;
  }
}

/** Matches segments against `length` positions; two rows instead of recursion, so no input makes it slow or deep. */
function walk(
  choice: readonly GlobSegment[],
  length: number,
  covers: (segment: GlobSegment, at: number) => boolean,
): boolean {
  let reachable: ReadonlySet<number> = new Set([0]);
  for (const segment of choice) {
    reachable = segment.kind === 'globstar' ? onwards(reachable, length) : step(reachable, segment, length, covers);
    if (reachable.size === 0) return false;
  }
  return reachable.has(length);
}

/** From the first position a globstar can start at, it reaches every later one. */
function onwards(reachable: ReadonlySet<number>, length: number): ReadonlySet<number> {
  const first = Math.min(...reachable);
  return new Set(Array.from({ length: length - first + 1 }, (_, at) => first + at));
}

function step(
  reachable: ReadonlySet<number>,
  segment: GlobSegment,
  length: number,
  covers: (segment: GlobSegment, at: number) => boolean,
): ReadonlySet<number> {
  const next = new Set<number>();
  for (const at of reachable) {
    if (at < length && covers(segment, at)) next.add(at + 1);
  }
  return next;
}

function componentProblem(parts: readonly string[]): GlobProblem | undefined {
  if (parts.includes('.') || parts.includes('..')) return 'dot-component';
  // Only a last component may be empty, and only after another: `/v1/` on the URL side.
  if (parts.some((part, at) => part === '' && (at === 0 || at < parts.length - 1))) return 'empty-component';
  return parts.some((part) => part !== '**' && part.includes('**')) ? 'globstar' : undefined;
}

function collapse(segments: readonly GlobSegment[]): readonly GlobSegment[] {
  return segments.filter((segment, at) => segment.kind !== 'globstar' || segments[at - 1]?.kind !== 'globstar');
}
