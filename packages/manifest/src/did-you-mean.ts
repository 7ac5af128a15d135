const LONGEST_COMPARED = 64;

/** What people write for a field because another format calls it so. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['network', 'net'],
  ['http', 'net'],
  ['fetch', 'net'],
  ['filesystem', 'fs'],
  ['files', 'fs'],
  ['directories', 'fs'],
  ['env', 'secrets'],
  ['credentials', 'secrets'],
  ['inputschema', 'input'],
  ['parameters', 'input'],
  ['outputschema', 'output'],
  ['returns', 'output'],
  ['domain', 'host'],
  ['hostname', 'host'],
  ['url', 'host'],
  ['origin', 'host'],
  ['protocol', 'scheme'],
  ['port', 'ports'],
  ['method', 'methods'],
  ['mode', 'access'],
  ['include', 'match'],
  ['exclude', 'except'],
  ['entry', 'main'],
  ['timeout', 'wallMs'],
  ['timeoutms', 'wallMs'],
  ['memory', 'memoryMiB'],
  ['budget', 'limits'],
  ['budgets', 'limits'],
  ['capabilities', 'permissions'],
  ['settings', 'config'],
  ['readonlyhint', 'readOnly'],
  ['destructivehint', 'destructive'],
  ['idempotenthint', 'idempotent'],
  ['openworldhint', 'openWorld'],
]);

/** The known word somebody most likely meant, or undefined when nothing is near. */
export function suggest(word: string, known: readonly string[]): string | undefined {
  const folded = word.toLowerCase();
  const other = OTHER_NAMES.get(folded) ?? '';
  const exact = known.find((candidate) => candidate.toLowerCase() === folded || candidate === other);
  return exact ?? nearest(folded, known);
}

function nearest(folded: string, known: readonly string[]): string | undefined {
  if (folded.length > LONGEST_COMPARED) return undefined;
  const limit = Math.ceil(Math.min(folded.length, 12) / 4);
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const candidate of known) {
    const distance = editDistance(folded, candidate.toLowerCase(), limit);
    if (distance <= limit && distance < (best?.distance ?? Number.POSITIVE_INFINITY))
      best = { word: candidate, distance };
  }
  return best?.word;
}

/** Edit distance with swaps of neighbours counted as one (optimal string alignment); `limit + 1` when it is larger. */
function editDistance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= to.length; j += 1) row.push(cell(from, to, i, j, { beforeLast, last, row }));
    beforeLast = last;
    last = row;
  }
  return last[to.length] ?? limit + 1;
}

interface Rows {
  readonly beforeLast: readonly number[];
  readonly last: readonly number[];
  readonly row: readonly number[];
}

function cell(from: string, to: string, i: number, j: number, { beforeLast, last, row }: Rows): number {
  const far = Number.POSITIVE_INFINITY;
  const replace = (last[j - 1] ?? far) + (from[i - 1] === to[j - 1] ? 0 : 1);
  const change = Math.min((last[j] ?? far) + 1, (row[j - 1] ?? far) + 1, replace);
  const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
  return swapped ? Math.min(change, (beforeLast[j - 2] ?? far) + 1) : change;
}
