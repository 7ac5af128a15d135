import { type BenchRow, Unavailable } from '../harness/row.ts';

type Planned = Pick<BenchRow, 'id' | 'title' | 'unit' | 'better'> & { readonly missing: string };

/** A row whose bar is known and whose subject does not exist yet: named in every report, so that nobody takes it for reached. */
function plannedRow({ missing, ...row }: Planned): BenchRow {
  return {
    ...row,
    group: 'carapace',
    samples: { full: 1, quick: 1 },
    measure: () => Promise.reject(new Unavailable(missing)),
  };
}

export const commandVersion: BenchRow = plannedRow({
  id: 'command-version',
  title: '`carapace --version`; at most 120 ms',
  unit: 'ms',
  better: 'lower',
  missing: 'there is no command yet',
});
