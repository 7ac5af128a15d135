import { append, createList, type List, SafeMap } from '../collections.ts';
import type { Endowment } from '../endowment.ts';
import { DateNow, ReflectApply, ReflectGet, StringOf } from '../primordials.ts';
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
}

let dispatchOf: (event: Event) => Dispatch;

/** DOM Standard §2.2, without bubbling paths: the guest has no tree. */
export class Event {
  readonly #type: string;
  readonly #bubbles: boolean;
  readonly #cancelable: boolean;
  readonly #timeStamp = DateNow();
  readonly #dispatch: Dispatch = {
    target: null,
    phase: 0,
    stopped: false,
    active: false,
    passive: false,
    cancelled: false,
  };

  static {
    dispatchOf = (event) => event.#dispatch;
  }

  constructor(type: string, init?: { readonly bubbles?: boolean; readonly cancelable?: boolean }) {
    this.#type = StringOf(type);
    this.#bubbles = Boolean(init?.bubbles);
    this.#cancelable = Boolean(init?.cancelable);
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
    return false;
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
  stopPropagation(): void {
    void this.#dispatch;
  }
  stopImmediatePropagation(): void {
    this.#dispatch.stopped = true;
  }
  get [Symbol.toStringTag](): string {
    return 'Event';
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
    if (callback === null || callback === undefined || settings.signal?.aborted === true) return;
    const list = this.#listeners.get(name) ?? createList<Listener>();
    this.#listeners.set(name, list);
    if (find(list, callback, capture) !== undefined) return;
    const once = Boolean(settings.once);
    append(list, { callback, capture, once, passive: Boolean(settings.passive), removed: false });
    settings.signal?.addEventListener('abort', () => this.removeEventListener(name, callback, capture));
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

function find(list: List<Listener>, callback: EventCallback, capture: boolean): Listener | undefined {
  for (let index = 0; index < list.length; index += 1) {
    const listener = list[index];
    if (listener?.callback === callback && listener.capture === capture && !listener.removed) return listener;
  }
  return undefined;
}

export const events: Endowment = {
  names: ['Event', 'EventTarget'],
  install: () => ({ Event, EventTarget }),
};
