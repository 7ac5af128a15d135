import { createRuntime } from '@carapace/runtime';
import { HELLO, HELLO_INPUT } from '../bench-skill.ts';
import { timeCall } from '../call-once.ts';
import type { BenchRow } from '../harness/row.ts';
import { until, untilSparesReady } from '../spare-ready.ts';

export const bootSpare: BenchRow = {
  id: 'boot-spare',
  title: 'from the end of a call until the spare that replaces its worker is booted, jailed and prepared',
  unit: 'ms',
  better: 'lower',
  samples: { full: 50, quick: 8 },
  measure: async (count) => {
    await using runtime = await createRuntime({ spares: 1 });
    await using skill = await runtime.load(HELLO);
    const samples: number[] = [];
    while (samples.length < count) {
      await untilSparesReady(runtime, 1);
      await timeCall(skill, HELLO_INPUT);
      const startedAt = performance.now();
      await until('boot a spare worker', () => runtime.stats.spares === 1);
      samples.push(performance.now() - startedAt);
    }
    return { samples };
  },
};
