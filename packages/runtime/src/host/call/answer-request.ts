import type { CallBudget } from '../../budget/call-budget.ts';
import { NO_BODY } from '../../protocol/frame.ts';
import type { WorkerToHost } from '../../protocol/messages.ts';
import type { Broker, BrokerAnswer } from '../broker/broker.ts';
import { FS_CODES } from '../broker/fs/fs-codes.ts';
import type { FsContent } from '../broker/fs/fs-outcome.ts';
import { FsReadFailure } from '../broker/fs/fs-refusal.ts';
import type { WorkerProcess } from '../pool/worker-process.ts';
import type { CallAudit } from './call-audit.ts';

export interface PendingRequest {
  readonly worker: WorkerProcess;
  readonly broker: Broker;
  readonly budget: CallBudget;
  readonly audit: CallAudit;
  readonly request: Extract<WorkerToHost, { kind: 'request' }>;
  readonly signal: AbortSignal;
}

/**
 * Performs one request, records the decision, then sends the closing answer: a guest never goes on with something that is
 * not on record. Resolves with the mount that was used, if any; rejects when the sink fails, which ends the call.
 */
export async function answerRequest(pending: PendingRequest): Promise<{ readonly mount?: string }> {
  const { broker, request, signal, audit, worker } = pending;
  const { id, op } = request;
  const performed = await broker.perform(op, signal);
  const { answer, rest } =
    performed.kind === 'refused' ? { answer: performed, rest: NO_BODY } : await streamBody(pending, performed);
  audit.decision(op, answer);
  if (answer.kind === 'refused') {
    await worker.send({ kind: 'reply', id, ok: false, code: answer.code, message: answer.toSkill });
    return {};
  }
  // A cancelled request is not answered: nothing waits for it.
  if (!signal.aborted) {
    const value = answer.value === undefined ? {} : { value: answer.value };
    await worker.send({ kind: 'reply', id, ok: true, ...value }, rest);
  }
  return answer.trail?.mount === undefined ? {} : { mount: answer.trail.mount };
}

interface Streamed {
  readonly answer: BrokerAnswer;
  /** The end of the body, for the closing answer: a body of one chunk needs one frame. */
  readonly rest: Uint8Array;
}

/** Sends all but the end of the body, as fast as the worker reads. A cap or budget met on the way makes it a refusal. */
async function streamBody(
  { worker, request: { id }, signal }: PendingRequest,
  answer: Extract<BrokerAnswer, { kind: 'done' }>,
): Promise<Streamed> {
  let rest = NO_BODY;
  try {
    for await (const chunk of chunksOf(answer.body)) {
      if (signal.aborted) break;
      if (rest.length > 0) await worker.send({ kind: 'reply', id, ok: true, more: true }, rest);
      rest = chunk;
    }
    return { answer, rest };
  } catch (error) {
    if (!(error instanceof FsReadFailure)) throw error;
    const { code, rule } = error.refusal;
    const trail = answer.trail === undefined ? {} : { trail: answer.trail };
    return { answer: { kind: 'refused', code, rule, toSkill: FS_CODES[code].toSkill, ...trail }, rest: NO_BODY };
  } finally {
    await disposeBody(answer.body);
  }
}

async function* chunksOf(body: FsContent | undefined): AsyncGenerator<Uint8Array, void> {
  if (body === undefined) return;
  if (body instanceof Uint8Array) yield body;
  else yield* body;
}

async function disposeBody(body: FsContent | undefined): Promise<void> {
  if (body !== undefined && !(body instanceof Uint8Array)) await body[Symbol.asyncDispose]();
}
