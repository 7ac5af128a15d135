import type { BenchRow, RowId } from './row.ts';

/** Which rows a run measures. */
export interface RowSelection {
  /** These and those that their ratios are taken to; undefined for all. */
  readonly only: ReadonlySet<RowId> | undefined;
  /** `none` leaves out the peers that have to be installed, `only` everything that is no peer. A row that `only` names stays. */
  readonly peers: 'none' | 'with' | 'only';
}

/** The wanted rows in the order of `all`. */
export function selectRows(all: readonly BenchRow[], { only, peers }: RowSelection): readonly BenchRow[] {
  const fits = (row: BenchRow): boolean =>
    peers === 'with' || (peers === 'none' ? row.needs === undefined : row.group === 'peers');
  if (only === undefined) return all.filter(fits);
  const named = all.filter(({ id }) => only.has(id));
  const bases = new Set(named.flatMap(({ ratios = [] }) => ratios.map(({ to }) => to)));
  return all.filter((row) => only.has(row.id) || (bases.has(row.id) && fits(row)));
}
