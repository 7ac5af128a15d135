import type { GuestProgress } from '../../protocol/messages.ts';
import { type CallUpdate, UpdateStream } from '../../result/call-update.ts';
import type { Redaction } from '../../result/redaction.ts';
import type { UpdateProvenance } from '../../result/update-envelope.ts';
import type { UpdateSink } from './update-sink.ts';

export type OnUpdate = (update: CallUpdate) => void | Promise<void>;

export interface FeedPowers {
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** Calls back once after `delayMs`; the answer takes that back. */
  readonly schedule: (delayMs: number, run: () => void) => () => void;
  /** Told the first error of the caller's callback, and no other of the same call. */
  readonly onCallbackError: (error: unknown) => void;
}

/** Twenty deliveries a second: as fast as a person sees, and no faster than a gateway can pass on. */
const INTERVAL_MS = 50;

/**
 * Hands the updates of one call to its caller: the first at once, then everything that came within an interval together,
 * partial text as one piece and of the progress only the latest. So the caller and the sanitiser have bounded work however
 * finely a skill cuts (RS-083). Says nothing any more once the caller has given up.
 */
export class UpdateFeed implements UpdateSink {
  readonly #stream: UpdateStream;
  readonly #onUpdate: OnUpdate;
  readonly #signal: AbortSignal;
  readonly #powers: FeedPowers;
  #text = '';
  #report: GuestProgress | undefined;
  #readyAt = Number.NEGATIVE_INFINITY;
  #unschedule: (() => void) | undefined;
  #failed = false;

  constructor(
    facts: Omit<UpdateProvenance, 'trust'>,
    listener: { readonly onUpdate: OnUpdate; readonly signal: AbortSignal },
    powers: FeedPowers,
    redaction?: Redaction,
  ) {
    this.#stream = new UpdateStream(facts, redaction);
    this.#onUpdate = listener.onUpdate;
    this.#signal = listener.signal;
    this.#powers = powers;
  }

  progress(report: GuestProgress): void {
    this.#report = report;
    this.#arrange();
  }

  partial(text: string): void {
    this.#text += text;
    this.#arrange();
  }

  /** The call has ended: hands out what still waits. The feed must not be used again. */
  end(): void {
    this.#deliver();
    this.#hand(this.#stream.end());
  }

  /** Drops what still waits. */
  [Symbol.dispose](): void {
    this.#unschedule?.();
    this.#unschedule = undefined;
  }

  #arrange(): void {
    if (this.#unschedule !== undefined) return;
    const delayMs = this.#readyAt - this.#powers.now();
    if (delayMs <= 0) this.#deliver();
    else this.#unschedule = this.#powers.schedule(delayMs, () => this.#deliver());
  }

  #deliver(): void {
    this[Symbol.dispose]();
    this.#readyAt = this.#powers.now() + INTERVAL_MS;
    const text = this.#text;
    const report = this.#report;
    this.#text = '';
    this.#report = undefined;
    if (text !== '') this.#hand(this.#stream.partial(text));
    if (report !== undefined) this.#hand(this.#stream.progress(report));
  }

  /** Code of the caller's: it may throw, reject, or abort the very call, and none of that may disturb the call's state. */
  #hand(update: CallUpdate | undefined): void {
    if (update === undefined || this.#signal.aborted) return;
    try {
      Promise.resolve(this.#onUpdate(update)).catch((error: unknown) => this.#fail(error));
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#powers.onCallbackError(error);
  }
}
