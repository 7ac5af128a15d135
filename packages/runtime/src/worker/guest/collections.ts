import {
  ArrayPrototype,
  ObjectFreeze,
  ReflectDefineProperty,
  ReflectGetOwnPropertyDescriptor,
  ReflectOwnKeys,
  ReflectSetPrototypeOf,
} from './primordials.ts';

/** Copies the methods of a built-in class onto a class of ours and cuts the link, so that later patches do not reach it. */
function seal(original: { readonly prototype: object }, copy: { readonly prototype: object }): void {
  const keys = ReflectOwnKeys(original.prototype);
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index];
    if (key === undefined || key === 'constructor') continue;
    const descriptor = ReflectGetOwnPropertyDescriptor(original.prototype, key);
    if (descriptor !== undefined) ReflectDefineProperty(copy.prototype, key, descriptor);
  }
  ReflectSetPrototypeOf(copy.prototype, null);
  ObjectFreeze(copy.prototype);
}

/** Maps and sets whose methods a skill cannot replace. Construct without arguments; never iterate with `for…of`. */
export class SafeMap<Key, Value> extends Map<Key, Value> {
  // biome-ignore lint/complexity/noUselessConstructor: an implicit one would spread its arguments through Array.prototype
  constructor() {
    super();
  }
}
export class SafeSet<Value> extends Set<Value> {
  // biome-ignore lint/complexity/noUselessConstructor: as above
  constructor() {
    super();
  }
}
export class SafeWeakMap<Key extends WeakKey, Value> extends WeakMap<Key, Value> {
  // biome-ignore lint/complexity/noUselessConstructor: as above
  constructor() {
    super();
  }
}
seal(Map, SafeMap);
seal(Set, SafeSet);
seal(WeakMap, SafeWeakMap);

/** An array without a prototype: writing an index cannot meet a setter on `Array.prototype`. */
export interface List<T> {
  readonly length: number;
  [index: number]: T;
}

export function createList<T>(): List<T> {
  const list: T[] = [];
  ReflectSetPrototypeOf(list, null);
  return list;
}

export function append<T>(list: List<T>, item: T): void {
  list[list.length] = item;
}

/** Hands a list out as an ordinary array. The list must not be used afterwards. */
export function toArray<T>(list: List<T>): T[] {
  ReflectSetPrototypeOf(list, ArrayPrototype);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a list is an array whose prototype was taken away
  return list as T[];
}
