import type { BenchRow } from '../harness/row.ts';
import { killRow } from '../kill-runaway.ts';

export const killOutputFlood: BenchRow = killRow({
  id: 'kill-output-flood',
  title: 'log lines of 1 KiB without end',
  run: "const line = 'x'.repeat(1024); for (;;) console.log(line);",
  wallMs: 1_000,
  expected: 'ERR_CARAPACE_BUDGET_LOGS',
});
