import { append, createList, type List, SafeMap } from '../collections.ts';
import type { Endowment } from '../endowment.ts';
import { needArguments, toDictionary } from '../idl-arguments.ts';
import { defineConstants } from '../idl-constants.ts';
import { DateNow, ReflectApply, ReflectGet, StringOf, TypeErrorOf } from '../primordials.ts';
import { reportUncaught } from '../report-uncaught.ts';
import { DOMException } from './dom-exception.ts';

export type EventCallback = ((event: Event) => unknown) | { handleEvent(event: Event): unknown };

/** Set by the target while it dispatches; kept out of the event object so that a skill cannot reach it. */
interface Dispatch {
  target: EventTarget | null;
  phase: number;
  stopped: boolean;
  active: boolean;
  passive: boolean;
  cancelled: boolean;
  /** `stopPropagation` was called; without a tree it shows and does nothing. */
  contained: boolean;
}

const PHASES = ['NONE', 'CAPTURING_PHASE', 'AT_TARGET', 'BUBBLING_PHASE'];

let dispatchOf: (event: Event) => Dispatch;

/** DOM Standard §2.2, without bubbling paths: the guest has no tree. */
export class Event {
  readonly #type: string;
  readonly #bubbles: boolean;
  readonly #cancelable: boolean;
  readonly #composed: boolean;
  readonly #timeStamp = DateNow();
  readonly #dispatch: Dispatch = {
    target: null,
    phase: 0,
    stopped: false,
    active: false,
    passive: false,
    cancelled: false,
    contained: false,
  };

  static {
    dispatchOf = (event) => event.#dispatch;
  }

  constructor(...args: readonly unknown[]) {
    needArguments(args, 1, 'create Event');
    const init = toDictionary(args[1], 'create Event');
    this.#type = StringOf(args[0]);
    this.#bubbles = Boolean(ReflectGet(init, 'bubbles'));
    this.#cancelable = Boolean(ReflectGet(init, 'cancelable'));
    this.#composed = Boolean(ReflectGet(init, 'composed'));
  }
  get type(): string {
    return this.#type;
  }
  get target(): EventTarget | null {
    return this.#dispatch.target;
  }
  get currentTarget(): EventTarget | null {
    return this.#dispatch.active ? this.#dispatch.target : null;
  }
  get eventPhase(): number {
    return this.#dispatch.phase;
  }
  get bubbles(): boolean {
    return this.#bubbles;
  }
  get cancelable(): boolean {
    return this.#cancelable;
  }
  get composed(): boolean {
    return this.#composed;
  }
  get srcElement(): EventTarget | null {
    return this.#dispatch.target;
  }
  composedPath(): EventTarget[] {
    const { target, active } = this.#dispatch;
    return active && target !== null ? [target] : [];
  }
  get isTrusted(): boolean {
    return false;
  }
  get timeStamp(): number {
    return this.#timeStamp;
  }
  get defaultPrevented(): boolean {
    return this.#dispatch.cancelled;
  }
  preventDefault(): void {
    if (this.#cancelable && !this.#dispatch.passive) this.#dispatch.cancelled = true;
  }
  get returnValue(): boolean {
    return !this.#dispatch.cancelled;
  }
  set returnValue(value: unknown) {
    if (!value) this.preventDefault();
  }
  get cancelBubble(): boolean {
    return this.#dispatch.contained;
  }
  set cancelBubble(value: unknown) {
    if (value) this.#dispatch.contained = true;
  }
  stopPropagation(): void {
    this.#dispatch.contained = true;
  }
  stopImmediatePropagation(): void {
    this.#dispatch.contained = true;
    this.#dispatch.stopped = true;
  }
  get [Symbol.toStringTag](): string {
    return 'Event';
  }
}

defineConstants(Event, 0, PHASES);

/** DOM Standard §2.4. */
class CustomEvent extends Event {
  readonly #detail: unknown;

  constructor(...args: readonly unknown[]) {
    needArguments(args, 1, 'create CustomEvent');
    super(args[0], args[1]);
    const detail: unknown = ReflectGet(toDictionary(args[1], 'create CustomEvent'), 'detail');
    this.#detail = detail === undefined ? null : detail;
  }
  get detail(): unknown {
    return this.#detail;
  }
  override get [Symbol.toStringTag](): string {
    return 'CustomEvent';
  }
}

interface Listener {
  readonly callback: EventCallback;
  readonly capture: boolean;
  readonly once: boolean;
  readonly passive: boolean;
  removed: boolean;
}

interface ListenerOptions {
  readonly capture?: boolean;
  readonly once?: boolean;
  readonly passive?: boolean;
  readonly signal?: { readonly aborted: boolean; addEventListener(type: string, callback: () => void): void };
}

export class EventTarget {
  readonly #listeners = new SafeMap<string, List<Listener>>();

  addEventListener(type: string, callback: EventCallback | null, options?: ListenerOptions | boolean): void {
    const name = StringOf(type);
    const settings = typeof options === 'object' && options !== null ? options : {};
    const capture = typeof options === 'boolean' ? options : Boolean(settings.capture);
    const signal = toSignal(settings.signal);
    if (!isCallback(callback)) return;
    if (signal?.aborted === true) return;
    const list = this.#listeners.get(name) ?? createList<Listener>();
    this.#listeners.set(name, list);
    if (find(list, callback, capture) !== undefined) return;
    const once = Boolean(settings.once);
    append(list, { callback, capture, once, passive: Boolean(settings.passive), removed: false });
    signal?.addEventListener('abort', () => this.removeEventListener(name, callback, capture));
  }

  removeEventListener(type: string, callback: EventCallback | null, options?: ListenerOptions | boolean): void {
    const list = this.#listeners.get(StringOf(type));
    const capture = typeof options === 'boolean' ? options : Boolean(options?.capture);
    const listener = list === undefined || callback === null ? undefined : find(list, callback, capture);
    if (listener === undefined) return;
    listener.removed = true;
    this.#sweep(StringOf(type));
  }

  dispatchEvent(event: Event): boolean {
    const state = dispatchOf(event);
    if (state.active) throw new DOMException('The event is already being dispatched', 'InvalidStateError');
    state.target = this;
    state.active = true;
    state.phase = 2;
    const list = this.#listeners.get(event.type);
    // Listeners added while the event is being dispatched are not called for it.
    const length = list?.length ?? 0;
    for (let index = 0; index < length && !state.stopped; index += 1) {
      const listener = list?.[index];
      if (listener !== undefined && !listener.removed) this.#invoke(listener, event, state);
    }
    state.active = false;
    state.phase = 0;
    state.stopped = false;
    return !state.cancelled;
  }

  #invoke(listener: Listener, event: Event, state: Dispatch): void {
    if (listener.once) {
      listener.removed = true;
      this.#sweep(event.type);
    }
    state.passive = listener.passive;
    try {
      const { callback } = listener;
      if (typeof callback === 'function') ReflectApply(callback, this, [event]);
      else ReflectApply(ReflectGet(callback, 'handleEvent'), callback, [event]);
    } catch (error) {
      reportUncaught(error);
    }
    state.passive = false;
  }

  #sweep(type: string): void {
    const list = this.#listeners.get(type);
    if (list === undefined) return;
    const kept = createList<Listener>();
    for (let index = 0; index < list.length; index += 1) {
      const listener = list[index];
      if (listener !== undefined && !listener.removed) append(kept, listener);
    }
    this.#listeners.set(type, kept);
  }
  get [Symbol.toStringTag](): string {
    return 'EventTarget';
  }
}

/** A signal of ours or what looks like one; not null, as the standard says. */
function toSignal(signal: ListenerOptions['signal']): ListenerOptions['signal'] {
  if (signal === undefined || (typeof signal === 'object' && signal !== null)) return signal;
  throw new TypeErrorOf('Cannot add listener: the signal is not an AbortSignal');
}

function isCallback(callback: EventCallback | null | undefined): callback is EventCallback {
  if (callback === null || callback === undefined) return false;
  if (typeof callback === 'function' || typeof callback === 'object') return true;
  throw new TypeErrorOf('Cannot add listener: it is neither a function nor an object');
}

function find(list: List<Listener>, callback: EventCallback, capture: boolean): Listener | undefined {
  for (let index = 0; index < list.length; index += 1) {
    const listener = list[index];
    if (listener?.callback === callback && listener.capture === capture && !listener.removed) return listener;
  }
  return undefined;
}

export const events: Endowment = {
  names: ['Event', 'CustomEvent', 'EventTarget'],
  install: () => ({ Event, CustomEvent, EventTarget }),
};
