import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRuntime } from '@carapace/runtime';
import type { BenchRow } from '../harness/row.ts';
import { loadRunaway, timeKill } from '../kill-runaway.ts';
import { untilSparesReady } from '../spare-ready.ts';
import { MEMORY_BOMB, OUTPUT_FLOOD, SPIN } from './runaways.ts';

const RESOLUTION_MS = 1;

export const killHostDelay: BenchRow = {
  id: 'kill-host-delay',
  group: 'carapace',
  title: "the longest block of the host's event loop while a runaway is killed and its worker replaced; kinds in turn",
  unit: 'ms',
  better: 'lower',
  bar: { p99: 50 },
  samples: { full: 24, quick: 3 },
  measure: async (count) => {
    await using runtime = await createRuntime({ spares: 1 });
    const runaways = [SPIN, OUTPUT_FLOOD, MEMORY_BOMB];
    const skills = await Promise.all(runaways.map((runaway) => loadRunaway(runtime, runaway)));
    const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    const samples: number[] = [];
    while (samples.length < count) {
      const turn = samples.length % runaways.length;
      const [runaway, skill] = [runaways[turn], skills[turn]];
      if (runaway === undefined || skill === undefined)
        throw new RangeError(`Cannot kill runaway "${turn}": not there`);
      await untilSparesReady(runtime, 1);
      delay.reset();
      delay.enable();
      await timeKill(runtime, skill, runaway);
      await untilSparesReady(runtime, 1);
      // The histogram learns of a block at the next tick of its timer.
      await sleep(5);
      delay.disable();
      samples.push(Math.max(0, delay.max / 1e6 - RESOLUTION_MS));
    }
    return { samples };
  },
};
