import { fileURLToPath } from 'node:url';
import { runJailed } from '@carapace/runtime/testing';
import type { BenchRow } from '../harness/row.ts';
import { KILL_MARGIN_MS } from '../kill-runaway.ts';

const PROGRAM = fileURLToPath(new URL('../programs/fork-loop.js', import.meta.url));
const DEADLINE_MS = 600;

export const killFork: BenchRow = {
  id: 'kill-fork',
  group: 'carapace',
  title: `machine code that forks without end, every one refused: from a deadline of ${DEADLINE_MS} ms until it is gone`,
  unit: 'ms',
  better: 'lower',
  bar: { p99: KILL_MARGIN_MS },
  samples: { full: 15, quick: 2 },
  measure: async (count) => {
    const samples: number[] = [];
    while (samples.length < count) {
      const startedAt = performance.now();
      const { frames, killedByHost } = await runJailed(PROGRAM, { timeoutMs: DEADLINE_MS });
      samples.push(performance.now() - startedAt - DEADLINE_MS);
      if (!killedByHost || !frames.some(isRefusal)) throw new Error('Cannot count program: it forked or did not run');
    }
    return { samples };
  },
};

function isRefusal(frame: unknown): boolean {
  return typeof frame === 'object' && frame !== null && 'answer' in frame && frame.answer === -1;
}
