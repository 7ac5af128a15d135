/** When a breaker opens, and for how long. */
export interface BreakerRules {
  /** Failures in a row that open it. */
  readonly threshold: number;
  /** How long it stays open the first time, in ms; twice as long each time a trial fails. */
  readonly firstMs: number;
  readonly longestMs: number;
}

export type Admission =
  /** `trial`: the one attempt that decides whether the breaker closes again. */
  | { readonly kind: 'admitted'; readonly trial: boolean }
  /** `retryInMs` is 0 while a trial is under way: its end decides. */
  | { readonly kind: 'refused'; readonly retryInMs: number };

export interface BreakerStatus {
  readonly state: 'closed' | 'open' | 'half-open';
  /** Failures in a row. */
  readonly failures: number;
  /** Time until the next trial; 0 when nothing is refused or a trial is due or under way. */
  readonly retryInMs: number;
}

/** What an attempt proves: that the thing works, that it does not, or nothing (cancelled, for example). */
export type AttemptOutcome = 'good' | 'bad' | 'unknown';

/**
 * Stops repeating what keeps failing: refuses after some failures in a row, lets one trial through after a wait, and waits
 * twice as long when that fails too. Has no clock and no timer; times are milliseconds of the caller's clock. Whoever was admitted must
 * record an outcome, or a trial would be under way for ever.
 */
export class CircuitBreaker {
  readonly #rules: BreakerRules;
  #failures = 0;
  #waitMs: number;
  /** Undefined while closed. */
  #openUntil: number | undefined;
  #onTrial = false;

  constructor(rules: BreakerRules) {
    this.#rules = rules;
    this.#waitMs = rules.firstMs;
  }

  admit(now: number): Admission {
    if (this.#openUntil === undefined) return { kind: 'admitted', trial: false };
    const retryInMs = Math.max(0, this.#openUntil - now);
    if (retryInMs > 0 || this.#onTrial) return { kind: 'refused', retryInMs };
    this.#onTrial = true;
    return { kind: 'admitted', trial: true };
  }

  record({ trial }: { readonly trial: boolean }, outcome: AttemptOutcome, now: number): void {
    if (trial) this.#onTrial = false;
    // Attempts from before it opened, still under way, would double the wait once each, or close it against the evidence.
    if (outcome === 'unknown' || (this.#openUntil !== undefined && !trial)) return;
    if (outcome === 'good') return this.#close();
    this.#failures += 1;
    if (trial) this.#waitMs = Math.min(this.#waitMs * 2, this.#rules.longestMs);
    if (trial || this.#failures >= this.#rules.threshold) this.#openUntil = now + this.#waitMs;
  }

  status(now: number): BreakerStatus {
    const retryInMs = this.#openUntil === undefined ? 0 : Math.max(0, this.#openUntil - now);
    const open = retryInMs > 0 ? 'open' : 'half-open';
    return { state: this.#openUntil === undefined ? 'closed' : open, failures: this.#failures, retryInMs };
  }

  #close(): void {
    this.#failures = 0;
    this.#waitMs = this.#rules.firstMs;
    this.#openUntil = undefined;
  }
}
