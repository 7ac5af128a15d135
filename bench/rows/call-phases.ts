import { type AuditEvent, createRuntime } from '@carapace/runtime';
import { HELLO, HELLO_INPUT } from '../bench-skill.ts';
import { timeCall } from '../call-once.ts';
import type { BenchRow } from '../harness/row.ts';
import { type Shared, shareMeasurement } from '../harness/share-measurement.ts';
import { untilSparesReady } from '../spare-ready.ts';

type Phase = 'checks' | 'worker' | 'result';

const samples = { full: 100, quick: 15 };
const WARM_UP = 10;

/** The trail is written as things happen, so its records tell when they did. */
const phases = shareMeasurement<Phase>(async (count): Promise<Shared<Phase>> => {
  const seen = new Map<AuditEvent['kind'], number>();
  const audit = { record: ({ kind }: AuditEvent): void => void seen.set(kind, performance.now()) };
  await using runtime = await createRuntime({ spares: 1, audit });
  await using skill = await runtime.load(HELLO);
  const at = (kind: AuditEvent['kind']): number => seen.get(kind) ?? Number.NaN;
  const taken: Record<Phase, number[]> = { checks: [], worker: [], result: [] };
  for (let index = -WARM_UP; index < count; index += 1) {
    await untilSparesReady(runtime, 1);
    const startedAt = performance.now();
    await timeCall(skill, HELLO_INPUT);
    const endedAt = performance.now();
    if (index < 0) continue;
    taken.checks.push(at('call-start') - startedAt);
    taken.worker.push(at('worker-killed') - at('call-start'));
    taken.result.push(endedAt - at('worker-killed'));
  }
  return { checks: { samples: taken.checks }, worker: { samples: taken.worker }, result: { samples: taken.result } };
});

function phaseRow(row: Pick<BenchRow, 'id' | 'title'>, phase: Phase): BenchRow {
  return { ...row, group: 'breakdown', unit: 'ms', better: 'lower', samples, measure: phases(phase) };
}

export const callChecks: BenchRow = phaseRow(
  { id: 'call-checks', title: 'call, host: input serialised and checked, limits, approval, first audit record' },
  'checks',
);

export const callWorker: BenchRow = phaseRow(
  {
    id: 'call-worker',
    title: 'call, worker: lease, bundle sent, linked and evaluated, tool run, result read, SIGKILL sent',
  },
  'worker',
);

export const callResult: BenchRow = phaseRow(
  { id: 'call-result', title: 'call, host: result parsed, checked, sanitised, tagged, last audit record' },
  'result',
);
