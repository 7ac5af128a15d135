import { FULL_PARTIAL_LENGTH, type GuestProgress } from '../protocol/messages.ts';
import type { OpAnswer } from './bridge.ts';
import type { GuestPort } from './isolate-engine.ts';
import { parseProgress } from './parse-guest-json.ts';

/** Times a call may send at once; then one for every interval. The host hands on as often. */
const BURST = 20;
const INTERVAL_MS = 50;

/**
 * Progress and partial text of one call at a time.
 *
 * Progress is charged to the log budget and every message costs the host some work, so a skill that tells much in a tight
 * loop would end itself: beyond the rate a report waits until a later one takes its place, and text until it fills a message.
 * The piece that crosses the output budget still goes out, as with GuestLog: the host counts the same bytes and ends the call on it.
 */
export class GuestUpdates {
  readonly #port: GuestPort;
  readonly #maxPartialBytes: number;
  readonly #now: () => number;
  #partialBytes = 0;
  #allowed = BURST;
  #countedAt: number;
  #report: GuestProgress | undefined;
  #text = '';

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
    this.#report = undefined;
    this.#text = '';
  }

  /** Answers one op of the guest. */
  answerOp(op: 'progress' | 'partial', payload: string): OpAnswer {
    if (op === 'partial') this.#addText(payload);
    else {
      const report = parseProgress(payload);
      if (report === undefined) return { ok: false, code: 'bad-op' };
      this.#report = report;
    }
    this.sendDue();
    return { ok: true, payload: '' };
  }

  /** Sends what waits if its time has come. */
  sendDue(): void {
    if (this.#report === undefined && this.#text === '') return;
    const earned = Math.floor((this.#now() - this.#countedAt) / INTERVAL_MS);
    this.#allowed = Math.min(BURST, this.#allowed + earned);
    this.#countedAt += earned * INTERVAL_MS;
    if (this.#allowed === 0) return;
    this.#allowed -= 1;
    this.end();
  }

  /** Sends what waits: at the end of a call whatever the rate. */
  end(): void {
    const report = this.#report;
    const text = this.#text;
    this.#report = undefined;
    this.#text = '';
    if (text !== '') this.#sendText(text);
    if (report !== undefined) this.#port.send({ kind: 'progress', ...report });
  }

  #addText(text: string): void {
    const whole = this.#text + text;
    const full = whole.length - (whole.length % FULL_PARTIAL_LENGTH);
    for (let from = 0; from < full; from += FULL_PARTIAL_LENGTH)
      this.#sendText(whole.slice(from, from + FULL_PARTIAL_LENGTH));
    this.#text = whole.slice(full);
  }

  #sendText(text: string): void {
    if (this.#partialBytes > this.#maxPartialBytes) return;
    this.#partialBytes += Buffer.byteLength(text, 'utf8');
    this.#port.send({ kind: 'partial', text });
  }
}
