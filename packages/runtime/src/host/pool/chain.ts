/** One place in a chain. Held by whoever has to remove its value later. */
export interface Link<T> {
  readonly value: T;
  previous: Link<T> | undefined;
  next: Link<T> | undefined;
}

/** A doubly linked list: append, and remove from anywhere, in constant time, however long it is. */
export class Chain<T> {
  #first: Link<T> | undefined;
  #last: Link<T> | undefined;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  get last(): T | undefined {
    return this.#last?.value;
  }

  append(value: T): Link<T> {
    const link: Link<T> = { value, previous: this.#last, next: undefined };
    if (this.#last === undefined) this.#first = link;
    else this.#last.next = link;
    this.#last = link;
    this.#length += 1;
    return link;
  }

  /** The link must be in this chain, and only once. It keeps its own `next`, so that a walk which stands on it can go on. */
  remove(link: Link<T>): void {
    if (link.previous === undefined) this.#first = link.next;
    else link.previous.next = link.next;
    if (link.next === undefined) this.#last = link.previous;
    else link.next.previous = link.previous;
    this.#length -= 1;
  }

  /** Values from first to last. The value that the walk stands on may be removed, another one may not. */
  *values(): Generator<T, undefined> {
    for (let link = this.#first; link !== undefined; link = link.next) yield link.value;
    return undefined;
  }
}
