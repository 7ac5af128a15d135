/** One timer at a time, which never keeps the host alive. */
export class QuietTimer {
  readonly #fire: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(fire: () => void) {
    this.#fire = fire;
  }

  /** Sets the timer, unless it is set. */
  arm(ms: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#fire();
    }, ms).unref();
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
