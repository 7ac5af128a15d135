import { createRuntime } from '@carapace/runtime';
import type { BenchRow } from '../harness/row.ts';

export const runtimeStart: BenchRow = {
  id: 'runtime-start',
  group: 'carapace',
  title: 'createRuntime: every attempt of the self-test inside the jail, then one spare worker',
  unit: 'ms',
  better: 'lower',
  samples: { full: 20, quick: 4 },
  measure: async (count) => {
    const samples: number[] = [];
    while (samples.length < count) {
      const startedAt = performance.now();
      await using _runtime = await createRuntime({ spares: 1 });
      samples.push(performance.now() - startedAt);
    }
    return { samples };
  },
};
