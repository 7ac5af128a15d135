/** Finds placeholders in bytes that come in pieces, across the borders of pieces. */
export class PlaceholderScan {
  readonly #placeholders: readonly string[];
  readonly #overlap: number;
  #tail: Uint8Array = new Uint8Array(0);

  constructor(placeholders: readonly string[]) {
    this.#placeholders = placeholders;
    this.#overlap = Math.max(0, ...placeholders.map((placeholder) => placeholder.length - 1));
  }

  /** Tells whether a placeholder ends in this piece. */
  push(chunk: Uint8Array): boolean {
    const text = Buffer.concat([this.#tail, chunk]);
    this.#tail = text.subarray(Math.max(0, text.length - this.#overlap));
    return this.#placeholders.some((placeholder) => text.includes(placeholder));
  }
}
