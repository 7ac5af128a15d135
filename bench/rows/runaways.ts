import type { Runaway } from '../kill-runaway.ts';

/** What hostile skills do first, and what the host must call it. */
export const SPIN: Runaway = { run: 'for (;;) {}', wallMs: 300, expected: 'ERR_CARAPACE_BUDGET_WALL' };

export const MEMORY_BOMB: Runaway = {
  run: `const kept = [];
    try { for (;;) kept.push(new Uint8Array(1048576).fill(1)); } catch {}
    for (;;) kept.push({ index: kept.length, text: 'x' + kept.length });`,
  wallMs: 3_000,
  expected: 'ERR_CARAPACE_BUDGET_MEMORY',
};

export const OUTPUT_FLOOD: Runaway = {
  run: "const line = 'x'.repeat(1024); for (;;) console.log(line);",
  wallMs: 1_000,
  expected: 'ERR_CARAPACE_BUDGET_LOGS',
};
