import { defineValue, PromiseOf, uncurryThis } from '../../primordials.ts';

const then: <Value>(
  self: Promise<Value>,
  onValue: (value: Value) => void,
  onError: (reason: unknown) => void,
) => unknown = uncurryThis(Promise.prototype, 'then');

/**
 * Waits for a promise that no skill has seen, without `await` and `Promise.prototype.then`, both of which a skill can change
 * (IS-039). Neither function may throw.
 */
export function settle<Value>(
  promise: Promise<Value>,
  onValue: (value: Value) => void,
  onError: (reason: unknown) => void,
): void {
  // Otherwise `then` would read `Promise.prototype.constructor` to find a species.
  defineValue(promise, 'constructor', undefined, false);
  then(promise, onValue, onError);
}

export function resolved<Value>(value: Value): Promise<Value> {
  return new PromiseOf((resolve) => resolve(value));
}

export function rejected<Value>(reason: unknown): Promise<Value> {
  return new PromiseOf((_resolve, reject) => reject(reason));
}

/** A refused argument rejects the promise, as in Node, instead of throwing at the caller. */
export function attempt<Value>(start: () => Promise<Value>): Promise<Value> {
  try {
    return start();
  } catch (error) {
    return rejected(error);
  }
}

export function andThen<Value, Next>(promise: Promise<Value>, step: (value: Value) => Promise<Next>): Promise<Next> {
  return new PromiseOf((resolve, reject) => {
    settle(
      promise,
      (value) =>
        settle(
          attempt(() => step(value)),
          resolve,
          reject,
        ),
      reject,
    );
  });
}

/** Runs `step` until it answers false. */
export function repeat(step: () => Promise<boolean>): Promise<void> {
  return new PromiseOf((resolve, reject) => {
    const turn = (): void => settle(attempt(step), (more) => (more ? turn() : resolve()), reject);
    turn();
  });
}

/** Ends what a piece of work has opened: `failed` says how it went. After a failure, that failure is what is told. */
export function concluding<Value>(
  work: Promise<Value>,
  conclude: (failed: boolean) => Promise<unknown>,
): Promise<Value> {
  return new PromiseOf((resolve, reject) => {
    settle(
      work,
      (value) =>
        settle(
          attempt(() => conclude(false)),
          () => resolve(value),
          reject,
        ),
      (error) =>
        settle(
          attempt(() => conclude(true)),
          () => reject(error),
          () => reject(error),
        ),
    );
  });
}

/** What `await value` would wait for. Runs the `then` of a value that has one. */
export function adopt(value: unknown): Promise<unknown> {
  return new PromiseOf((resolve) => resolve(value));
}
