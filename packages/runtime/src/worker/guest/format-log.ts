import { append, createList, type List, SafeSet } from './collections.ts';
import {
  ArrayIsArray,
  ArrayPrototypeJoin,
  ErrorOf,
  isInstance,
  JSONStringify,
  NumberOf,
  NumberParseFloat,
  ObjectIs,
  ReflectGetOwnPropertyDescriptor,
  ReflectGetPrototypeOf,
  ReflectOwnKeys,
  StringOf,
  StringPrototypeCharCodeAt,
  StringPrototypeIndexOf,
  StringPrototypeSlice,
  SymbolPrototypeToString,
} from './primordials.ts';

const MAX_DEPTH = 4;
const MAX_ENTRIES = 50;
const MAX_TEXT = 8 * 1024;

/** Stops a formatting run early: what is beyond the cap is never built. */
interface Run {
  left: number;
  readonly open: SafeSet<object>;
}

/**
 * Arguments of `console.log` as one line of text, at most 8 Ki code units. Knows `%s %d %i %f %j %o %O %c %%`. Reads data
 * properties only: a getter shows as `[Getter]` and is not run (IS 046). A Proxy is asked for its keys and may run
 * code of the skill, inside the skill's own time.
 */
export function formatLog(values: readonly unknown[]): string {
  const run: Run = { left: MAX_TEXT, open: new SafeSet() };
  const parts = createList<string>();
  let next = 0;
  const first = values[0];
  if (typeof first === 'string') {
    const used = fillFormat(first, values, parts, run);
    next = used;
  }
  for (; next < values.length && run.left > 0; next += 1) {
    const value = values[next];
    append(parts, charge(run, typeof value === 'string' ? value : format(value, 0, run)));
  }
  return StringPrototypeSlice(ArrayPrototypeJoin(parts, ' '), 0, MAX_TEXT);
}

/** Appends the format string with its place-holders filled; answers how many arguments it used. */
function fillFormat(template: string, values: readonly unknown[], parts: List<string>, run: Run): number {
  let used = 1;
  let text = '';
  let from = 0;
  let at = StringPrototypeIndexOf(template, '%');
  while (at !== -1 && text.length < MAX_TEXT) {
    const code = StringPrototypeSlice(template, at + 1, at + 2);
    if (code === '%') {
      text += `${StringPrototypeSlice(template, from, at)}%`;
      from = at + 2;
    } else if (used < values.length && code !== '' && StringPrototypeIndexOf('sdifjoOc', code) !== -1) {
      text += StringPrototypeSlice(template, from, at) + placeholder(code, values[used], run);
      used += 1;
      from = at + 2;
    }
    at = StringPrototypeIndexOf(template, '%', code === '%' ? at + 2 : at + 1);
  }
  append(parts, charge(run, text + StringPrototypeSlice(template, from, from + MAX_TEXT)));
  return used;
}

function placeholder(code: string, value: unknown, run: Run): string {
  switch (code) {
    case 's':
      return typeof value === 'string' ? value : format(value, MAX_DEPTH - 1, run);
    case 'd':
      return typeof value === 'number' || typeof value === 'string' ? StringOf(NumberOf(value)) : format(value, 0, run);
    case 'i':
      return typeof value === 'number' ? StringOf(value - (value % 1)) : format(value, 0, run);
    case 'f':
      return typeof value === 'string' ? StringOf(NumberParseFloat(value)) : format(value, 0, run);
    case 'c':
      return '';
    default:
      return format(value, 0, run);
  }
}

function format(value: unknown, depth: number, run: Run): string {
  if (run.left <= 0) return '…';
  switch (typeof value) {
    case 'string':
      return JSONStringify(StringPrototypeSlice(value, 0, run.left));
    case 'number':
      return ObjectIs(value, -0) ? '-0' : StringOf(value);
    case 'bigint':
      return formatBigInt(value);
    case 'symbol':
      return SymbolPrototypeToString(value);
    case 'function':
      return `[Function${nameOf(value)}]`;
    case 'object':
      return value === null ? 'null' : formatObject(value, depth, run);
    default:
      return StringOf(value);
  }
}

/** Decimal digits of a huge BigInt take minutes that nothing can interrupt (RS 067). */
function formatBigInt(value: bigint): string {
  const bound = 2n ** 256n;
  return value < bound && value > -bound ? `${StringOf(value)}n` : '[BigInt]';
}

function formatObject(value: object, depth: number, run: Run): string {
  if (run.open.has(value)) return '[Circular]';
  run.open.add(value);
  try {
    if (isInstance(ErrorOf, value)) return formatError(value);
    if (depth >= MAX_DEPTH) return ArrayIsArray(value) ? '[Array]' : '[Object]';
    return formatEntries(value, depth, run);
  } catch {
    return '[Unreadable]';
  } finally {
    run.open.delete(value);
  }
}

function formatError(error: object): string {
  const stack = dataOf(error, 'stack');
  if (typeof stack === 'string' && stack !== '') return stack;
  const name = dataOf(error, 'name') ?? dataOf(ReflectGetPrototypeOf(error) ?? {}, 'name');
  const message = dataOf(error, 'message');
  return `${typeof name === 'string' ? name : 'Error'}: ${typeof message === 'string' ? message : ''}`;
}

function formatEntries(value: object, depth: number, run: Run): string {
  const array = ArrayIsArray(value);
  const keys = ReflectOwnKeys(value);
  const parts = createList<string>();
  let index = 0;
  for (; index < keys.length && parts.length < MAX_ENTRIES && run.left > 0; index += 1) {
    const key = keys[index];
    if (key === undefined) continue;
    const descriptor = ReflectGetOwnPropertyDescriptor(value, key);
    if (descriptor === undefined || descriptor.enumerable !== true) continue;
    const shown = 'value' in descriptor ? format(descriptor.value, depth + 1, run) : '[Getter]';
    append(parts, charge(run, array && isIndex(key) ? shown : `${keyText(key)}: ${shown}`));
  }
  if (index < keys.length && parts.length >= MAX_ENTRIES) append(parts, '…');
  const inner = ArrayPrototypeJoin(parts, ', ');
  if (array) return `[${inner}]`;
  const prefix = className(value);
  return inner === '' ? `${prefix}{}` : `${prefix}{ ${inner} }`;
}

function className(value: object): string {
  const prototype = ReflectGetPrototypeOf(value);
  const constructor = prototype === null ? undefined : dataOf(prototype, 'constructor');
  const name = typeof constructor === 'function' ? dataOf(constructor, 'name') : undefined;
  return typeof name === 'string' && name !== '' && name !== 'Object' ? `${StringPrototypeSlice(name, 0, 100)} ` : '';
}

function nameOf(value: object): string {
  const name = dataOf(value, 'name');
  return typeof name === 'string' && name !== '' ? `: ${StringPrototypeSlice(name, 0, 100)}` : '';
}

/** A data property's value; nothing for a getter. V8 keeps `stack` as an own property, so it is found here too. */
function dataOf(value: object, key: string): unknown {
  const descriptor = ReflectGetOwnPropertyDescriptor(value, key);
  return descriptor !== undefined && 'value' in descriptor ? descriptor.value : undefined;
}

function isIndex(key: string | symbol): boolean {
  if (typeof key !== 'string') return false;
  const code = StringPrototypeCharCodeAt(key, 0);
  return code >= 48 && code <= 57;
}

function keyText(key: string | symbol): string {
  return typeof key === 'symbol' ? `[${SymbolPrototypeToString(key)}]` : StringPrototypeSlice(key, 0, 200);
}

function charge(run: Run, text: string): string {
  const kept = StringPrototypeSlice(text, 0, run.left);
  run.left -= kept.length;
  return kept;
}
