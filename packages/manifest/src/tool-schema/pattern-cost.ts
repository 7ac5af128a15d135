interface Group {
  /** Steps of what stands in the group so far. */
  total: number;
  /** Steps of the last atom, which a repetition multiplies. */
  last: number;
}

const REPETITION = /\{(\d{1,9})(?:,(\d{0,9}))?\}/y;
const CLASS = /\[\^?\]?(?:[^\]\\]|\\[\s\S])*\]?/y;
const ESCAPE = /\\(?:[pPx]\{[^}]*\}|[\s\S]?)/y;

/**
 * An upper bound on the steps a regular expression compiles to, from its text alone. Compiling is what an author can make
 * slow (`(?:a…a){1000}` unrolls to a quarter of a million steps), so it must be known before.
 */
export function estimateSteps(source: string): number {
  // RE2's quoting, which the ECMAScript patterns of JSON Schema do not have, would hide what follows from this reading.
  if (/(?:^|[^\\])(?:\\\\)*\\[QE]/.test(source)) return Number.POSITIVE_INFINITY;
  const groups: [Group, ...Group[]] = [{ total: 4, last: 0 }];
  let at = 0;
  while (at < source.length) at += read(source, at, groups);
  while (groups.length > 1) close(groups);
  return groups[0].total;
}

/** Reads one piece of a pattern into the innermost open group and tells how long it was. */
function read(source: string, at: number, groups: [Group, ...Group[]]): number {
  const group = groups.at(-1) ?? groups[0];
  const character = source.charAt(at);
  const repeated = character === '{' ? matchAt(REPETITION, source, at) : undefined;
  if (repeated !== undefined) {
    multiply(group, timesOf(repeated));
    return repeated[0].length;
  }
  if (character === '(') groups.push({ total: 4, last: 0 });
  else if (character === ')') close(groups);
  else return readAtom(source, at, group);
  return 1;
}

function readAtom(source: string, at: number, group: Group): number {
  const character = source.charAt(at);
  const length = skip(character, source, at);
  add(group, '*+?'.includes(character) ? group.last + 1 : 1, length);
  // Each side of an alternative may be empty, which is a step of its own.
  if (character === '|') group.total += 2;
  return length;
}

/** `{2,5}` can write five copies, `{3,}` three and one more that loops. */
function timesOf([, least, most]: RegExpExecArray): number {
  return Math.max(1, Number(least), Number(most ?? 0)) + (most === '' ? 1 : 0);
}

function skip(character: string, source: string, at: number): number {
  const span =
    character === '[' ? matchAt(CLASS, source, at) : character === '\\' ? matchAt(ESCAPE, source, at) : undefined;
  return Math.max(1, span?.[0].length ?? 1);
}

function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source) ?? undefined;
}

/** One step more; an operator counts with the atom it follows, so that a repetition behind it multiplies both. */
function add(group: Group, last: number, length: number): void {
  group.total += Math.max(1, Math.min(length, 2));
  group.last = last + 1;
}

function multiply(group: Group, times: number): void {
  group.total += group.last * (times - 1) + times;
  group.last = group.last * times + times;
}

function close(groups: Group[]): void {
  const inner = groups.length > 1 ? groups.pop() : undefined;
  const outer = groups.at(-1);
  if (inner === undefined || outer === undefined) return;
  outer.total += inner.total;
  outer.last = inner.total;
}
