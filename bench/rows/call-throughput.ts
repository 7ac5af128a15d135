import { createRuntime } from '@carapace/runtime';
import { HELLO, HELLO_INPUT } from '../bench-skill.ts';
import { timeCall } from '../call-once.ts';
import type { BenchRow } from '../harness/row.ts';

const WINDOW_MS = 1_000;
const CALLERS = 2;

export const callThroughput: BenchRow = {
  id: 'call-throughput',
  title: `calls per second, sustained: ${CALLERS} callers, each starts a call when its last one has ended`,
  unit: 'calls/s',
  better: 'higher',
  bar: { p50: 20 },
  samples: { full: 20, quick: 3 },
  measure: async (windows) => {
    await using runtime = await createRuntime({ spares: 2 });
    await using skill = await runtime.load(HELLO);
    // The first window uses up the spares that were booted before it, so it is not a sustained one.
    const counts = Array.from({ length: windows + 1 }, () => 0);
    const startedAt = performance.now();
    const caller = async (): Promise<void> => {
      for (;;) {
        await timeCall(skill, HELLO_INPUT);
        const window = Math.floor((performance.now() - startedAt) / WINDOW_MS);
        if (window >= counts.length) return;
        counts[window] = (counts[window] ?? 0) + 1;
      }
    };
    await Promise.all(Array.from({ length: CALLERS }, caller));
    return { samples: counts.slice(1).map((calls) => (calls * 1_000) / WINDOW_MS) };
  },
};
