import { createRuntime } from '@carapace/runtime';
import { HELLO, HELLO_INPUT } from '../bench-skill.ts';
import { timeCall } from '../call-once.ts';
import type { BenchRow } from '../harness/row.ts';
import { untilSparesReady } from '../spare-ready.ts';

export const callCold: BenchRow = {
  id: 'call-cold',
  title: 'one call, no spare worker: its process is booted and jailed within the call',
  unit: 'ms',
  better: 'lower',
  ratioTo: 'node-permission-child',
  samples: { full: 50, quick: 8 },
  measure: async (count) => {
    await using runtime = await createRuntime({ spares: 0 });
    await using skill = await runtime.load(HELLO);
    const samples: number[] = [];
    while (samples.length < count) {
      samples.push(await timeCall(skill, HELLO_INPUT));
      await untilSparesReady(runtime, 0);
    }
    return { samples };
  },
};
