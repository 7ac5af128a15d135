import type { BenchRow } from '../harness/row.ts';
import { KILL_MARGIN_MS, killRow, timeKills } from '../kill-runaway.ts';
import { MEMORY_BOMB, OUTPUT_FLOOD, SPIN } from './runaways.ts';

export const killSpin: BenchRow = {
  id: 'kill-spin',
  group: 'carapace',
  title: `an endless loop: from its deadline of ${SPIN.wallMs} ms until the worker is gone`,
  unit: 'ms',
  better: 'lower',
  bar: { p99: KILL_MARGIN_MS },
  samples: { full: 30, quick: 4 },
  measure: async (count) => ({ samples: (await timeKills(SPIN, count)).map((took) => took - SPIN.wallMs) }),
};

export const killMemoryBomb: BenchRow = killRow({
  id: 'kill-memory-bomb',
  title: 'buffers until none is left, then objects',
  ...MEMORY_BOMB,
});

export const killOutputFlood: BenchRow = killRow({
  id: 'kill-output-flood',
  title: 'log lines of 1 KiB without end',
  ...OUTPUT_FLOOD,
});
