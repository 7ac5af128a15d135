/** Longest parameter list or string payload that is still read as one sequence. */
const MAX_SEQUENCE = 4_096;

const ESC = '\u001b';
const BELL = '\u0007';
const STRING_TERMINATOR = '\u009c';
const EIGHT_BIT_CSI = '\u009b';
/** DCS, SOS, OSC, PM, APC as single C1 controls: a terminal in UTF-8 mode obeys them too. */
const EIGHT_BIT_STRINGS = '\u0090\u0098\u009d\u009e\u009f';
const SEVEN_BIT_STRINGS = 'PX]^_';

const intermediate = /^[\x20-\x2f]$/;
const finalByte = /^[\x30-\x7e]$/;
const csiBody = /^[\x20-\x3f]$/;
const csiFinal = /^[\x40-\x7e]$/;
const control = /^\p{Cc}$/u;

type State = 'escape' | 'intermediate' | 'csi' | 'string' | 'string-escape';

/** `more`: part of the sequence. `done`: its last character. `refused`: not part of it, read it again as text. */
export type EscapeStep = 'more' | 'done' | 'refused';

export function opensEscapeSequence(char: string): boolean {
  return char === ESC || char === EIGHT_BIT_CSI || EIGHT_BIT_STRINGS.includes(char);
}

/**
 * Follows one terminal control sequence (ECMA-48 §5.3-5.6, and OSC ended by BEL as xterm has it) so that the whole of
 * it can be left out: window titles, OSC 8 links, clipboard writes, terminal queries. A string that never ends would
 * let one control character hide the rest of the text, so its payload is given back as text.
 */
export class EscapeSequence {
  #state: State;
  #length = 0;
  #payload = '';
  #broken = '';

  constructor(introducer: string) {
    this.#state = introducer === ESC ? 'escape' : introducer === EIGHT_BIT_CSI ? 'csi' : 'string';
  }

  step(char: string): EscapeStep {
    this.#length += 1;
    switch (this.#state) {
      case 'escape':
        return this.#escape(char);
      case 'intermediate':
        return this.#pass(intermediate, finalByte, char);
      case 'csi':
        return this.#pass(csiBody, csiFinal, char);
      case 'string':
        return this.#string(char);
      case 'string-escape':
        return this.#afterStringEscape(char);
    }
  }

  /** Text of a string sequence that the last step broke off, to be read as text after all; empty otherwise. */
  takeBack(): string {
    const text = this.#broken;
    this.#broken = '';
    return text;
  }

  /** The payload of a string that the end of the text cut off. */
  abandon(): string {
    return this.#payload;
  }

  #escape(char: string): EscapeStep {
    this.#state = 'escape';
    if (char === '[') this.#state = 'csi';
    else if (SEVEN_BIT_STRINGS.includes(char)) this.#state = 'string';
    else if (intermediate.test(char)) this.#state = 'intermediate';
    else return finalByte.test(char) ? 'done' : 'refused';
    return 'more';
  }

  #pass(body: RegExp, last: RegExp, char: string): EscapeStep {
    if (last.test(char)) return 'done';
    return body.test(char) && this.#length <= MAX_SEQUENCE ? 'more' : 'refused';
  }

  #string(char: string): EscapeStep {
    if (char === BELL || char === STRING_TERMINATOR) return 'done';
    if (char === ESC) {
      this.#state = 'string-escape';
      return 'more';
    }
    if (control.test(char) || this.#length > MAX_SEQUENCE) {
      this.#break();
      return 'refused';
    }
    this.#payload += char;
    return 'more';
  }

  #afterStringEscape(char: string): EscapeStep {
    if (char === '\\') return 'done';
    this.#break();
    return this.#escape(char);
  }

  #break(): void {
    this.#broken = this.#payload;
    this.#payload = '';
    this.#length = 0;
  }
}
