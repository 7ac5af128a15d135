import type { CallBudget } from '../../budget/call-budget.ts';
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
  const answer = performed.kind === 'refused' ? performed : await streamBody(pending, performed);
  audit.decision(op, answer);
  if (answer.kind === 'refused') {
    await worker.send({ kind: 'reply', id, ok: false, code: answer.code, message: answer.toSkill });
    return {};
  }
  // A cancelled request is not answered: nothing waits for it.
  if (!signal.aborted)
    await worker.send({ kind: 'reply', id, ok: true, ...(answer.value === undefined ? {} : { value: answer.value }) });
  return answer.trail?.mount === undefined ? {} : { mount: answer.trail.mount };
}

/** Sends the body as fast as the worker reads. A cap or budget met on the way turns the answer into a refusal. */
async function streamBody(
  { worker, request: { id }, signal }: PendingRequest,
  answer: Extract<BrokerAnswer, { kind: 'done' }>,
): Promise<BrokerAnswer> {
  try {
    for await (const chunk of chunksOf(answer.body)) {
      if (signal.aborted) break;
      await worker.send({ kind: 'reply', id, ok: true, more: true }, chunk);
    }
    return answer;
  } catch (error) {
    if (!(error instanceof FsReadFailure)) throw error;
    const { code, rule } = error.refusal;
    return {
      kind: 'refused',
      code,
      rule,
      toSkill: FS_CODES[code].toSkill,
      ...(answer.trail === undefined ? {} : { trail: answer.trail }),
    };
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
