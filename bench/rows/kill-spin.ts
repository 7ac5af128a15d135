import type { BenchRow } from '../harness/row.ts';
import { KILL_MARGIN_MS, timeKills } from '../kill-runaway.ts';

const WALL_MS = 300;

export const killSpin: BenchRow = {
  id: 'kill-spin',
  title: `an endless loop: from its deadline of ${WALL_MS} ms until the worker is gone`,
  unit: 'ms',
  better: 'lower',
  bar: { p99: KILL_MARGIN_MS },
  samples: { full: 30, quick: 5 },
  measure: async (count) => {
    const runaway = { run: 'for (;;) {}', wallMs: WALL_MS, expected: 'ERR_CARAPACE_BUDGET_WALL' } as const;
    return { samples: (await timeKills(runaway, count)).map((took) => took - WALL_MS) };
  },
};
