import { createGuards, type Guards } from '@carapace/runtime/testing';
import type { BenchRow, RowId } from '../harness/row.ts';

/** One sample is the mean of so many runs: a single one is shorter than the clock can tell. */
const RUNS = 2_000;

function guardRow(id: Extract<RowId, `guard-${string}`>, guard: keyof Guards, title: string): BenchRow {
  return {
    id,
    group: 'breakdown',
    title: `guard: ${title}`,
    unit: 'µs',
    better: 'lower',
    samples: { full: 200, quick: 30 },
    measure: async (count) => {
      const run = createGuards()[guard];
      const samples: number[] = [];
      for (let index = -10; index < count; index += 1) {
        const startedAt = performance.now();
        for (let time = 0; time < RUNS; time += 1) run();
        if (index >= 0) samples.push(((performance.now() - startedAt) * 1_000) / RUNS);
      }
      return { samples };
    },
  };
}

/** What each check of an effect costs by itself, in the host. */
export const GUARDS: readonly BenchRow[] = [
  guardRow('guard-frame', 'frame', 'the frame of a `fetch`, decoded field by field'),
  guardRow('guard-url', 'url', 'a URL, parsed and held against 20 granted hosts'),
  guardRow('guard-address', 'address', 'an IPv6 address, held against every special-purpose block'),
  guardRow('guard-headers', 'headers', 'eight request headers'),
  guardRow('guard-path', 'path', 'a virtual path of five names, held against a grant with patterns'),
  guardRow('guard-redact', 'redact', '1 KiB of JSON, looked through for 10 secrets in every form'),
  guardRow('guard-sanitise', 'sanitise', '1 KiB of text beyond ASCII, sanitised'),
];
