import { readdirSync, readFileSync } from 'node:fs';
import { createRuntime } from '@carapace/runtime';
import { type BenchRow, Unavailable } from '../harness/row.ts';
import { untilSparesReady } from '../spare-ready.ts';

/** The default of `spares`: what a gateway has, and a page that two of them share counts half for each. */
const SPARES = 2;

export const spareMemory: BenchRow = {
  id: 'spare-memory',
  title: `proportional set size of one of ${SPARES} idle spare workers`,
  unit: 'MiB',
  better: 'lower',
  bar: { p99: 40 },
  samples: { full: 20, quick: 4 },
  measure: async (count) => {
    const samples: number[] = [];
    while (samples.length < count) {
      await using runtime = await createRuntime({ spares: SPARES });
      await untilSparesReady(runtime, SPARES);
      samples.push(...childrenOf(process.pid).map(proportionalSetSize));
    }
    return { samples };
  },
};

function childrenOf(parent: number): readonly number[] {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return pids.filter((pid) => parentOf(pid) === parent);
}

/** proc_pid_stat(5): the parent is the second field behind the closing bracket of the command name. */
function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}

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
