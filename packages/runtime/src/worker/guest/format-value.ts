import { append, createList, type List, SafeSet } from './collections.ts';
import { recordedStack } from './error-stack.ts';
import { isProxy } from './is-proxy.ts';
import {
  ArrayBufferIsView,
  ArrayIsArray,
  ArrayPrototypeJoin,
  DatePrototypeToISOString,
  ErrorOf,
  isInstance,
  JSONStringify,
  MapOf,
  MapPrototypeForEach,
  ObjectIs,
  ReflectGetOwnPropertyDescriptor,
  ReflectGetPrototypeOf,
  ReflectOwnKeys,
  SetOf,
  SetPrototypeForEach,
  StringOf,
  StringPrototypeSlice,
  SymbolPrototypeToString,
  TypedArrayPrototypeGetLength,
  TypedArrayPrototypeGetName,
} from './primordials.ts';

const MAX_DEPTH = 4;
const MAX_ENTRIES = 50;
/** In UTF-16 code units. */
export const MAX_TEXT = 8192;

/** One formatting run: what is beyond the cap is never built. */
export interface Run {
  left: number;
  readonly open: SafeSet<object>;
}

export function createRun(): Run {
  return { left: MAX_TEXT, open: new SafeSet() };
}

/** The part of the text that still fits, counted. */
export function charge(run: Run, text: string): string {
  const kept = StringPrototypeSlice(text, 0, run.left);
  run.left -= kept.length;
  return kept;
}

/** Counts a part once: what its own parts have counted is given back before the whole is counted. */
export function chargeOnce(run: Run, build: () => string): string {
  const before = run.left;
  const text = build();
  run.left = before;
  return charge(run, text);
}

/**
 * A value as text for the log. Reads data properties only: a getter shows as `[Getter]` and a Proxy as `[Proxy]`, and
 * neither is run (IS-046).
 */
export function formatValue(value: unknown, depth: number, run: Run): string {
  if (run.left <= 0) return '…';
  switch (typeof value) {
    case 'string':
      return JSONStringify(StringPrototypeSlice(value, 0, run.left));
    case 'number':
      return formatNumber(value);
    case 'bigint':
      return formatBigInt(value);
    case 'symbol':
      return SymbolPrototypeToString(value);
    case 'function':
      return formatFunction(value);
    case 'object':
      return value === null ? 'null' : formatObject(value, depth, run);
    case 'boolean':
    case 'undefined':
      return StringOf(value);
  }
}

function formatNumber(value: number): string {
  return ObjectIs(value, -0) ? '-0' : StringOf(value);
}

/** Decimal digits of a huge BigInt take minutes that nothing can interrupt (RS-067). */
function formatBigInt(value: bigint): string {
  const bound = 2n ** 256n;
  return value < bound && value > -bound ? `${StringOf(value)}n` : '[BigInt]';
}

function formatObject(value: object, depth: number, run: Run): string {
  if (isProxy(value)) return '[Proxy]';
  if (run.open.has(value)) return '[Circular]';
  run.open.add(value);
  try {
    if (isInstance(ErrorOf, value)) return formatError(value);
    if (depth >= MAX_DEPTH) return ArrayIsArray(value) ? '[Array]' : '[Object]';
    if (isInstance(Date, value)) return DatePrototypeToISOString(value);
    if (ArrayIsArray(value)) return `[${joinItems(value, value.length, depth, run)}]`;
    const parts = collectEntries(value, depth, run);
    const inner = ArrayPrototypeJoin(parts, ', ');
    return inner === '' ? `${className(value)}{}` : `${className(value)}{ ${inner} }`;
  } catch {
    return '[Unreadable]';
  } finally {
    run.open.delete(value);
  }
}

/** As V8 recorded it; a getter that the skill put on the error is not run. */
function formatError(error: object): string {
  const stack = recordedStack(error);
  if (stack !== undefined) return stack;
  const name = dataOf(error, 'name') ?? dataOf(ReflectGetPrototypeOf(error), 'name');
  const message = dataOf(error, 'message');
  return `${typeof name === 'string' ? name : 'Error'}: ${typeof message === 'string' ? message : ''}`;
}

function joinItems(value: object, length: number, depth: number, run: Run): string {
  const parts = createList<string>();
  for (let index = 0; index < length && parts.length < MAX_ENTRIES && run.left > 0; index += 1) {
    append(
      parts,
      chargeOnce(run, () => formatProperty(value, StringOf(index), depth, run)),
    );
  }
  if (length > parts.length) append(parts, '…');
  return ArrayPrototypeJoin(parts, ', ');
}

function collectEntries(value: object, depth: number, run: Run): List<string> {
  const parts = createList<string>();
  if (isInstance(MapOf, value)) {
    MapPrototypeForEach(value, (item, key) =>
      addEntry(parts, run, () => `${formatValue(key, depth + 1, run)} => ${formatValue(item, depth + 1, run)}`),
    );
  } else if (isInstance(SetOf, value)) {
    SetPrototypeForEach(value, (item) => addEntry(parts, run, () => formatValue(item, depth + 1, run)));
  } else if (ArrayBufferIsView(value)) {
    append(parts, joinItems(value, lengthOfView(value), depth, run));
  } else {
    const keys = ReflectOwnKeys(value);
    for (let index = 0; index < keys.length && parts.length <= MAX_ENTRIES; index += 1) {
      const key = keys[index];
      if (key === undefined || ReflectGetOwnPropertyDescriptor(value, key)?.enumerable !== true) continue;
      addEntry(parts, run, () => `${keyText(key)}: ${formatProperty(value, key, depth, run)}`);
    }
  }
  return parts;
}

/** A DataView has no items of its own. */
function lengthOfView(view: ArrayBufferView): number {
  return TypedArrayPrototypeGetName(view) === undefined ? 0 : TypedArrayPrototypeGetLength(view);
}

function addEntry(parts: List<string>, run: Run, format: () => string): void {
  if (parts.length < MAX_ENTRIES && run.left > 0) append(parts, chargeOnce(run, format));
  else if (parts.length === MAX_ENTRIES) append(parts, '…');
}

function formatProperty(value: object, key: string | symbol, depth: number, run: Run): string {
  const descriptor = ReflectGetOwnPropertyDescriptor(value, key);
  if (descriptor === undefined) return 'undefined';
  return 'value' in descriptor ? formatValue(descriptor.value, depth + 1, run) : '[Getter]';
}

function className(value: object): string {
  const prototype = ReflectGetPrototypeOf(value);
  const name = dataOf(dataOf(prototype, 'constructor'), 'name');
  return typeof name === 'string' && name !== '' && name !== 'Object' ? `${StringPrototypeSlice(name, 0, 100)} ` : '';
}

function formatFunction(value: object): string {
  if (isProxy(value)) return '[Proxy]';
  const name = dataOf(value, 'name');
  return typeof name === 'string' && name !== '' ? `[Function: ${StringPrototypeSlice(name, 0, 100)}]` : '[Function]';
}

/** An own data property's value; nothing for a getter or a value that is no object. */
function dataOf(value: unknown, key: string): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined;
  const descriptor = ReflectGetOwnPropertyDescriptor(value, key);
  return descriptor !== undefined && 'value' in descriptor ? descriptor.value : undefined;
}

function keyText(key: string | symbol): string {
  return typeof key === 'symbol' ? `[${SymbolPrototypeToString(key)}]` : StringPrototypeSlice(key, 0, 200);
}
