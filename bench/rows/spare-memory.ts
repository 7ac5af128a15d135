import { readFileSync } from 'node:fs';
import { createRuntime } from '@carapace/runtime';
import { type BenchRow, Unavailable } from '../harness/row.ts';
import { descendantsOf } from '../process-tree.ts';
import { untilSparesReady } from '../spare-ready.ts';

/** The default of `spares`: what a gateway has, and a page that two of them share counts half for each. */
const SPARES = 2;

export const spareMemory: BenchRow = {
  id: 'spare-memory',
  group: 'carapace',
  title: `proportional set size of one of ${SPARES} idle spare workers, with the processes that hold its namespaces`,
  unit: 'MiB',
  better: 'lower',
  bar: { p99: 40 },
  samples: { full: 20, quick: 3 },
  measure: async (count) => {
    const samples: number[] = [];
    while (samples.length < count) {
      await using runtime = await createRuntime({ spares: SPARES });
      await untilSparesReady(runtime, SPARES);
      const sizes = descendantsOf(process.pid).map(proportionalSetSize);
      samples.push(sizes.reduce((sum, size) => sum + size, 0) / SPARES);
    }
    return { samples };
  },
};

/** In MiB. proc_pid_smaps_rollup(5): memory that n processes share counts one n-th for each. */
function proportionalSetSize(pid: number): number {
  const kibibytes = /^Pss:\s+(\d+) kB$/m.exec(readRollup(pid))?.[1];
  if (kibibytes === undefined) throw new Unavailable('/proc/PID/smaps_rollup has no line "Pss"');
  return Number(kibibytes) / 1_024;
}

function readRollup(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  } catch {
    throw new Unavailable('/proc/PID/smaps_rollup of a worker cannot be read');
  }
}
