import type { CallBudget } from '../../budget/call-budget.ts';
import { type CallId, MAX_GUEST_REQUESTS } from '../../protocol/messages.ts';
import type { Lease } from '../lease/lease.ts';
import type { WatchdogLimits } from './watchdog.ts';

export interface CallJob {
  readonly callId: CallId;
  readonly tool: string;
  /** Validated input as JSON text. */
  readonly inputJson: string;
  readonly bundle: Uint8Array;
  readonly filename: string;
  readonly memoryMiB: number;
  readonly endowments: { readonly fs: boolean };
  readonly watchdog: WatchdogLimits;
  readonly signal?: AbortSignal;
}

/** Bodies a worker may send are its result only; one byte more than the budget proves that it was exceeded. */
export const RESULT_MARGIN = 1;

/** Hands a call to its worker: the skill too, when it is the worker's first. Resolves once the kernel has taken all of it. */
export async function sendCall(lease: Lease, budget: CallBudget, job: CallJob): Promise<void> {
  const { callId, tool, inputJson } = job;
  if (!lease.loaded) {
    lease.loaded = true;
    await sendSkill(lease, budget, job);
  }
  await lease.worker.send({ kind: 'call', call: callId, tool }, Buffer.from(inputJson, 'utf8'));
}

async function sendSkill({ worker }: Lease, budget: CallBudget, job: CallJob): Promise<void> {
  const { bundle, filename, memoryMiB, endowments } = job;
  // The guest's own limits stand just above the host's, so that it is the host that sees an overrun and names it.
  const limits = {
    outputBytes: budget.limit('outputBytes') + RESULT_MARGIN,
    logBytes: budget.limit('logBytes') + 1,
    requests: Math.min(budget.limit('brokerCalls') + 1, MAX_GUEST_REQUESTS),
  };
  await worker.send({ kind: 'load', filename, memoryMiB, limits, endowments }, bundle);
}
