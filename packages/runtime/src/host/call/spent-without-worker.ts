import type { CallEnd } from './call-outcome.ts';
import { emptyUsage } from './empty-usage.ts';

/** The end of a call whose time was spent while it waited for a worker. Nothing of the skill has run. */
export function spentWithoutWorker(waitedMs: number): CallEnd {
  return {
    outcome: { kind: 'spent', code: 'ERR_CARAPACE_BUDGET_WALL' },
    usage: { ...emptyUsage(), wallMs: Math.round(waitedMs) },
    worker: undefined,
    mounts: [],
    hosts: [],
    logs: [],
  };
}
