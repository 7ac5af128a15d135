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

/** Performs one request, records the decision, sends the answer. Resolves with the mount that was used, if any. */
export async function answerRequest(pending: PendingRequest): Promise<{ readonly mount?: string }> {
  const { broker, request, signal, audit, worker } = pending;
  const answer = await broker.perform(request.op, signal);
  if (answer.kind === 'refused') {
    audit.decision(request.op, answer);
    await worker.send({ kind: 'reply', id: request.id, ok: false, code: answer.code, message: answer.toSkill });
    return {};
  }
  const refused = await sendBody(pending, answer);
  // Recorded after the body, when the byte count is final; a failing sink rejects and ends the call (fail closed).
  audit.decision(request.op, refused === undefined ? answer : { ...refused, ...(answer.trail === undefined ? {} : { trail: answer.trail }) });
  return answer.trail?.mount === undefined ? {} : { mount: answer.trail.mount };
}

type Refusal = Extract<BrokerAnswer, { kind: 'refused' }>;

/** Streams the body as fast as the worker reads. A cancelled request is not answered: nothing waits for it. */
async function sendBody({ worker, request: { id }, signal }: PendingRequest, answer: Extract<BrokerAnswer, { kind: 'done' }>): Promise<Refusal | undefined> {
  const value = answer.value === undefined ? {} : { value: answer.value };
  try {
    for await (const chunk of chunksOf(answer.body)) {
      if (signal.aborted) return undefined;
      await worker.send({ kind: 'reply', id, ok: true, more: true }, chunk);
    }
  } catch (error) {
    if (!(error instanceof FsReadFailure)) throw error;
    const { code, rule } = error.refusal;
    await worker.send({ kind: 'reply', id, ok: false, code, message: FS_CODES[code].toSkill });
    return { kind: 'refused', code, rule, toSkill: FS_CODES[code].toSkill };
  } finally {
    await disposeBody(answer.body);
  }
  if (!signal.aborted) await worker.send({ kind: 'reply', id, ok: true, ...value });
  return undefined;
}

async function* chunksOf(body: FsContent | undefined): AsyncGenerator<Uint8Array, void> {
  if (body === undefined) return;
  if (body instanceof Uint8Array) yield body;
  else yield* body;
}

async function disposeBody(body: FsContent | undefined): Promise<void> {
  if (body !== undefined && !(body instanceof Uint8Array)) await body[Symbol.asyncDispose]();
}
