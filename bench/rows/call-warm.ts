import { createRuntime } from '@carapace/runtime';
import { HELLO, HELLO_INPUT } from '../bench-skill.ts';
import { timeCall } from '../call-once.ts';
import type { BenchRow } from '../harness/row.ts';
import { untilSparesReady } from '../spare-ready.ts';

export const callWarm: BenchRow = {
  id: 'call-warm',
  title: 'one call, a spare worker is ready: checks, isolate, skill, result, kill',
  unit: 'ms',
  better: 'lower',
  ratioTo: 'node-permission-child',
  bar: { p50: 5, ratio: 0.125 },
  samples: { full: 200, quick: 25 },
  measure: async (count) => {
    await using runtime = await createRuntime({ spares: 1 });
    await using skill = await runtime.load(HELLO);
    const samples: number[] = [];
    await untilSparesReady(runtime, 1);
    // The host compiles its own way of a call once in its life, not once per call.
    await timeCall(skill, HELLO_INPUT);
    while (samples.length < count) {
      await untilSparesReady(runtime, 1);
      samples.push(await timeCall(skill, HELLO_INPUT));
    }
    return { samples };
  },
};
