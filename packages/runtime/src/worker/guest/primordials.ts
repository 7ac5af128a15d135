/**
 * Everything the platform uses of JavaScript itself, taken before any skill code runs. A skill may replace
 * `JSON.stringify`, put setters on `Array.prototype` or poison `Promise.prototype.then` (IS-037 to IS-039); none of that
 * may change what the host receives. Rules for code in this folder: no method calls on built-in values, no array or
 * object spread, no destructuring of arrays, no `for…of`, no `await`, no regular expressions; lists come from list.ts, and
 * objects that are serialised or looked up have no prototype.
 */

type Method = (...args: never[]) => unknown;

export const ReflectGet: typeof Reflect.get = Reflect.get;
export const ReflectGetOwnPropertyDescriptor: typeof Reflect.getOwnPropertyDescriptor =
  Reflect.getOwnPropertyDescriptor;

const bind: CallableFunction = Reflect.get(Function.prototype, 'bind');
/** `bind.bind(call)`: takes a method, gives a function whose first argument is the method's receiver. */
const bindCall: unknown = Reflect.apply(bind, bind, [Reflect.get(Function.prototype, 'call')]);

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the type of bind.bind(call) cannot be written otherwise
const uncurry = bindCall as (method: Method) => unknown;

/**
 * `const slice = uncurryThis(String.prototype, 'slice')` gives `slice('abc', 1)`, immune to later changes of
 * `String.prototype` and `Function.prototype`.
 */
export function uncurryThis<Uncurried>(prototype: object, name: PropertyKey): Uncurried {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place where a method changes its shape
  return uncurry(ReflectGet(prototype, name)) as Uncurried;
}

/** The getter of an accessor property, as a function of its receiver. */
export function uncurryGetter<Self, Value>(prototype: object, key: PropertyKey): (self: Self) => Value {
  const getter = ReflectGetOwnPropertyDescriptor(prototype, key)?.get;
  if (getter === undefined) throw new TypeErrorOf('Cannot capture accessor');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above, for getters
  return uncurry(getter) as (self: Self) => Value;
}

export const ReflectApply: typeof Reflect.apply = Reflect.apply;
export const ReflectConstruct: typeof Reflect.construct = Reflect.construct;
export const ReflectDefineProperty: typeof Reflect.defineProperty = Reflect.defineProperty;
export const ReflectDeleteProperty: typeof Reflect.deleteProperty = Reflect.deleteProperty;
export const ReflectGetPrototypeOf: typeof Reflect.getPrototypeOf = Reflect.getPrototypeOf;
export const ReflectOwnKeys: typeof Reflect.ownKeys = Reflect.ownKeys;
export const ReflectSetPrototypeOf: typeof Reflect.setPrototypeOf = Reflect.setPrototypeOf;

export const ObjectFreeze: typeof Object.freeze = Object.freeze;
export const ObjectHasOwn: typeof Object.hasOwn = Object.hasOwn;
export const ObjectIs: typeof Object.is = Object.is;
export const ObjectKeys: typeof Object.keys = Object.keys;
export const ObjectPrototype: typeof Object.prototype = Object.prototype;

export const JSONParse: typeof JSON.parse = JSON.parse;
export const JSONStringify: typeof JSON.stringify = JSON.stringify;

export const ArrayIsArray: typeof Array.isArray = Array.isArray;
export const ArrayPrototype: typeof Array.prototype = Array.prototype;
export const ArrayPrototypeJoin: (self: ArrayLike<unknown>, separator: string) => string = uncurryThis(
  Array.prototype,
  'join',
);
export const ArrayPrototypeSort: <T>(self: ArrayLike<T>, compare: (a: T, b: T) => number) => unknown = uncurryThis(
  Array.prototype,
  'sort',
);

export const StringOf: (value: unknown) => string = String;
export const StringPrototypeCharCodeAt: (self: string, index: number) => number = uncurryThis(
  String.prototype,
  'charCodeAt',
);
export const StringPrototypeIncludes: (self: string, part: string) => boolean = uncurryThis(
  String.prototype,
  'includes',
);
export const StringPrototypeIndexOf: (self: string, part: string, from?: number) => number = uncurryThis(
  String.prototype,
  'indexOf',
);
export const StringPrototypeSlice: (self: string, start: number, end?: number) => string = uncurryThis(
  String.prototype,
  'slice',
);
export const StringPrototypeStartsWith: (self: string, prefix: string) => boolean = uncurryThis(
  String.prototype,
  'startsWith',
);
export const StringPrototypeToLowerCase: (self: string) => string = uncurryThis(String.prototype, 'toLowerCase');
export const StringPrototypeToUpperCase: (self: string) => string = uncurryThis(String.prototype, 'toUpperCase');
export const StringPrototypeToWellFormed: (self: string) => string = uncurryThis(String.prototype, 'toWellFormed');
export const StringPrototypeTrim: (self: string) => string = uncurryThis(String.prototype, 'trim');
export const StringPrototypeValueOf: (self: unknown) => string = uncurryThis(String.prototype, 'valueOf');

export const NumberOf: (value: unknown) => number = Number;
export const NumberPrototypeValueOf: (self: unknown) => number = uncurryThis(Number.prototype, 'valueOf');
export const NumberParseFloat: (text: string) => number = Number.parseFloat;
export const BooleanPrototypeValueOf: (self: unknown) => boolean = uncurryThis(Boolean.prototype, 'valueOf');
export const BigIntPrototypeValueOf: (self: unknown) => bigint = uncurryThis(BigInt.prototype, 'valueOf');
export const SymbolPrototypeToString: (self: symbol) => string = uncurryThis(Symbol.prototype, 'toString');
export const SymbolIterator: typeof Symbol.iterator = Symbol.iterator;
export const MathMax: typeof Math.max = Math.max;
export const MathMin: typeof Math.min = Math.min;
export const MathTrunc: typeof Math.trunc = Math.trunc;

export const FunctionPrototypeToString: (self: unknown) => string = uncurryThis(Function.prototype, 'toString');
const instanceOf: (type: unknown, value: unknown) => boolean = uncurryThis(Function.prototype, Symbol.hasInstance);
/** `value instanceof type`, whatever `Symbol.hasInstance` says by now. */
export function isInstance<T extends object>(type: new (...args: never[]) => T, value: unknown): value is T {
  return instanceOf(type, value);
}

export const DateNow: () => number = Date.now;
export const DateOf: DateConstructor = Date;
export const DatePrototypeGetTime: (self: unknown) => number = uncurryThis(Date.prototype, 'getTime');
export const DatePrototypeToISOString: (self: unknown) => string = uncurryThis(Date.prototype, 'toISOString');

export const RegExpOf: RegExpConstructor = RegExp;
export const RegExpPrototypeGetSource: (self: unknown) => string = uncurryGetter(RegExp.prototype, 'source');
export const RegExpPrototypeGetFlags: (self: unknown) => string = uncurryGetter(RegExp.prototype, 'flags');

export const ErrorOf: ErrorConstructor = Error;
export const RangeErrorOf: RangeErrorConstructor = RangeError;
export const TypeErrorOf: TypeErrorConstructor = TypeError;

export const PromiseOf: PromiseConstructor = Promise;
const promiseThen: (
  self: Promise<unknown>,
  onFulfilled: ((value: unknown) => unknown) | undefined,
  onRejected: ((reason: unknown) => unknown) | undefined,
) => Promise<unknown> = uncurryThis(Promise.prototype, 'then');

/**
 * Follows a native promise. Its own `constructor` hides `Promise.prototype.constructor`, which `then` would otherwise
 * read to find a species.
 */
export function follow(
  promise: Promise<unknown>,
  onFulfilled: ((value: unknown) => unknown) | undefined,
  onRejected: ((reason: unknown) => unknown) | undefined,
): void {
  defineValue(promise, 'constructor', undefined, false);
  void promiseThen(promise, onFulfilled, onRejected);
}

const typedArrayPrototype = Object.getPrototypeOf(Uint8Array.prototype);
/** The name of a typed array's class, nothing for any other value. Cannot be forged, unlike `constructor` (BD-097). */
export const TypedArrayPrototypeGetName: (self: unknown) => string | undefined = uncurryGetter(
  typedArrayPrototype,
  Symbol.toStringTag,
);
export const TypedArrayPrototypeGetBuffer: (self: unknown) => ArrayBuffer = uncurryGetter(
  typedArrayPrototype,
  'buffer',
);
export const TypedArrayPrototypeGetByteOffset: (self: unknown) => number = uncurryGetter(
  typedArrayPrototype,
  'byteOffset',
);
export const TypedArrayPrototypeGetByteLength: (self: unknown) => number = uncurryGetter(
  typedArrayPrototype,
  'byteLength',
);
export const TypedArrayPrototypeGetLength: (self: unknown) => number = uncurryGetter(typedArrayPrototype, 'length');
export const TypedArrayPrototypeSet: (self: Uint8Array, source: Uint8Array) => void = uncurryThis(
  Uint8Array.prototype,
  'set',
);
export const Uint8ArrayOf: Uint8ArrayConstructor = Uint8Array;
export const DataViewOf: DataViewConstructor = DataView;
export const DataViewPrototypeGetBuffer: (self: unknown) => ArrayBuffer = uncurryGetter(DataView.prototype, 'buffer');
export const DataViewPrototypeGetByteOffset: (self: unknown) => number = uncurryGetter(
  DataView.prototype,
  'byteOffset',
);
export const DataViewPrototypeGetByteLength: (self: unknown) => number = uncurryGetter(
  DataView.prototype,
  'byteLength',
);
const arrayBufferIsView: (value: unknown) => value is ArrayBufferView = Reflect.get(ArrayBuffer, 'isView');
export const ArrayBufferIsView: (value: unknown) => value is ArrayBufferView = (value) => arrayBufferIsView(value);
export const ArrayBufferPrototypeGetByteLength: (self: unknown) => number = uncurryGetter(
  ArrayBuffer.prototype,
  'byteLength',
);
export const ArrayBufferPrototypeGetDetached: (self: unknown) => boolean = uncurryGetter(
  ArrayBuffer.prototype,
  'detached',
);
export const ArrayBufferPrototypeGetResizable: (self: unknown) => boolean = uncurryGetter(
  ArrayBuffer.prototype,
  'resizable',
);
export const ArrayBufferPrototypeSlice: (self: unknown, start: number, end?: number) => ArrayBuffer = uncurryThis(
  ArrayBuffer.prototype,
  'slice',
);
export const ArrayBufferPrototypeTransfer: (self: unknown) => ArrayBuffer = uncurryThis(
  ArrayBuffer.prototype,
  'transfer',
);
export const MapOf: MapConstructor = Map;
export const MapPrototypeForEach: (self: unknown, callback: (value: unknown, key: unknown) => void) => void =
  uncurryThis(Map.prototype, 'forEach');
export const MapPrototypeSet: (self: unknown, key: unknown, value: unknown) => void = uncurryThis(Map.prototype, 'set');
export const WeakMapOf: WeakMapConstructor = WeakMap;
export const WeakSetOf: WeakSetConstructor = WeakSet;
export const SetOf: SetConstructor = Set;
export const SetPrototypeForEach: (self: unknown, callback: (value: unknown) => void) => void = uncurryThis(
  Set.prototype,
  'forEach',
);
export const SetPrototypeAdd: (self: unknown, value: unknown) => void = uncurryThis(Set.prototype, 'add');

/**
 * Defines a writable, configurable data property. The descriptor has no prototype: a `get` on `Object.prototype` would make
 * it a contradiction. Answers whether the object took it.
 */
export function defineValue(target: object, key: PropertyKey, value: unknown, enumerable: boolean): boolean {
  const descriptor = { __proto__: null, value, writable: true, enumerable, configurable: true };
  return ReflectDefineProperty(target, key, descriptor);
}
