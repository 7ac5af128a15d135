import { createRuntime, type Runtime } from '@carapace/runtime';
import { HELLO, HELLO_INPUT } from '../bench-skill.ts';
import { timeCall } from '../call-once.ts';
import type { BenchRow, Measurement } from '../harness/row.ts';
import { until, untilSparesReady } from '../spare-ready.ts';
import { createWithoutNamespaces, namespaceNote } from './namespaces.ts';

const SPARES = { spares: 1 } as const;
const samples = { full: 40, quick: 6 };

export const bootSpare: BenchRow = {
  id: 'boot-spare',
  group: 'carapace',
  title: 'from the end of a call until the spare that replaces its worker is booted, jailed and prepared',
  unit: 'ms',
  better: 'lower',
  samples,
  measure: async (count) => {
    await using runtime = await createRuntime(SPARES);
    return { samples: await timeBoots(runtime, count), note: namespaceNote(runtime) };
  },
};

export const bootSpareNoNamespaces: BenchRow = {
  id: 'boot-spare-no-namespaces',
  group: 'carapace',
  title: 'the same without namespaces',
  unit: 'ms',
  better: 'lower',
  ratios: [{ to: 'boot-spare' }],
  samples,
  measure: async (count) => {
    await using runtime = await createWithoutNamespaces(SPARES);
    return { samples: await timeBoots(runtime, count) };
  },
};

async function timeBoots(runtime: Runtime, count: number): Promise<Measurement['samples']> {
  await using skill = await runtime.load(HELLO);
  const taken: number[] = [];
  while (taken.length < count) {
    await untilSparesReady(runtime, 1);
    await timeCall(skill, HELLO_INPUT);
    const startedAt = performance.now();
    await until('boot a spare worker', () => runtime.stats().spares === 1);
    taken.push(performance.now() - startedAt);
  }
  return taken;
}
