import type { CallBudget } from '../../budget/call-budget.ts';
import { ProtocolViolation } from '../../protocol/decode.ts';
import { FULL_PARTIAL_LENGTH, type WorkerToHost } from '../../protocol/messages.ts';
import type { UpdateSink } from './update-sink.ts';

type UpdateMessage = Extract<WorkerToHost, { kind: 'progress' | 'partial' }>;

/** Small messages a call may send at once, and one more for every interval: several times what an honest worker sends. */
const BURST = 200;
const INTERVAL_MS = 10;

export interface GateParts {
  readonly budget: CallBudget;
  readonly now: () => number;
  readonly sink: UpdateSink | undefined;
}

/**
 * Charges the updates of one call and passes on what is paid. Small ones are also counted: a budget of bytes alone would let
 * a worker that lies keep the host busy with millions of messages of one byte.
 */
export class UpdateGate {
  readonly #parts: GateParts;
  readonly #openedAt: number;
  #small = 0;

  constructor(parts: GateParts) {
    this.#parts = parts;
    this.#openedAt = parts.now();
  }

  /** False when the budget is spent. Throws ProtocolViolation for more small messages than any honest worker sends. */
  pass(update: UpdateMessage): boolean {
    const { budget, sink } = this.#parts;
    if (update.kind === 'progress' || update.text.length < FULL_PARTIAL_LENGTH) this.#count();
    if (update.kind === 'progress') {
      if (!budget.charge('logBytes', Buffer.byteLength(update.message) + 1)) return false;
      sink?.progress(update);
    } else {
      if (!budget.charge('outputBytes', Buffer.byteLength(update.text))) return false;
      sink?.partial(update.text);
    }
    return true;
  }

  #count(): void {
    this.#small += 1;
    const elapsedMs = this.#parts.now() - this.#openedAt;
    if (this.#small > BURST + elapsedMs / INTERVAL_MS)
      throw new ProtocolViolation('update-rate', 'more updates than the worker may send');
  }
}
