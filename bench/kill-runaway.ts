import { createRuntime, type ResultCode, type Runtime, type SkillHandle } from '@carapace/runtime';
import { benchSkill } from './bench-skill.ts';
import { timeCall } from './call-once.ts';
import type { BenchRow } from './harness/row.ts';
import { until, untilSparesReady } from './spare-ready.ts';

/** How long after its deadline the last runaway may be gone. */
export const KILL_MARGIN_MS = 250;

export interface Runaway {
  /** Body of the tool. */
  readonly run: string;
  readonly wallMs: number;
  /** The reason that the host must have found by itself. */
  readonly expected: ResultCode;
}

/** From the start of a call until the kernel has reaped its worker, in ms. */
export async function timeKills(runaway: Runaway, count: number): Promise<readonly number[]> {
  await using runtime = await createRuntime({ spares: 1 });
  await using skill = await loadRunaway(runtime, runaway);
  const samples: number[] = [];
  while (samples.length < count) samples.push(await timeKill(runtime, skill, runaway));
  return samples;
}

export function loadRunaway(runtime: Runtime, { run, wallMs }: Runaway): Promise<SkillHandle> {
  return runtime.load(benchSkill({ run, limits: { wallMs } }));
}

/** One kill, in a runtime with one spare. */
export async function timeKill(runtime: Runtime, skill: SkillHandle, { expected }: Runaway): Promise<number> {
  await untilSparesReady(runtime, 1);
  const startedAt = performance.now();
  await timeCall(skill, {}, { expected });
  // One more is alive than the spare that boots already: the worker that was killed and is not reaped yet.
  await until('see the worker end', () => runtime.stats().alive <= 1);
  return performance.now() - startedAt;
}

/** A row about a runaway that has a budget of its own and should be gone before its deadline. */
export function killRow(row: Pick<BenchRow, 'id' | 'title'> & Runaway): BenchRow {
  return {
    id: row.id,
    group: 'carapace',
    title: `${row.title}: from the call until the worker is gone (deadline ${row.wallMs} ms)`,
    unit: 'ms',
    better: 'lower',
    bar: { p99: row.wallMs + KILL_MARGIN_MS },
    samples: { full: 15, quick: 2 },
    measure: async (count) => ({ samples: await timeKills(row, count) }),
  };
}
