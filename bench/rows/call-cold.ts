import { createRuntime, type Runtime } from '@carapace/runtime';
import { HELLO, HELLO_INPUT } from '../bench-skill.ts';
import { timeCall } from '../call-once.ts';
import { CALL_WALLS } from '../carapace-walls.ts';
import type { BenchRow, Measurement } from '../harness/row.ts';
import { untilSparesReady } from '../spare-ready.ts';
import { createWithoutNamespaces, namespaceNote } from './namespaces.ts';

const NO_SPARES = { spares: 0 } as const;
const samples = { full: 40, quick: 6 };

export const callCold: BenchRow = {
  id: 'call-cold',
  group: 'carapace',
  title: 'isolation `call`, no spare worker: its process is booted and jailed within the call',
  unit: 'ms',
  better: 'lower',
  walls: CALL_WALLS,
  ratios: [{ to: 'node-permission-child' }, { to: 'bwrap-node' }, { to: 'secure-exec-cold' }],
  samples,
  measure: async (count) => {
    await using runtime = await createRuntime(NO_SPARES);
    return { samples: await timeCalls(runtime, count), note: namespaceNote(runtime) };
  },
};

export const callColdNoNamespaces: BenchRow = {
  id: 'call-cold-no-namespaces',
  group: 'carapace',
  title: 'the same without namespaces: Landlock and seccomp keep files and network away',
  unit: 'ms',
  better: 'lower',
  ratios: [{ to: 'call-cold' }],
  samples,
  measure: async (count) => {
    await using runtime = await createWithoutNamespaces(NO_SPARES);
    return { samples: await timeCalls(runtime, count) };
  },
};

async function timeCalls(runtime: Runtime, count: number): Promise<Measurement['samples']> {
  await using skill = await runtime.load(HELLO);
  const taken: number[] = [];
  while (taken.length < count) {
    taken.push(await timeCall(skill, HELLO_INPUT));
    await untilSparesReady(runtime, 0);
  }
  return taken;
}
