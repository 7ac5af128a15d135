import { SHORTEST_FORM } from './secret-forms.ts';

/** A text to look for, and the name of the secret it is a spelling of. */
export interface NamedForm {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Bytes at the beginning of every form that decide whether it may begin somewhere. */
export const LOOKED_AT: number = SHORTEST_FORM;

/** The low five bits of a letter are the same in both cases. */
function hashOf(bytes: Uint8Array, at: number): number {
  return (((bytes[at] ?? 0) & 31) << 10) | (((bytes[at + 1] ?? 0) & 31) << 5) | ((bytes[at + 2] ?? 0) & 31);
}

/**
 * Finds any of many byte strings in one pass, whatever their number (Aho and Corasick, 1975). A state is a prefix of some
 * form; state 0 is the empty one. Edges are kept as lists rather than tables, so that a secret of 8 KiB costs kilobytes and
 * not gigabytes. The work per byte is bounded on average whatever the text: a server cannot slow the host down with it.
 */
export class SecretAutomaton {
  /** Length of the longest form. */
  readonly longest: number;
  /** By hash of three bytes: how far ahead of them, at least, a form has to begin that they are part of the beginning of. */
  readonly #skips: Uint8Array = new Uint8Array(2 ** 15).fill(LOOKED_AT - 2);
  readonly #root = new Int32Array(256);
  readonly #byte: Uint8Array;
  readonly #firstChild: Int32Array;
  readonly #sibling: Int32Array;
  readonly #fallback: Int32Array;
  readonly #depth: Int32Array;
  /** State whose prefix is the longest form that ends in this state; 0 for none. */
  readonly #ends: Int32Array;
  readonly #name: (string | undefined)[] = [];
  #size = 1;

  constructor(forms: readonly NamedForm[]) {
    const capacity = 1 + forms.reduce((sum, { bytes }) => sum + bytes.length, 0);
    this.longest = Math.max(0, ...forms.map(({ bytes }) => bytes.length));
    this.#byte = new Uint8Array(capacity);
    this.#firstChild = new Int32Array(capacity);
    this.#sibling = new Int32Array(capacity);
    this.#fallback = new Int32Array(capacity);
    this.#depth = new Int32Array(capacity);
    this.#ends = new Int32Array(capacity);
    for (const form of forms) this.#insert(form);
    this.#link();
  }

  /** State after one more byte, which has to be folded to lower case. */
  step(from: number, byte: number): number {
    for (let state = from; state !== 0; state = this.#fallback[state] ?? 0) {
      const next = this.#child(state, byte);
      if (next !== 0) return next;
    }
    return this.#root[byte] ?? 0;
  }

  /**
   * The first place from `from` on where a form may begin, or one of the last before `until`, behind which it does not look.
   * Most places are passed over without a look at them (Wu and Manber, 1994).
   */
  skip(bytes: Uint8Array, from: number, until: number): number {
    let at = from;
    while (at + LOOKED_AT <= until) {
      const ahead = this.#skips[hashOf(bytes, at + LOOKED_AT - 3)] ?? 0;
      if (ahead === 0) break;
      at += ahead;
    }
    return at;
  }

  /** Tells whether some form begins with this byte, which has to be folded to lower case. */
  begins(byte: number): boolean {
    return this.#root[byte] !== 0;
  }

  /** Number of the latest bytes that may be the beginning of a form. */
  pending(state: number): number {
    return this.#depth[state] ?? 0;
  }

  /** Length of the longest form that ends here; 0 for none. */
  matched(state: number): number {
    return this.#depth[this.#ends[state] ?? 0] ?? 0;
  }

  nameAt(state: number): string {
    return this.#name[this.#ends[state] ?? 0] ?? '';
  }

  #child(state: number, byte: number): number {
    let child = this.#firstChild[state] ?? 0;
    while (child !== 0 && this.#byte[child] !== byte) child = this.#sibling[child] ?? 0;
    return child;
  }

  #insert({ name, bytes }: NamedForm): void {
    for (let at = 0; at + 3 <= LOOKED_AT; at++) {
      const hash = hashOf(bytes, at);
      this.#skips[hash] = Math.min(this.#skips[hash] ?? 0, LOOKED_AT - 3 - at);
    }
    let state = 0;
    for (const byte of bytes) {
      const known = state === 0 ? (this.#root[byte] ?? 0) : this.#child(state, byte);
      state = known === 0 ? this.#addChild(state, byte) : known;
    }
    this.#ends[state] = state;
    this.#name[state] ??= name;
  }

  #addChild(parent: number, byte: number): number {
    const state = this.#size++;
    this.#byte[state] = byte;
    this.#depth[state] = (this.#depth[parent] ?? 0) + 1;
    this.#sibling[state] = this.#firstChild[parent] ?? 0;
    this.#firstChild[parent] = state;
    if (parent === 0) this.#root[byte] = state;
    return state;
  }

  /** Breadth first, so that a state's fallback is settled before those of its children need it. */
  #link(): void {
    const queue = [0];
    for (let at = 0; at < queue.length; at++) {
      const parent = queue[at] ?? 0;
      for (let child = this.#firstChild[parent] ?? 0; child !== 0; child = this.#sibling[child] ?? 0) {
        const fallback = parent === 0 ? 0 : this.step(this.#fallback[parent] ?? 0, this.#byte[child] ?? 0);
        this.#fallback[child] = fallback;
        if (this.#ends[child] === 0) this.#ends[child] = this.#ends[fallback] ?? 0;
        queue.push(child);
      }
    }
  }
}
