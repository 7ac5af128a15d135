import { NO_REDACTION, type Redaction } from './redaction.ts';

/** What the sanitiser took out or defused. The names appear in results and audit records, so they never change. */
export type RemovedClass =
  | 'ansi'
  | 'bidi'
  | 'c1'
  | 'combining'
  | 'control'
  | 'filler'
  | 'format'
  | 'key'
  | 'lineBreak'
  | 'marker'
  | 'noncharacter'
  | 'privateUse'
  | 'secret'
  | 'softHyphen'
  | 'surrogate'
  | 'tag'
  | 'variationSelector'
  | 'zeroWidth';

/** Occurrences per class; a class that did not occur is absent. */
export type RemovalCounts = Readonly<Partial<Record<RemovedClass, number>>>;

export const NOTHING_REMOVED: RemovalCounts = Object.freeze({});

/** A running count, shared by every string of one result, and the redaction that all of them pass. */
export class RemovalTally {
  readonly #counts = new Map<RemovedClass, number>();
  readonly #redaction: Redaction;

  constructor(redaction: Redaction = NO_REDACTION) {
    this.#redaction = redaction;
  }

  redact(text: string): string {
    const redacted = this.#redaction.redactText(text);
    if (redacted.count > 0) this.add('secret', redacted.count);
    return redacted.text;
  }

  add(removed: RemovedClass, times = 1): void {
    this.#counts.set(removed, (this.#counts.get(removed) ?? 0) + times);
  }

  /** A frozen snapshot, classes in alphabetical order so that equal counts serialise equally. */
  toCounts(): RemovalCounts {
    if (this.#counts.size === 0) return NOTHING_REMOVED;
    const counts: Partial<Record<RemovedClass, number>> = {};
    for (const [removed, times] of [...this.#counts].toSorted(([a], [b]) => (a < b ? -1 : 1))) counts[removed] = times;
    return Object.freeze(counts);
  }
}
