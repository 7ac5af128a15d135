import { ProtocolViolation } from '../../protocol/decode.ts';
import { MAX_OPEN_REQUEST_BYTES } from '../../protocol/messages.ts';

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
  /** By id, the length of the body that the host still holds: until it has answered, cancelled or not. */
  readonly #held = new Map<number, number>();
  #heldBytes = 0;

  /**
   * Registers a request; the signal aborts when the guest cancels it or the call ends.
   * @param bytes Length of the request's body, which the host keeps until it has answered.
   */
  open(id: number, bytes = 0): AbortSignal {
    if (id <= this.#last) throw new ProtocolViolation('request-id', `request id ${id} after ${this.#last}`);
    this.#last = id;
    if (this.#open.size >= MAX_OPEN_REQUESTS)
      throw new ProtocolViolation('open-requests', `more than ${MAX_OPEN_REQUESTS} requests without an answer`);
    if (this.#heldBytes + bytes > MAX_OPEN_REQUEST_BYTES)
      throw new ProtocolViolation(
        'open-bytes',
        `more than ${MAX_OPEN_REQUEST_BYTES} bytes in requests without an answer`,
      );
    if (bytes > 0) this.#held.set(id, bytes);
    this.#heldBytes += bytes;
    const controller = new AbortController();
    this.#open.set(id, controller);
    return controller.signal;
  }

  close(id: number): void {
    this.#heldBytes -= this.#held.get(id) ?? 0;
    this.#held.delete(id);
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
