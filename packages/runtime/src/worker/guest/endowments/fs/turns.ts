import { PromiseOf } from '../../primordials.ts';
import { attempt, settle } from './promise-chain.ts';

/**
 * Lets the operations on one handle run one after another, in the order they were asked for: two writes never mix, and
 * `close` comes after what was still under way.
 */
export class Turns {
  #waiting = 0;
  #last: Promise<unknown> | undefined;

  run<Value>(start: () => Promise<Value>): Promise<Value> {
    const before = this.#waiting === 0 ? undefined : this.#last;
    this.#waiting += 1;
    const done = (): void => {
      this.#waiting -= 1;
    };
    const turn: Promise<Value> = new PromiseOf((resolve, reject) => {
      const go = (): void => settle(attempt(start), resolve, reject);
      if (before === undefined) go();
      else settle(before, go, go);
    });
    this.#last = turn;
    settle(turn, done, done);
    // The skill gets a promise of its own: what it does to that one does not change the order.
    return new PromiseOf((resolve, reject) => settle(turn, resolve, reject));
  }
}
