import { append, createList, type List, SafeSet, SafeWeakMap } from '../collections.ts';
import type { Endowment } from '../endowment.ts';
import { forEachOf } from '../for-each-of.ts';
import {
  isInstance,
  NumberOf,
  ReflectApply,
  ReflectConstruct,
  TypeErrorOf,
  uncurryGetter,
  uncurryThis,
} from '../primordials.ts';
import { DOMException } from './dom-exception.ts';
import { Event, EventTarget } from './events.ts';
import { setTimer } from './timers.ts';

type Handler = ((event: Event) => unknown) | null;

interface AbortState {
  aborted: boolean;
  reason: unknown;
  /** Run before any listener of the skill; `fs` and `AbortSignal.any` hang on here. */
  readonly algorithms: SafeSet<() => void>;
  /** Signals of `AbortSignal.any` that follow this one. */
  readonly dependents: SafeSet<AbortSignal>;
  /** What a signal of `AbortSignal.any` follows; none of these follows another. */
  readonly sources: SafeSet<AbortSignal>;
  handler: Handler;
  /** Whether the listener that calls `handler` is in place. */
  listening: boolean;
}

const states = new SafeWeakMap<object, AbortState>();
let constructing = false;

/** DOM Standard §3.2. Only a controller, `timeout`, `abort` and `any` make one. */
export class AbortSignal extends EventTarget {
  constructor() {
    if (!constructing) throw new TypeErrorOf('Illegal constructor');
    super();
    states.set(this, {
      aborted: false,
      reason: undefined,
      algorithms: new SafeSet(),
      dependents: new SafeSet(),
      sources: new SafeSet(),
      handler: null,
      listening: false,
    });
  }

  get aborted(): boolean {
    return stateOf(this).aborted;
  }
  get reason(): unknown {
    return stateOf(this).reason;
  }
  throwIfAborted(): void {
    const state = stateOf(this);
    if (state.aborted) throw state.reason;
  }
  get onabort(): Handler {
    return stateOf(this).handler;
  }
  set onabort(handler: Handler) {
    const state = stateOf(this);
    if (!state.listening) listen(this, 'abort', (event) => callHandler(this, state.handler, event));
    state.listening = true;
    state.handler = typeof handler === 'function' ? handler : null;
  }
  override get [Symbol.toStringTag](): string {
    return 'AbortSignal';
  }

  static abort(reason?: unknown): AbortSignal {
    const signal = createSignal();
    signalAbort(signal, reason);
    return signal;
  }

  static timeout(delayMs: number): AbortSignal {
    checkMilliseconds(delayMs);
    const signal = createSignal();
    setTimer(() => signalAbort(signal, new DOMException('The operation timed out', 'TimeoutError')), delayMs);
    return signal;
  }

  static any(signals: Iterable<AbortSignal>): AbortSignal {
    const all = createList<AbortSignal>();
    forEachOf(signals, (source) => append(all, toSignal(source)));
    return combine(all);
  }
}

export class AbortController {
  readonly #signal: AbortSignal = createSignal();

  get signal(): AbortSignal {
    return this.#signal;
  }
  abort(reason?: unknown): void {
    signalAbort(this.#signal, reason);
  }
  get [Symbol.toStringTag](): string {
    return 'AbortController';
  }
}

/**
 * Runs `algorithm` once when the signal aborts; does nothing if it already has. Answers a function that takes it back.
 *
 * @throws {TypeError} when the value is not an `AbortSignal`.
 */
export function onAbort(signal: unknown, algorithm: () => void): () => void {
  const state = stateOf(signal);
  if (!state.aborted) state.algorithms.add(algorithm);
  return () => void state.algorithms.delete(algorithm);
}

/** The abort reason, or nothing while the signal has not aborted. */
export function abortedReason(signal: unknown): { readonly reason: unknown } | undefined {
  const state = stateOf(signal);
  return state.aborted ? { reason: state.reason } : undefined;
}

/** `controller.signal` and `controller.abort(reason)`, whatever a skill has made of them. */
export const signalOf: (controller: AbortController) => AbortSignal = uncurryGetter(
  AbortController.prototype,
  'signal',
);
export const abortWith: (controller: AbortController, reason: unknown) => void = uncurryThis(
  AbortController.prototype,
  'abort',
);

export function abortError(message: string): DOMException {
  return new DOMException(message, 'AbortError');
}

function createSignal(): AbortSignal {
  constructing = true;
  try {
    return ReflectConstruct(AbortSignal, []);
  } finally {
    constructing = false;
  }
}

function stateOf(signal: unknown): AbortState {
  const state = typeof signal === 'object' && signal !== null ? states.get(signal) : undefined;
  if (state === undefined) throw new TypeErrorOf('Cannot use signal: it is not an AbortSignal');
  return state;
}

function callHandler(signal: AbortSignal, handler: Handler, event: Event): void {
  if (handler !== null) ReflectApply(handler, signal, [event]);
}

function signalAbort(signal: AbortSignal, reason: unknown): void {
  const state = stateOf(signal);
  if (state.aborted) return;
  setAborted(state, reason === undefined ? abortError('This operation was aborted') : reason);
  // All are aborted before the first listener of any of them runs.
  const told = createList<AbortSignal>();
  append(told, signal);
  state.dependents.forEach((dependent) => {
    const other = stateOf(dependent);
    if (other.aborted) return;
    setAborted(other, state.reason);
    append(told, dependent);
  });
  state.dependents.clear();
  for (let index = 0; index < told.length; index += 1) {
    const next = told[index];
    if (next !== undefined) runAbortSteps(next);
  }
}

function setAborted(state: AbortState, reason: unknown): void {
  state.aborted = true;
  state.reason = reason;
}

function runAbortSteps(signal: AbortSignal): void {
  const state = stateOf(signal);
  state.algorithms.forEach((algorithm) => {
    algorithm();
  });
  state.algorithms.clear();
  dispatch(signal, new Event('abort'));
}

/** DOM Standard, "create a dependent abort signal". */
function combine(signals: List<AbortSignal>): AbortSignal {
  const combined = createSignal();
  const state = stateOf(combined);
  for (let index = 0; index < signals.length; index += 1) {
    const aborted = abortedReason(signals[index]);
    if (aborted === undefined) continue;
    setAborted(state, aborted.reason);
    return combined;
  }
  const link = (source: AbortSignal): void => {
    state.sources.add(source);
    stateOf(source).dependents.add(combined);
  };
  for (let index = 0; index < signals.length; index += 1) {
    const source = signals[index];
    if (source === undefined) continue;
    const { sources } = stateOf(source);
    if (sources.size === 0) link(source);
    else sources.forEach(link);
  }
  return combined;
}

function toSignal(value: unknown): AbortSignal {
  stateOf(value);
  if (!isInstance(AbortSignal, value)) throw new TypeErrorOf('Cannot use signal: it is not an AbortSignal');
  return value;
}

/** Web IDL `[EnforceRange] unsigned long long`. */
function checkMilliseconds(value: unknown): void {
  const number = NumberOf(value);
  if (number > -1 && number <= 9_007_199_254_740_991) return;
  throw new TypeErrorOf('Cannot set timeout: the time is not a number of milliseconds');
}

const dispatch: (target: EventTarget, event: Event) => boolean = uncurryThis(EventTarget.prototype, 'dispatchEvent');
const listen: (target: EventTarget, type: string, callback: (event: Event) => void) => void = uncurryThis(
  EventTarget.prototype,
  'addEventListener',
);

export const abort: Endowment = {
  names: ['AbortController', 'AbortSignal'],
  install: () => ({ AbortController, AbortSignal }),
};
