import { NO_BODY } from '../../protocol/frame.ts';
import type { Broker } from '../broker/broker.ts';
import { type EffectAnswer, EffectFailure, type EffectRequest, type EffectTrail } from '../broker/effect.ts';
import type { WorkerProcess } from '../pool/worker-process.ts';
import type { CallAudit } from './call-audit.ts';

export interface PendingRequest {
  readonly worker: WorkerProcess;
  readonly broker: Broker;
  readonly audit: CallAudit;
  readonly request: EffectRequest;
  readonly signal: AbortSignal;
}

/** What a request has touched: part of where the result comes from. */
export type Touched = Pick<EffectTrail, 'mount' | 'hosts'>;

/**
 * Performs one request, records the decision, then sends the closing answer: a guest never goes on with something that is
 * not on record. Rejects when the sink fails, which ends the call.
 */
export async function answerRequest(pending: PendingRequest): Promise<Touched> {
  const { broker, request, signal, audit, worker } = pending;
  const { id, op } = request;
  const performed = await broker.perform(request, signal);
  const { answer, rest } =
    performed.kind === 'refused' ? { answer: performed, rest: NO_BODY } : await streamBody(pending, performed);
  audit.decision(op, answer);
  if (answer.kind === 'refused') {
    await worker.send({ kind: 'reply', id, ok: false, code: answer.code, message: answer.toSkill });
  } else if (!signal.aborted) {
    // A cancelled request is not answered: nothing waits for it.
    const value = answer.value === undefined ? {} : { value: answer.value };
    await worker.send({ kind: 'reply', id, ok: true, ...value }, rest);
  }
  return answer.trail ?? {};
}

interface Streamed {
  readonly answer: EffectAnswer;
  /** The end of the body, for the closing answer: a body of one chunk needs one frame. */
  readonly rest: Uint8Array;
}

/** Sends all but the end of the body, as fast as the worker reads. A cap or budget met on the way makes it a refusal. */
async function streamBody(
  { worker, request: { id }, signal }: PendingRequest,
  answer: Extract<EffectAnswer, { kind: 'done' }>,
): Promise<Streamed> {
  const { body } = answer;
  if (body === undefined || body instanceof Uint8Array) return { answer, rest: body ?? NO_BODY };
  let rest = NO_BODY;
  // The next piece may be long in coming, and nobody waits for it any more: a connection must not outlive its call.
  const stop = (): void => void Promise.resolve(body[Symbol.asyncDispose]()).catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of body) {
      if (signal.aborted) break;
      if (rest.length > 0) await worker.send({ kind: 'reply', id, ok: true, more: true }, rest);
      rest = chunk;
    }
    return { answer, rest };
  } catch (error) {
    if (!(error instanceof EffectFailure)) throw error;
    const trail = answer.trail === undefined ? {} : { trail: answer.trail };
    return { answer: { kind: 'refused', ...error.effectRefusal, ...trail }, rest: NO_BODY };
  } finally {
    signal.removeEventListener('abort', stop);
    await body[Symbol.asyncDispose]();
  }
}
