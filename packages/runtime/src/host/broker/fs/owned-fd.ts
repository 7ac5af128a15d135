/**
 * A descriptor number with one owner. Numbers are reused by the kernel as soon as they are free, so a second close, or
 * a use after close, would hit somebody else's file: both are impossible here.
 */
export class OwnedFd {
  readonly #close: (fd: number) => void;
  #fd: number | undefined;

  constructor(fd: number, close: (fd: number) => void) {
    this.#fd = fd;
    this.#close = close;
  }

  /** Undefined once closed. Never keep the number across an `await`. */
  get fd(): number | undefined {
    return this.#fd;
  }

  [Symbol.dispose](): void {
    const fd = this.#fd;
    if (fd === undefined) return;
    this.#fd = undefined;
    this.#close(fd);
  }
}
