import type { BenchRow } from '../harness/row.ts';
import { runProgram } from '../harness/run-program.ts';
import { type Shared, shareMeasurement } from '../harness/share-measurement.ts';

type Held = 'memory' | 'descriptors' | 'processes';

/**
 * What one sample stands for. The warm-up writes more records than the trail in memory keeps, and goes on until V8 has grown
 * its young generation to the size it keeps at this rate, which takes some 20,000 calls and is no leak.
 */
const ROUND = { warmUpCalls: 30_000, calls: 1_000, loads: 50, runtimes: 1 };
/** For a quick run, which shows that the row works and whether descriptors and processes leak. */
const QUICK_ROUND = { warmUpCalls: 500, calls: 100, loads: 5, runtimes: 1 };
const WORK = `${ROUND.calls} calls under \`session\`, as many under \`skill\`, ${ROUND.loads} skills loaded, called and closed, a runtime made and closed`;
const TIMEOUT_MS = 480_000;
const samples = { full: 10, quick: 1 };

const rounds = shareMeasurement<Held>(async (count): Promise<Shared<Held>> => {
  const quick = count < samples.full;
  const held = await runProgram<Readonly<Record<Held, readonly number[]>>>({
    program: 'growth.ts',
    flags: ['--expose-gc', '--conditions=carapace-source'],
    options: { ...(quick ? QUICK_ROUND : ROUND), rounds: count },
    timeoutMs: TIMEOUT_MS,
  });
  return {
    memory: { samples: held.memory, ...(quick ? { note: 'rounds of a tenth of that: too few to tell growth' } : {}) },
    descriptors: { samples: held.descriptors },
    processes: { samples: held.processes },
  };
});

function growthRow(row: Pick<BenchRow, 'id' | 'title' | 'unit' | 'bar'>, held: Held): BenchRow {
  return { ...row, group: 'carapace', better: 'lower', samples, measure: rounds(held) };
}

/** What the allocator keeps differs by some MiB from look to look; a leak of 1 KiB per call would be 20 MiB here. */
export const growthMemory: BenchRow = growthRow(
  {
    id: 'growth-memory',
    title: `growth of the host's resident memory, looked at after each of ten rounds: ${WORK}`,
    unit: 'MiB',
    bar: { p99: 10 },
  },
  'memory',
);

export const growthDescriptors: BenchRow = growthRow(
  {
    id: 'growth-descriptors',
    title: 'growth of its open descriptors in the same rounds',
    unit: 'count',
    bar: { p99: 0 },
  },
  'descriptors',
);

export const growthProcesses: BenchRow = growthRow(
  {
    id: 'growth-processes',
    title: 'growth of the processes below it in the same rounds',
    unit: 'count',
    bar: { p99: 0 },
  },
  'processes',
);
