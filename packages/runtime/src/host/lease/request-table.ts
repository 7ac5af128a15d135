import { ProtocolViolation } from '../../protocol/decode.ts';

/**
 * Requests that may wait for their answers at once. An honest worker keeps well below, see protocol/messages.ts. Attack:
 * ask 100,000 times and read no answer, each of which then waits in the memory of the host.
 */
export const MAX_OPEN_REQUESTS = 2_048;

/**
 * The requests of one worker. Ids must rise over its whole life, so a reused or invented id is a violation and an answer
 * can never reach the wrong asker, nor a later call (corpus IP-140).
 */
export class RequestTable {
  readonly #open = new Map<number, AbortController>();
  /** Answered, and not cancelled yet. Grows with requests, which cost budget, never with cancels, which cost none. */
  readonly #answered = new Set<number>();
  #last = 0;

  /** Registers a request; the signal aborts when the guest cancels it or the call ends. */
  open(id: number): AbortSignal {
    if (id <= this.#last) throw new ProtocolViolation('request-id', `request id ${id} after ${this.#last}`);
    this.#last = id;
    if (this.#open.size >= MAX_OPEN_REQUESTS)
      throw new ProtocolViolation('open-requests', `more than ${MAX_OPEN_REQUESTS} requests without an answer`);
    const controller = new AbortController();
    this.#open.set(id, controller);
    return controller.signal;
  }

  close(id: number): void {
    if (this.#open.delete(id)) this.#answered.add(id);
  }

  /**
   * A cancel may cross its answer on the way, so an answered id is fine once; an id never issued is not. Attack: one
   * request with a huge id, then a cancel for each number below it, for free and remembered for ever.
   */
  cancel(id: number): void {
    const controller = this.#open.get(id);
    if (controller === undefined && !this.#answered.delete(id))
      throw new ProtocolViolation('cancel', `cancel of request ${id}`);
    this.#open.delete(id);
    controller?.abort();
  }

  /** The call is over: nothing of it may be answered or cancelled any more. */
  abortAll(): void {
    for (const controller of this.#open.values()) controller.abort();
    this.#open.clear();
    this.#answered.clear();
  }
}
