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

const NO_NETWORK = 'there is no network broker yet';

export const fetchSmall: BenchRow = plannedRow({
  id: 'fetch-small',
  title: 'a skill fetches a small body over loopback; at most 0.4 ms more than a bare request',
  unit: 'ms',
  better: 'lower',
  missing: NO_NETWORK,
});

export const fetchTenMebibytes: BenchRow = plannedRow({
  id: 'fetch-10m',
  title: 'a skill fetches 10 MiB over loopback; at least half of the bare throughput',
  unit: 'MiB/s',
  better: 'higher',
  missing: NO_NETWORK,
});

export const fsStream: BenchRow = plannedRow({
  id: 'fs-stream-64m',
  title: 'a skill streams a file of 64 MiB; at least 40 % of fs.createReadStream',
  unit: 'MiB/s',
  better: 'higher',
  missing: 'the fs broker does not stream to the guest yet',
});

export const commandVersion: BenchRow = plannedRow({
  id: 'command-version',
  title: '`carapace --version`; at most 120 ms',
  unit: 'ms',
  better: 'lower',
  missing: 'there is no command yet',
});
