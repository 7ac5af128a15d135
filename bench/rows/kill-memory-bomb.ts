import type { BenchRow } from '../harness/row.ts';
import { killRow } from '../kill-runaway.ts';

export const killMemoryBomb: BenchRow = killRow({
  id: 'kill-memory-bomb',
  title: 'buffers until none is left, then objects',
  run: `const kept = [];
    try { for (;;) kept.push(new Uint8Array(1048576).fill(1)); } catch {}
    for (;;) kept.push({ index: kept.length, text: 'x' + kept.length });`,
  wallMs: 3_000,
  expected: 'ERR_CARAPACE_BUDGET_MEMORY',
});
