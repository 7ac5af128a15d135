import type { GuestProgress } from '../protocol/messages.ts';
import type { OpAnswer } from './bridge.ts';
import { WIRE_LIMITS } from './guest-wire.ts';
import type { GuestPort } from './isolate-engine.ts';
import { parseProgress } from './parse-guest-json.ts';

/** Reports that go out at once; then one for every interval. The host hands on as many a second. */
const BURST = 20;
const INTERVAL_MS = 50;

/**
 * Progress and partial text of one call at a time.
 *
 * Progress is charged to the log budget, so a skill that reports in a tight loop would end itself: beyond the rate a report
 * waits and a later one takes its place. Partial text is never held. The piece that crosses the budget still goes out, as
 * with GuestLog: the host counts the same bytes and ends the call on it.
 */
export class GuestUpdates {
  readonly #port: GuestPort;
  readonly #maxPartialBytes: number;
  readonly #now: () => number;
  #partialBytes = 0;
  #allowed = BURST;
  #countedAt: number;
  #waiting: GuestProgress | undefined;

  constructor(port: GuestPort, maxPartialBytes: number, now: () => number = () => performance.now()) {
    this.#port = port;
    this.#maxPartialBytes = maxPartialBytes;
    this.#now = now;
    this.#countedAt = now();
  }

  /** A new call starts with full budgets. */
  reset(): void {
    this.#partialBytes = 0;
    this.#allowed = BURST;
    this.#waiting = undefined;
  }

  /** Answers one op of the guest. */
  answerOp(op: 'progress' | 'partial', payload: string): OpAnswer {
    if (op === 'partial') this.#sendPartial(payload);
    else {
      const report = parseProgress(payload);
      if (report === undefined) return { ok: false, code: 'bad-op' };
      this.#waiting = report;
      this.sendDue();
    }
    return { ok: true, payload: '' };
  }

  #sendPartial(text: string): void {
    for (let from = 0; from < text.length; from += WIRE_LIMITS.partialLength) {
      if (this.#partialBytes > this.#maxPartialBytes) return;
      const piece = text.slice(from, from + WIRE_LIMITS.partialLength);
      this.#partialBytes += Buffer.byteLength(piece, 'utf8');
      this.#port.send({ kind: 'partial', text: piece });
    }
  }

  /** Sends the report that waits if its time has come. */
  sendDue(): void {
    if (this.#waiting === undefined) return;
    const earned = Math.floor((this.#now() - this.#countedAt) / INTERVAL_MS);
    this.#allowed = Math.min(BURST, this.#allowed + earned);
    this.#countedAt += earned * INTERVAL_MS;
    if (this.#allowed === 0) return;
    this.#allowed -= 1;
    this.#send(this.#waiting);
  }

  /** The last report of a call is told whatever the rate. */
  end(): void {
    if (this.#waiting !== undefined) this.#send(this.#waiting);
  }

  #send(report: GuestProgress): void {
    this.#waiting = undefined;
    this.#port.send({ kind: 'progress', ...report });
  }
}
