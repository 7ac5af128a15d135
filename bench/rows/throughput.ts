import type { Isolation } from '@carapace/manifest';
import { type CallOptions, createRuntime } from '@carapace/runtime';
import { HELLO, HELLO_INPUT } from '../bench-skill.ts';
import { timeCall } from '../call-once.ts';
import type { BenchRow, RowId } from '../harness/row.ts';

const WINDOW_MS = 1_000;

interface Load {
  readonly id: RowId;
  readonly isolation: Isolation;
  /** Callers that each start a call when their last one has ended. */
  readonly callers: number;
  readonly bar: number;
  readonly optionsOf?: (caller: number) => CallOptions;
}

export const callThroughput: BenchRow = throughputRow({
  id: 'call-throughput',
  isolation: 'call',
  callers: 2,
  bar: 20,
});

export const skillThroughput: BenchRow = throughputRow({
  id: 'skill-throughput',
  isolation: 'skill',
  callers: 2,
  bar: 300,
});

export const sessionThroughput: BenchRow = throughputRow({
  id: 'session-throughput',
  isolation: 'session',
  callers: 4,
  bar: 8_000,
  optionsOf: (caller) => ({ session: `session-${caller}` }),
});

function throughputRow({ id, isolation, callers, bar, optionsOf = () => ({}) }: Load): BenchRow {
  return {
    id,
    group: 'carapace',
    title: `isolation \`${isolation}\`, sustained: ${callers} callers${isolation === 'session' ? ', each with a session of its own' : ''}`,
    unit: 'calls/s',
    better: 'higher',
    bar: { p50: bar },
    samples: { full: 15, quick: 3 },
    measure: async (windows) => {
      await using runtime = await createRuntime({ isolation, spares: 2 });
      await using skill = await runtime.load(HELLO);
      // The first window uses up the spares that were booted before it, so it is not a sustained one.
      const counts = Array.from({ length: windows + 1 }, () => 0);
      const startedAt = performance.now();
      const caller = async (options: CallOptions): Promise<void> => {
        for (;;) {
          await timeCall(skill, HELLO_INPUT, options);
          const window = Math.floor((performance.now() - startedAt) / WINDOW_MS);
          if (window >= counts.length) return;
          counts[window] = (counts[window] ?? 0) + 1;
        }
      };
      await Promise.all(Array.from({ length: callers }, (_, index) => caller(optionsOf(index))));
      return { samples: counts.slice(1).map((calls) => (calls * 1_000) / WINDOW_MS) };
    },
  };
}
