import type { RequestId } from '../protocol/messages.ts';
import type { OpAnswer } from './bridge.ts';
import type { GuestRequest } from './guest-request.ts';
import { type ReplyForm, WIRE_LIMITS } from './guest-wire.ts';

interface Pending {
  readonly form: ReplyForm;
  readonly timer: boolean;
  /** Length of the request's own body. */
  readonly sent: number;
  readonly chunks: Uint8Array[];
}

/** A reply whose last part has arrived. */
export interface CompleteReply {
  readonly form: ReplyForm;
  readonly body: Uint8Array;
}

/** Requests of the guest that the host has not answered yet. Ids are never reused in the life of the process. */
export class PendingRequests {
  readonly #pending = new Map<RequestId, Pending>();
  readonly #maxRequests: number;
  readonly #nextId: () => RequestId;
  #timers = 0;
  #sent = 0;

  /** @param maxRequests How many may be unanswered at once; timers are counted apart. */
  constructor(maxRequests: number, nextId: () => RequestId) {
    this.#maxRequests = maxRequests;
    this.#nextId = nextId;
  }

  add({ op, form, body }: GuestRequest): OpAnswer {
    const timer = op.family === 'timer';
    if (timer && this.#timers >= WIRE_LIMITS.pendingTimers) return { ok: false, code: 'too-many-timers' };
    if (!timer && this.#pending.size - this.#timers >= this.#maxRequests) {
      return { ok: false, code: 'too-many-requests' };
    }
    // Unbounded, a loop that awaits nothing would fill the memory of the host, which would then end this worker for it.
    if (this.#sent + body.length > WIRE_LIMITS.pendingBodyBytes) return { ok: false, code: 'too-many-bytes' };
    const id = this.#nextId();
    this.#pending.set(id, { form, timer, sent: body.length, chunks: [] });
    this.#sent += body.length;
    if (timer) this.#timers += 1;
    return { ok: true, payload: String(id) };
  }

  /** Whether the id was pending. */
  remove(id: RequestId): boolean {
    const pending = this.#pending.get(id);
    if (pending === undefined) return false;
    if (pending.timer) this.#timers -= 1;
    this.#sent -= pending.sent;
    return this.#pending.delete(id);
  }

  /** Whether the parts of the reply are to be passed on one by one. */
  inPieces(id: RequestId): boolean {
    return this.#pending.get(id)?.form === 'pieces';
  }

  /** Keeps one part of a reply. Answers the whole once the last part is there, nothing for an id nobody waits for. */
  collect(id: RequestId, body: Uint8Array | undefined, more: boolean): CompleteReply | undefined {
    const pending = this.#pending.get(id);
    if (pending === undefined) return undefined;
    if (body !== undefined && body.length > 0) pending.chunks.push(body);
    if (more) return undefined;
    this.remove(id);
    return { form: pending.form, body: join(pending.chunks) };
  }

  /** Every unanswered id, forgotten. */
  clear(): RequestId[] {
    const ids = [...this.#pending.keys()];
    this.#pending.clear();
    this.#timers = 0;
    this.#sent = 0;
    return ids;
  }
}

export function join(chunks: readonly Uint8Array[]): Uint8Array {
  const [only] = chunks;
  if (only !== undefined && chunks.length === 1) return only;
  return Buffer.concat(chunks);
}
