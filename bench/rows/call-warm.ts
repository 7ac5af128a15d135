import { createRuntime } from '@carapace/runtime';
import { HELLO, HELLO_INPUT } from '../bench-skill.ts';
import { timeCall } from '../call-once.ts';
import { CALL_WALLS } from '../carapace-walls.ts';
import type { BenchRow } from '../harness/row.ts';
import { untilSparesReady } from '../spare-ready.ts';

export const callWarm: BenchRow = {
  id: 'call-warm',
  group: 'carapace',
  title: 'isolation `call`, a spare worker is ready: checks, isolate, skill, result, kill',
  unit: 'ms',
  better: 'lower',
  walls: CALL_WALLS,
  ratios: [
    { to: 'node-permission-child', bar: 0.125 },
    { to: 'bwrap-node', bar: 0.125 },
    { to: 'deno-child' },
    { to: 'workerd-cold' },
    { to: 'secure-exec-cold' },
    { to: 'isolated-vm-fresh' },
  ],
  bar: { p50: 5 },
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
