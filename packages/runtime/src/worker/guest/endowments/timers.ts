import { WIRE_LIMITS } from '../../guest-wire.ts';
import { SafeMap } from '../collections.ts';
import type { Endowment } from '../endowment.ts';
import { createRefusal } from '../host-call.ts';
import { follow, MathTrunc, NumberOf, PromiseOf, ReflectApply, TypeErrorOf } from '../primordials.ts';
import { reportUncaught } from '../report-uncaught.ts';
import { cancelRequest, issueRequest } from '../requests.ts';

type Callback = (...args: readonly unknown[]) => unknown;

const MAX_DELAY_MS = 2_147_483_647;

/** Timer id → the request that the host will answer when the time has come. */
const pending = new SafeMap<number, string>();
let lastTimer = 0;

/** Delays are whole milliseconds from 1 to 2^31 - 1, as in Node; anything else is 1. */
function toDelay(value: unknown): number {
  const delay = MathTrunc(NumberOf(value));
  return delay >= 1 && delay <= MAX_DELAY_MS ? delay : 1;
}

function start(callback: unknown, delay: unknown, repeat: boolean, args: readonly unknown[]): number {
  if (!isCallback(callback)) throw new TypeErrorOf('Cannot set timer: the callback is not a function');
  if (pending.size >= WIRE_LIMITS.pendingTimers) throw createRefusal('too-many-timers');
  lastTimer += 1;
  const timer = lastTimer;
  const delayMs = toDelay(delay);
  arm(timer, delayMs, () => {
    if (repeat) rearm(timer, delayMs, callback, args);
    invoke(callback, args);
  });
  return timer;
}

function rearm(timer: number, delayMs: number, callback: Callback, args: readonly unknown[]): void {
  try {
    arm(timer, delayMs, () => {
      rearm(timer, delayMs, callback, args);
      invoke(callback, args);
    });
  } catch {
    // The call ended between two beats: the interval ends with it.
  }
}

function arm(timer: number, delayMs: number, fire: () => void): void {
  const id = issueRequest(sleep(delayMs), 'none', {
    fulfil: () => {
      pending.delete(timer);
      fire();
    },
    refuse: () => pending.delete(timer),
  });
  pending.set(timer, id);
}

function invoke(callback: Callback, args: readonly unknown[]): void {
  try {
    ReflectApply(callback, undefined, args);
  } catch (error) {
    reportUncaught(error);
  }
}

function sleep(delayMs: number): { readonly family: 'timer'; readonly method: 'sleep'; readonly delayMs: number } {
  const op = { __proto__: null, family: 'timer', method: 'sleep', delayMs } as const;
  return op;
}

function isCallback(value: unknown): value is Callback {
  return typeof value === 'function';
}

/** Ids that are not ours, `null` or objects are ignored, as everywhere. */
function clearTimer(timer: unknown): void {
  if (typeof timer !== 'number') return;
  const id = pending.get(timer);
  if (id === undefined) return;
  pending.delete(timer);
  cancelRequest(id);
}

export function setTimer(callback: () => void, delayMs: number): number {
  return start(callback, delayMs, false, []);
}

const resolved = new PromiseOf<void>((resolve) => resolve());

function queueMicrotask(callback: unknown): void {
  if (!isCallback(callback)) throw new TypeErrorOf('Cannot queue microtask: the callback is not a function');
  follow(resolved, () => invoke(callback, []), undefined);
}

export const timers: Endowment = {
  names: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'queueMicrotask'],
  install: () => ({
    setTimeout: (callback: unknown, delay?: unknown, ...args: readonly unknown[]) =>
      start(callback, delay, false, args),
    clearTimeout: (timer?: unknown) => clearTimer(timer),
    setInterval: (callback: unknown, delay?: unknown, ...args: readonly unknown[]) =>
      start(callback, delay, true, args),
    clearInterval: (timer?: unknown) => clearTimer(timer),
    queueMicrotask,
  }),
};
