import { classOf, createStopPattern, judgeInvisible } from './code-point-classes.ts';
import { EscapeSequence, opensEscapeSequence } from './escape-sequence.ts';
import type { RemovalTally, RemovedClass } from './removal-counts.ts';

const CARRIAGE_RETURN = '\r';
const stopPattern = createStopPattern();
const REPLACEMENT = '\ufffd';

/** An invisible code point whose fate the next kept code point decides. */
interface Held {
  readonly char: string;
  readonly removed: RemovedClass;
  readonly accepts: (next: string) => boolean;
}

/**
 * First stage of the sanitiser: decides about every code point. State lives across `push`, so a sequence split
 * between two chunks is treated as in one piece.
 */
export class CodePointFilter {
  readonly #tally: RemovalTally;
  readonly #maxMarks: number;
  #out = '';
  /** High surrogate at the end of a chunk: its partner may open the next. */
  #carry = '';
  #sequence: EscapeSequence | undefined;
  #afterReturn = false;
  #held: Held | undefined;
  /** The last code point that was kept. */
  #last = '';
  #markRun = 0;

  constructor(tally: RemovalTally, maxMarks: number) {
    this.#tally = tally;
    this.#maxMarks = maxMarks;
  }

  push(chunk: string): string {
    const text = this.#carry + chunk;
    const last = text.charCodeAt(text.length - 1);
    const split = last >= 0xd800 && last <= 0xdbff ? text.length - 1 : text.length;
    this.#carry = text.slice(split);
    this.#read(text.slice(0, split));
    return this.#flush();
  }

  end(): string {
    const carry = this.#carry;
    this.#carry = '';
    this.#read(carry);
    const cutOff = this.#sequence?.abandon() ?? '';
    this.#sequence = undefined;
    this.#readText(cutOff);
    if (this.#afterReturn) this.#tally.add('lineBreak');
    if (this.#held !== undefined) this.#tally.add(this.#held.removed);
    this.#afterReturn = false;
    this.#held = undefined;
    return this.#flush();
  }

  #flush(): string {
    const out = this.#out;
    this.#out = '';
    return out;
  }

  #read(text: string): void {
    let at = 0;
    while (at < text.length) {
      at = this.#sequence === undefined ? this.#readRun(text, at) : this.#readSequence(this.#sequence, text, at);
    }
  }

  #readSequence(sequence: EscapeSequence, text: string, at: number): number {
    const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
    const step = sequence.step(char);
    this.#readText(sequence.takeBack());
    if (step !== 'more') this.#sequence = undefined;
    return step === 'refused' ? at : at + char.length;
  }

  /** Reads text that holds no control character, so that no sequence can start in it. */
  #readText(text: string): void {
    let at = 0;
    while (at < text.length) at = this.#readRun(text, at);
  }

  /** Keeps ordinary text up to the next code point that needs a decision, decides on that one, says where to go on. */
  #readRun(text: string, from: number): number {
    const at = this.#pairReturn(text, from);
    const stop = findStop(text, at);
    if (stop > at) this.#keep(text.slice(at, stop), 0);
    if (stop === text.length) return stop;
    const char = String.fromCodePoint(text.codePointAt(stop) ?? 0);
    this.#decide(char);
    return stop + char.length;
  }

  /** CR LF is one line end; a lone CR would let text overwrite its own line in a terminal, so it became LF. */
  #pairReturn(text: string, at: number): number {
    if (!this.#afterReturn) return at;
    this.#afterReturn = false;
    if (text[at] === '\n') return at + 1;
    this.#tally.add('lineBreak');
    return at;
  }

  #decide(char: string): void {
    const removed = classOf(char.codePointAt(0) ?? 0);
    if (removed === undefined) {
      this.#keepMark(char);
    } else if (opensEscapeSequence(char)) {
      this.#sequence = new EscapeSequence(char);
      this.#tally.add('ansi');
    } else if (char === CARRIAGE_RETURN) {
      this.#keep('\n', 0);
      this.#afterReturn = true;
    } else if (!this.#spare(char, removed)) {
      this.#remove(removed);
    }
  }

  /** Whether an invisible code point stays, or may stay, because its neighbours make it part of visible text. */
  #spare(char: string, removed: RemovedClass): boolean {
    if (this.#held !== undefined) return false;
    const verdict = judgeInvisible(char, this.#last);
    if (verdict.kind === 'wait') this.#held = { char, removed, accepts: verdict.accepts };
    else if (verdict.kind === 'keep') this.#keep(char, 0);
    return verdict.kind !== 'remove';
  }

  #remove(removed: RemovedClass): void {
    this.#tally.add(removed);
    if (removed === 'lineBreak') this.#keep('\n', 0);
    if (removed === 'surrogate') this.#keep(REPLACEMENT, 0);
  }

  /** Stacked marks bury the lines around them and carry hidden bits; real spelling needs few on one letter. */
  #keepMark(char: string): void {
    if (this.#markRun >= this.#maxMarks) this.#tally.add('combining');
    else this.#keep(char, this.#markRun + 1);
  }

  #keep(text: string, markRun: number): void {
    if (this.#held !== undefined) {
      if (this.#held.accepts(String.fromCodePoint(text.codePointAt(0) ?? 0))) this.#out += this.#held.char;
      else this.#tally.add(this.#held.removed);
      this.#held = undefined;
    }
    this.#out += text;
    this.#last = lastCodePoint(text);
    this.#markRun = markRun;
  }
}

/** Where the next code point stands that needs a decision, or the end. */
function findStop(text: string, from: number): number {
  stopPattern.lastIndex = from;
  if (!stopPattern.test(text)) return text.length;
  return stopPattern.lastIndex - lastCodePoint(text.slice(from, stopPattern.lastIndex)).length;
}

function lastCodePoint(text: string): string {
  const pair = text.codePointAt(text.length - 2);
  return pair !== undefined && pair > 0xffff ? text.slice(-2) : text.slice(-1);
}
