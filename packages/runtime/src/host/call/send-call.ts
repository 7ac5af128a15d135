import type { CallBudget } from '../../budget/call-budget.ts';
import {
  type CallId,
  type Endowments,
  MAX_GUEST_REQUESTS,
  MAX_REQUEST_BODY_BYTES,
  type Placeholders,
} from '../../protocol/messages.ts';
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
  readonly endowments: Endowments;
  /** Absent when the tool may use no secret. */
  readonly secrets?: Placeholders;
  readonly watchdog: WatchdogLimits;
  readonly signal?: AbortSignal;
}

/** One byte more than the budget proves that it was exceeded. */
const RESULT_MARGIN = 1;

/** The largest body that a worker may send: its result, or what goes out with one request. */
export function largestBody(budget: CallBudget): number {
  return Math.max(budget.limit('outputBytes') + RESULT_MARGIN, MAX_REQUEST_BODY_BYTES);
}

/** Hands a call to its worker: the skill too, when it is the worker's first. Resolves once the kernel has taken all of it. */
export async function sendCall(lease: Lease, budget: CallBudget, job: CallJob): Promise<void> {
  const { callId, tool, inputJson, secrets } = job;
  if (!lease.loaded) {
    lease.loaded = true;
    await sendSkill(lease, budget, job);
  }
  const named = secrets === undefined ? {} : { secrets };
  await lease.worker.send({ kind: 'call', call: callId, tool, ...named }, Buffer.from(inputJson, 'utf8'));
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
