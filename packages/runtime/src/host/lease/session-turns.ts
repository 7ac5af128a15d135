import { RuntimeFailure } from '../../errors.ts';

interface Turn {
  readonly take: () => void;
}

/**
 * Calls of one session run one after the other: its state is in one isolate, and two calls in it at once would each see the
 * other half done.
 */
export class SessionTurns {
  readonly #queues = new Map<string, Turn[]>();
  readonly #maxWaiting: number;
  #waiting = 0;

  /** @param maxWaiting Calls that may wait for their turn, over all sessions. */
  constructor(maxWaiting: number) {
    this.#maxWaiting = maxWaiting;
  }

  get waiting(): number {
    return this.#waiting;
  }

  /** Takes the turn if nobody has it. */
  enterFree(session: string): boolean {
    if (this.#queues.has(session)) return false;
    this.#queues.set(session, []);
    return true;
  }

  /** Resolves when it is the caller's turn; rejects with the signal's reason. Throws ERR_CARAPACE_RUNTIME_BUSY. */
  async enter(session: string, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    if (this.enterFree(session)) return;
    if (this.#waiting >= this.#maxWaiting) {
      throw new RuntimeFailure(
        'ERR_CARAPACE_RUNTIME_BUSY',
        `Cannot start call: its session is busy and ${this.#waiting} calls wait for theirs`,
      );
    }
    await this.#wait(this.#queues.get(session) ?? [], signal);
  }

  /** Ends the caller's turn; the next one begins at once. */
  leave(session: string): void {
    const queue = this.#queues.get(session);
    const next = queue?.shift();
    if (next === undefined) this.#queues.delete(session);
    else next.take();
  }

  async #wait(queue: Turn[], signal: AbortSignal | undefined): Promise<void> {
    this.#waiting += 1;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const turn: Turn = { take: resolve };
    queue.push(turn);
    const onAbort = (): void => {
      const index = queue.indexOf(turn);
      // Not found: the turn came in the same tick, and its owner finds the aborted signal by itself.
      if (index === -1) return;
      queue.splice(index, 1);
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      await promise;
    } finally {
      signal?.removeEventListener('abort', onAbort);
      this.#waiting -= 1;
    }
  }
}
