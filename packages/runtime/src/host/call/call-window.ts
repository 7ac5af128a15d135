const MINUTE_MS = 60_000;
/** Room for the calls of a quiet skill; a busy one doubles it until its limit fits. */
const FIRST_ROOM = 16;

/**
 * Starts of calls within the last minute, exactly: not counted per fixed minute, in which a crowd could come twice around the
 * turn, and without an estimate. A ring of times, so that a call costs the same whether 60 or a million a minute are allowed.
 */
export class CallWindow {
  readonly #limit: number;
  #starts = new Float64Array(FIRST_ROOM);
  #oldest = 0;
  #count = 0;

  /** @param limit Starts within any minute; `Infinity` keeps no times at all. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  isFull(now: number): boolean {
    while (this.#count > 0 && this.#at(0) <= now - MINUTE_MS) {
      this.#oldest = (this.#oldest + 1) % this.#starts.length;
      this.#count -= 1;
    }
    return this.#count >= this.#limit;
  }

  add(now: number): void {
    if (this.#limit === Number.POSITIVE_INFINITY) return;
    if (this.#count === this.#starts.length) this.#grow();
    this.#starts[(this.#oldest + this.#count) % this.#starts.length] = now;
    this.#count += 1;
  }

  #at(index: number): number {
    return this.#starts[(this.#oldest + index) % this.#starts.length] ?? 0;
  }

  #grow(): void {
    const larger = new Float64Array(this.#starts.length * 2);
    for (let index = 0; index < this.#count; index += 1) larger[index] = this.#at(index);
    this.#starts = larger;
    this.#oldest = 0;
  }
}
