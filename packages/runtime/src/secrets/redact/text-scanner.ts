import type { EscapeReader } from './escape-reader.ts';
import { LOOKED_AT, type SecretAutomaton } from './secret-automaton.ts';

/** A place in a stream, counted from its beginning. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

/** Bytes of a stream that have not been given away, and where the first of them stands. */
export interface Window {
  readonly bytes: Uint8Array;
  readonly base: number;
}

/** More line breaks than this in a row end a match: wrapped base64 has one, and a flood of them must not be held back. */
const MOST_BREAKS = 4;

const FOLDED: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte,
);

/**
 * Reads a stream in pieces, each byte once, and reports where a form stands. With an escape reader it reads what the text
 * means, else the text as it is. Line breaks inside a match are passed over.
 */
export class TextScanner {
  readonly #automaton: SecretAutomaton;
  readonly #escapes: EscapeReader | undefined;
  /** How far before an escape a form may begin that reaches it. */
  readonly #reach: number;
  /** Where each of the latest bytes that counted began; made when the first one counts. */
  #starts: Float64Array | undefined;
  #count = 0;
  #state = 0;
  #breaks = 0;
  /** Next byte to read, counted from the beginning of the stream. */
  #cursor: number;

  constructor(automaton: SecretAutomaton, escapes: EscapeReader | undefined, from: number) {
    this.#automaton = automaton;
    this.#escapes = escapes;
    this.#reach = 2 * automaton.longest;
    this.#cursor = from;
  }

  /** Before this place nothing can begin any more that has not been reported. */
  get safe(): number {
    const pending = this.#automaton.pending(this.#state);
    return pending === 0 ? this.#cursor : this.#startOf(pending);
  }

  /** Reads on as far as the window goes. `last`: nothing follows, so an escape that is cut off is none. */
  read(window: Window, last: boolean, found: (span: Span) => void): void {
    const { bytes, base } = window;
    const next = new NextSpecial(bytes, this.#escapes?.introducer);
    let at = this.#cursor - base;
    while (at < bytes.length) {
      // Far from any escape the scanner of the plain text finds everything, so this one need not read along there.
      if (this.#state === 0 && this.#escapes !== undefined) at = Math.max(at, next.escape(at) - this.#reach);
      const special = next.either(at);
      if (at < special) {
        if (this.#state === 0) at = this.#automaton.skip(bytes, at, special);
        at = this.#takePlain(window, at, special, found);
        continue;
      }
      if (at >= bytes.length) break;
      const taken = this.#readUnit(window, at, last, found);
      if (taken === 0) break;
      at += taken;
    }
    this.#cursor = base + at;
  }

  /** Takes bytes that mean themselves, as far as `until` or to where most can be passed over again. */
  #takePlain({ bytes, base }: Window, from: number, until: number, found: (span: Span) => void): number {
    let at = from;
    do {
      const byte = FOLDED[bytes[at] ?? 0] ?? 0;
      if (this.#state !== 0 || this.#automaton.begins(byte)) this.#take(byte, base + at, base + at + 1, found);
      at++;
    } while (at < until && (this.#state !== 0 || at + LOOKED_AT > until));
    return at;
  }

  /** Bytes taken at `at`; 0 when that cannot be told yet. */
  #readUnit({ bytes, base }: Window, at: number, last: boolean, found: (span: Span) => void): number {
    const byte = bytes[at] ?? 0;
    if (this.#escapes !== undefined && byte === this.#escapes.introducer) {
      const { means, length } = this.#escapes.read(bytes, at);
      if (length === 'cut' && !last) return 0;
      if (means.length > 0 && length !== 'cut') {
        for (const meant of means) this.#take(meant, base + at, base + at + length, found);
        return length;
      }
    }
    this.#take(byte, base + at, base + at + 1, found);
    return 1;
  }

  #take(byte: number, start: number, end: number, found: (span: Span) => void): void {
    if (byte === 0x0a || byte === 0x0d) {
      this.#breaks++;
      if (this.#breaks > MOST_BREAKS) this.#state = 0;
      return;
    }
    this.#breaks = 0;
    this.#starts ??= new Float64Array(2 ** Math.ceil(Math.log2(this.#automaton.longest + 2)));
    this.#starts[this.#count & (this.#starts.length - 1)] = start;
    this.#count++;
    this.#state = this.#automaton.step(this.#state, FOLDED[byte] ?? 0);
    const length = this.#automaton.matched(this.#state);
    if (length > 0) found({ start: this.#startOf(length), end, name: this.#automaton.nameAt(this.#state) });
  }

  /** Where the latest `length` bytes that counted begin. */
  #startOf(length: number): number {
    const starts = this.#starts;
    return starts?.[(this.#count - length) & (starts.length - 1)] ?? this.#cursor;
  }
}

/** Where the next bytes stand that may be passed over or mean something else. Each is looked for once. */
class NextSpecial {
  readonly #bytes: Uint8Array;
  readonly #wanted: readonly number[];
  readonly #at: number[];

  constructor(bytes: Uint8Array, introducer: number | undefined) {
    this.#bytes = bytes;
    this.#wanted = introducer === undefined ? [0x0a, 0x0d] : [0x0a, 0x0d, introducer];
    this.#at = this.#wanted.map(() => -1);
  }

  escape(from: number): number {
    return this.#next(2, from);
  }

  either(from: number): number {
    const line = Math.min(this.#next(0, from), this.#next(1, from));
    return this.#wanted.length < 3 ? line : Math.min(line, this.#next(2, from));
  }

  #next(which: number, from: number): number {
    let at = this.#at[which] ?? -1;
    if (at < from) {
      at = this.#bytes.indexOf(this.#wanted[which] ?? 0, from);
      if (at === -1) at = this.#bytes.length;
      this.#at[which] = at;
    }
    return at;
  }
}
