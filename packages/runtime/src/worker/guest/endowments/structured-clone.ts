import { isArrayBuffer } from '../bytes.ts';
import { cloneBoxed } from '../clone-boxed.ts';
import { bufferOf, viewOn } from '../clone-buffers.ts';
import { cloneError } from '../clone-error.ts';
import { SafeMap, SafeSet } from '../collections.ts';
import type { Endowment } from '../endowment.ts';
import { forEachOf } from '../for-each-of.ts';
import { needArguments, toDictionary } from '../idl-arguments.ts';
import { isProxy } from '../is-proxy.ts';
import {
  ArrayBufferIsView,
  ArrayBufferPrototypeGetDetached,
  ArrayBufferPrototypeSlice,
  ArrayBufferPrototypeTransfer,
  ArrayIsArray,
  defineValue,
  ErrorOf,
  isInstance,
  MapOf,
  MapPrototypeForEach,
  MapPrototypeSet,
  ObjectPrototype,
  PromiseOf,
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
import { blobLink } from './blob.ts';
import { DOMException } from './dom-exception.ts';
import { fileLink } from './file.ts';

/** What was copied already, so that cycles and shared parts stay cycles and shared parts. */
type Copies = SafeMap<object, unknown>;

/**
 * HTML Standard §2.7 inside one realm. Copies primitives, boxed primitives, Date, RegExp, Map, Set, ArrayBuffer, views,
 * errors, arrays and plain objects; class instances lose their class; functions, symbols, promises, weak collections and
 * proxies are refused with `DataCloneError`. Only ArrayBuffers can be transferred.
 */
function structuredClone(...args: readonly unknown[]): unknown {
  needArguments(args, 1, 'clone value');
  const value = args[0];
  const moving = readTransferList(ReflectGet(toDictionary(args[1], 'clone value'), 'transfer'));
  const copy = clone(value, new SafeMap());
  // Detached only now: a value that cannot be cloned leaves its buffers alone, and views were measured while they had one.
  moving.forEach((buffer) => void ArrayBufferPrototypeTransfer(buffer));
  return copy;
}

function readTransferList(transfer: unknown): SafeSet<object> {
  const moving = new SafeSet<object>();
  if (transfer === undefined) return moving;
  forEachOf(transfer, (item) => {
    if (!isArrayBuffer(item)) throw refuse('only an ArrayBuffer can be transferred');
    if (ArrayBufferPrototypeGetDetached(item)) throw refuse('a buffer in the transfer list was transferred before');
    if (moving.has(item)) throw refuse('a buffer is in the transfer list twice');
    moving.add(item);
  });
  return moving;
}

function clone(value: unknown, copies: Copies): unknown {
  if (typeof value === 'symbol') throw refuse('a symbol cannot be cloned');
  if (typeof value === 'function') throw refuse('a function cannot be cloned');
  if (typeof value !== 'object' || value === null) return value;
  if (copies.has(value)) return copies.get(value);
  if (isProxy(value)) throw refuse('a Proxy cannot be cloned');
  if (ArrayIsArray(value)) return copyProperties(value, remember(copies, value, createArray(value.length)), copies);
  const prototype = ReflectGetPrototypeOf(value);
  if (prototype === ObjectPrototype || prototype === null)
    return copyProperties(value, remember(copies, value, {}), copies);
  return cloneInstance(value, copies);
}

function cloneInstance(value: object, copies: Copies): unknown {
  if (isArrayBuffer(value)) return cloneBuffer(value, copies);
  if (ArrayBufferIsView(value)) {
    const buffer = clone(bufferOf(value), copies);
    return isArrayBuffer(buffer) ? remember(copies, value, viewOn(buffer, value)) : undefined;
  }
  if (isInstance(MapOf, value)) return cloneMap(value, copies);
  if (isInstance(SetOf, value)) return cloneSet(value, copies);
  if (isInstance(ErrorOf, value))
    return cloneError(
      value,
      (copy) => remember(copies, value, copy),
      (part) => clone(part, copies),
    );
  if (isInstance(PromiseOf, value) || isInstance(WeakMapOf, value) || isInstance(WeakSetOf, value)) {
    throw refuse('an object of this class cannot be cloned');
  }
  const copy = blobLink.is(value) ? fileLink.copy(value) : cloneBoxed(value);
  if (copy !== undefined) return remember(copies, value, copy);
  return copyProperties(value, remember(copies, value, {}), copies);
}

function cloneBuffer(buffer: ArrayBuffer, copies: Copies): ArrayBuffer {
  if (ArrayBufferPrototypeGetDetached(buffer)) throw refuse('a buffer was transferred away');
  return remember(copies, buffer, ArrayBufferPrototypeSlice(buffer, 0));
}

function cloneMap(value: object, copies: Copies): object {
  const copy = remember(copies, value, new MapOf());
  MapPrototypeForEach(value, (item, key) => MapPrototypeSet(copy, clone(key, copies), clone(item, copies)));
  return copy;
}

function cloneSet(value: object, copies: Copies): object {
  const copy = remember(copies, value, new SetOf());
  SetPrototypeForEach(value, (item) => SetPrototypeAdd(copy, clone(item, copies)));
  return copy;
}

function copyProperties(source: object, target: object, copies: Copies): object {
  const keys = ReflectOwnKeys(source);
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index];
    if (typeof key !== 'string' || ReflectGetOwnPropertyDescriptor(source, key)?.enumerable !== true) continue;
    const value = clone(ReflectGet(source, key), copies);
    defineValue(target, key, value, true);
  }
  return target;
}

/** Length only, so that holes stay holes. */
function createArray(length: number): unknown[] {
  const array: unknown[] = [];
  array.length = length;
  return array;
}

function remember<Copy extends object>(copies: Copies, value: object, copy: Copy): Copy {
  copies.set(value, copy);
  return copy;
}

function refuse(reason: string): DOMException {
  return new DOMException(`Cannot clone value: ${reason}`, 'DataCloneError');
}

export const structuredCloneEndowment: Endowment = {
  names: ['structuredClone'],
  install: () => ({ structuredClone }),
};
