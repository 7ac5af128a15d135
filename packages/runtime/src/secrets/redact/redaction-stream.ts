import type { InboundScan } from '../secret-vault.ts';
import { ESCAPE_READERS } from './escape-reader.ts';
import type { SecretAutomaton } from './secret-automaton.ts';
import { type Span, TextScanner } from './text-scanner.ts';

const NOTHING = new Uint8Array(0);

/** What stands in the place of a secret. */
function redactionMark(name: string): string {
  return `[redacted:${name}]`;
}

/**
 * Takes secrets out of a stream. It holds back only what may be the beginning of one, at most a few times the longest form.
 * `automaton` is asked with every piece, so that a secret that comes into use during a long response counts from there on.
 */
export class RedactionStream implements InboundScan {
  readonly #automaton: () => SecretAutomaton | undefined;
  #used: SecretAutomaton | undefined;
  #scanners: readonly TextScanner[] = [];
  /** Read and not given away yet, and the place of its first byte. */
  #held: Uint8Array = NOTHING;
  #base = 0;
  /** Spans that end behind `#base`, in the order of their beginnings. */
  #spans: Span[] = [];
  /** Up to this place bytes belong to a secret whose mark has been given. */
  #covered = 0;
  #count = 0;
  #met = false;

  constructor(automaton: () => SecretAutomaton | undefined) {
    this.#automaton = automaton;
  }

  /** True as soon as a secret has been read, also while its mark is still held back. */
  get met(): boolean {
    return this.#met;
  }

  readonly count = (): number => this.#count;

  readonly transform = (chunk: Uint8Array): Uint8Array => this.#push(chunk, false);

  readonly end = (): Uint8Array => this.#push(NOTHING, true);

  #push(chunk: Uint8Array, last: boolean): Uint8Array {
    this.#follow();
    if (this.#scanners.length === 0 && this.#held.length === 0) {
      this.#base += chunk.length;
      return chunk;
    }
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const window = { bytes: this.#held, base: this.#base };
    const found = (span: Span): void => this.#add(span);
    for (const scanner of this.#scanners) scanner.read(window, last, found);
    const end = this.#base + this.#held.length;
    const safe = last ? end : this.#scanners.reduce((least, scanner) => Math.min(least, scanner.safe), end);
    return this.#release(safe);
  }

  #follow(): void {
    const current = this.#automaton();
    if (current === this.#used) return;
    this.#used = current;
    this.#spans = [];
    const readers = [undefined, ...ESCAPE_READERS];
    this.#scanners =
      current === undefined ? [] : readers.map((escapes) => new TextScanner(current, escapes, this.#base));
  }

  /** Spans that touch become one, named after the longest: a secret that begins with another one is itself. */
  #add(span: Span): void {
    this.#met = true;
    let { start, end, name } = span;
    const apart: Span[] = [];
    for (const other of this.#spans) {
      if (other.end <= start || other.start >= end) {
        apart.push(other);
        continue;
      }
      if (other.end - other.start >= end - start) name = other.name;
      start = Math.min(start, other.start);
      end = Math.max(end, other.end);
    }
    apart.push({ start, end, name });
    this.#spans = apart.toSorted((a, b) => a.start - b.start);
  }

  /** Gives everything before `safe` away, marks in place of secrets. */
  #release(safe: number): Uint8Array {
    const parts: Uint8Array[] = [];
    let from = Math.max(this.#base, Math.min(this.#covered, safe));
    while (this.#spans[0] !== undefined && this.#spans[0].start < safe) {
      const { start, end, name } = this.#spans[0];
      this.#spans.shift();
      if (start >= this.#covered) {
        parts.push(this.#between(from, start), Buffer.from(redactionMark(name), 'utf8'));
        this.#count++;
      }
      this.#covered = Math.max(this.#covered, end);
      from = Math.min(this.#covered, safe);
    }
    parts.push(this.#between(from, safe));
    this.#held = this.#held.subarray(safe - this.#base);
    this.#base = safe;
    const given = parts.filter((part) => part.length > 0);
    return given.length === 1 ? (given[0] ?? NOTHING) : Buffer.concat(given);
  }

  #between(from: number, to: number): Uint8Array {
    return from >= to ? NOTHING : this.#held.subarray(from - this.#base, to - this.#base);
  }
}
