import { ProtocolViolation } from '../../protocol/decode.ts';

/**
 * The requests of one call. Ids must rise, so a reused or invented id is a violation and an answer can never reach the
 * wrong asker (IP-140).
 */
export class RequestTable {
  readonly #open = new Map<number, AbortController>();
  readonly #cancelled = new Set<number>();
  #last = 0;

  /** Registers a request; the signal aborts when the guest cancels it or the call ends. */
  open(id: number): AbortSignal {
    if (id <= this.#last) throw new ProtocolViolation('request-id', `request id ${id} after ${this.#last}`);
    this.#last = id;
    const controller = new AbortController();
    this.#open.set(id, controller);
    return controller.signal;
  }

  close(id: number): void {
    this.#open.delete(id);
  }

  /** A cancel may cross its answer on the way, so a closed id is fine once; an id never issued is not. */
  cancel(id: number): void {
    if (id > this.#last || this.#cancelled.has(id)) throw new ProtocolViolation('cancel', `cancel of request ${id}`);
    this.#cancelled.add(id);
    this.#open.get(id)?.abort();
    this.#open.delete(id);
  }

  abortAll(): void {
    for (const controller of this.#open.values()) controller.abort();
    this.#open.clear();
  }
}
