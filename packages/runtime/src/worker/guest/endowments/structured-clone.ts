import { isArrayBuffer } from '../bytes.ts';
import { cloneBoxed } from '../clone-boxed.ts';
import { bufferOf, viewOn } from '../clone-buffers.ts';
import { cloneError } from '../clone-error.ts';
import { SafeMap, SafeSet } from '../collections.ts';
import type { Endowment } from '../endowment.ts';
import { forEachOf } from '../for-each-of.ts';
import { isProxy } from '../is-proxy.ts';
import {
  ArrayBufferIsView,
  ArrayBufferPrototypeSlice,
  ArrayBufferPrototypeTransfer,
  ArrayIsArray,
  ErrorOf,
  isInstance,
  MapOf,
  MapPrototypeForEach,
  MapPrototypeSet,
  ObjectPrototype,
  PromiseOf,
  ReflectDefineProperty,
  ReflectGet,
  ReflectGetOwnPropertyDescriptor,
  ReflectGetPrototypeOf,
  ReflectOwnKeys,
  SetOf,
  SetPrototypeAdd,
  SetPrototypeForEach,
  WeakMapOf,
  WeakSetOf,
} from '../primordials.ts';
import { DOMException } from './dom-exception.ts';

/** One run: what was copied already (cycles), which buffers move, and whether this is only a rehearsal. */
interface Run {
  readonly copies: SafeMap<object, unknown>;
  readonly moving: SafeSet<object>;
  readonly rehearsal: boolean;
}

/**
 * HTML Standard §2.7 inside one realm. Copies primitives, boxed primitives, Date, RegExp, Map, Set, ArrayBuffer, views,
 * errors, arrays and plain objects; class instances lose their class; functions, symbols, promises, weak collections and
 * proxies are refused with `DataCloneError`. Only ArrayBuffers can be transferred.
 */
function structuredClone(value: unknown, options?: { readonly transfer?: unknown }): unknown {
  const transfer = options?.transfer;
  const moving = new SafeSet<object>();
  if (transfer !== undefined) {
    forEachOf(transfer, (item) => {
      if (!isArrayBuffer(item)) throw refuse('only an ArrayBuffer can be transferred');
      if (moving.has(item)) throw refuse('a buffer is in the transfer list twice');
      moving.add(item);
    });
  }
  const copies = new SafeMap<object, unknown>();
  if (moving.size > 0) {
    // A value that cannot be cloned must leave the buffers where they are, so the copying is tried without them first.
    clone(value, { copies: new SafeMap(), moving, rehearsal: true });
    moving.forEach((buffer) => void copies.set(buffer, ArrayBufferPrototypeTransfer(buffer)));
  }
  return clone(value, { copies, moving, rehearsal: false });
}

function clone(value: unknown, run: Run): unknown {
  if (typeof value === 'symbol') throw refuse('a symbol cannot be cloned');
  if (typeof value === 'function') throw refuse('a function cannot be cloned');
  if (typeof value !== 'object' || value === null) return value;
  if (run.copies.has(value)) return run.copies.get(value);
  if (run.rehearsal && run.moving.has(value)) return undefined;
  if (isProxy(value)) throw refuse('a Proxy cannot be cloned');
  if (ArrayIsArray(value)) return copyProperties(value, remember(run, value, createArray(value.length)), run);
  const prototype = ReflectGetPrototypeOf(value);
  if (prototype === ObjectPrototype || prototype === null) return copyProperties(value, remember(run, value, {}), run);
  return cloneInstance(value, run);
}

function cloneInstance(value: object, run: Run): unknown {
  if (isArrayBuffer(value)) return remember(run, value, ArrayBufferPrototypeSlice(value, 0));
  if (ArrayBufferIsView(value)) {
    const buffer = clone(bufferOf(value), run);
    return isArrayBuffer(buffer) ? remember(run, value, viewOn(buffer, value)) : undefined;
  }
  if (isInstance(MapOf, value)) return cloneMap(value, run);
  if (isInstance(SetOf, value)) return cloneSet(value, run);
  if (isInstance(ErrorOf, value))
    return cloneError(
      value,
      (copy) => remember(run, value, copy),
      (part) => clone(part, run),
    );
  if (isInstance(PromiseOf, value) || isInstance(WeakMapOf, value) || isInstance(WeakSetOf, value)) {
    throw refuse('an object of this class cannot be cloned');
  }
  const boxed = cloneBoxed(value);
  if (boxed !== undefined) return remember(run, value, boxed);
  return copyProperties(value, remember(run, value, {}), run);
}

function cloneMap(value: object, run: Run): object {
  const copy = remember(run, value, new MapOf());
  MapPrototypeForEach(value, (item, key) => MapPrototypeSet(copy, clone(key, run), clone(item, run)));
  return copy;
}

function cloneSet(value: object, run: Run): object {
  const copy = remember(run, value, new SetOf());
  SetPrototypeForEach(value, (item) => SetPrototypeAdd(copy, clone(item, run)));
  return copy;
}

function copyProperties(source: object, target: object, run: Run): object {
  const keys = ReflectOwnKeys(source);
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index];
    if (typeof key !== 'string' || ReflectGetOwnPropertyDescriptor(source, key)?.enumerable !== true) continue;
    const value = clone(ReflectGet(source, key), run);
    ReflectDefineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  }
  return target;
}

/** Length only, so that holes stay holes. */
function createArray(length: number): unknown[] {
  const array: unknown[] = [];
  array.length = length;
  return array;
}

function remember<Copy extends object>(run: Run, value: object, copy: Copy): Copy {
  run.copies.set(value, copy);
  return copy;
}

function refuse(reason: string): DOMException {
  return new DOMException(`Cannot clone value: ${reason}`, 'DataCloneError');
}

export const structuredCloneEndowment: Endowment = {
  names: ['structuredClone'],
  install: () => ({ structuredClone }),
};
