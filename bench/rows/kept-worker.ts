import { setTimeout as sleep } from 'node:timers/promises';
import { createRuntime } from '@carapace/runtime';
import { HELLO, HELLO_INPUT } from '../bench-skill.ts';
import { timeCall } from '../call-once.ts';
import { KEPT_WALLS } from '../carapace-walls.ts';
import type { BenchRow } from '../harness/row.ts';

const WARM_UP = 20;
/** Long enough for a worker to prepare the isolate of the next call, which it does between two calls. */
const PAUSE_MS = 10;

export const skillWarm: BenchRow = {
  id: 'skill-warm',
  group: 'carapace',
  title: `isolation \`skill\`: the skill's worker is there, its isolate is new; calls ${PAUSE_MS} ms apart`,
  unit: 'ms',
  better: 'lower',
  walls: KEPT_WALLS,
  ratios: [{ to: 'isolated-vm-fresh' }, { to: 'quickjs-fresh' }, { to: 'secure-exec-warm' }],
  bar: { p50: 3 },
  samples: { full: 300, quick: 40 },
  measure: async (count) => {
    await using runtime = await createRuntime({ isolation: 'skill', spares: 1 });
    await using skill = await runtime.load(HELLO);
    const samples: number[] = [];
    for (let index = -WARM_UP; index < count; index += 1) {
      await sleep(PAUSE_MS);
      const took = await timeCall(skill, HELLO_INPUT);
      if (index >= 0) samples.push(took);
    }
    return { samples };
  },
};

export const sessionWarm: BenchRow = {
  id: 'session-warm',
  group: 'carapace',
  title: "isolation `session`: the session's worker and isolate are there; calls one after the other",
  unit: 'µs',
  better: 'lower',
  walls: KEPT_WALLS,
  ratios: [
    { to: 'bare-pipe', bar: 4 },
    { to: 'isolated-vm-warm' },
    { to: 'quickjs-warm' },
    { to: 'workerd-warm' },
    { to: 'secure-exec-warm' },
  ],
  samples: { full: 10_000, quick: 1_000 },
  measure: async (count) => {
    await using runtime = await createRuntime({ isolation: 'session', spares: 1 });
    await using skill = await runtime.load(HELLO);
    const samples: number[] = [];
    for (let index = -500; index < count; index += 1) {
      const took = await timeCall(skill, HELLO_INPUT, { session: 'bench' });
      if (index >= 0) samples.push(took * 1_000);
    }
    return { samples };
  },
};
