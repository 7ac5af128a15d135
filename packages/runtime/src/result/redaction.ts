/** Takes what the host must keep to itself, the values of secrets, out of text that leaves it. */
export interface Redaction {
  /** The text with a mark in place of each value, and how many there were. The same string when there was none. */
  readonly redactText: (text: string) => { readonly text: string; readonly count: number };
  /** The same for bytes in pieces. Holds back what may be the beginning of a value. */
  readonly openScan: () => RedactionScan;
}

/** One run over bytes that arrive in pieces. */
export interface RedactionScan {
  readonly transform: (chunk: Uint8Array) => Uint8Array;
  /** What was held back. The scan must not be used again. */
  readonly end: () => Uint8Array;
}

const NOTHING = new Uint8Array(0);

/** For a host that holds no secrets. */
export const NO_REDACTION: Redaction = Object.freeze({
  redactText: (text: string) => ({ text, count: 0 }),
  openScan: () => ({ transform: (chunk: Uint8Array) => chunk, end: () => NOTHING }),
});

/** A scan over text. Pieces may be cut anywhere, inside a surrogate pair too. */
export class TextRedaction {
  readonly #scan: RedactionScan;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #highSurrogate = '';

  constructor(redaction: Redaction) {
    this.#scan = redaction.openScan();
  }

  push(text: string): string {
    const joined = this.#highSurrogate + text;
    const last = joined.charCodeAt(joined.length - 1);
    const isHalf = last >= 0xd800 && last <= 0xdbff;
    this.#highSurrogate = isHalf ? joined.slice(-1) : '';
    const whole = isHalf ? joined.slice(0, -1) : joined;
    return this.#decoder.decode(this.#scan.transform(Buffer.from(whole, 'utf8')), { stream: true });
  }

  end(): string {
    const rest = this.#scan.transform(Buffer.from(this.#highSurrogate, 'utf8'));
    return this.#decoder.decode(Buffer.concat([rest, this.#scan.end()]));
  }
}
