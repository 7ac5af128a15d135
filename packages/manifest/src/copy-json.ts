import type { JsonValue } from './json.ts';
import { childPointer } from './json-pointer.ts';
import type { ManifestIssue } from './manifest-issue.ts';

/** Bounds on a document, whatever its fields. */
export interface JsonBounds {
  /** Nesting of lists and objects. */
  readonly depth: number;
  /** Values of any kind. */
  readonly values: number;
  /** UTF-16 code units of all strings and keys together. */
  readonly characters: number;
}

/** A copy that holds nothing but JSON, or why there is none. */
export type JsonCopy =
  | { readonly ok: true; readonly value: JsonValue; readonly values: number }
  | { readonly ok: false; readonly tooLarge: boolean; readonly issues: readonly ManifestIssue[] };

/** Keys that reach the prototype when a careless reader assigns them. */
const FORBIDDEN_KEYS: readonly string[] = ['__proto__', 'constructor', 'prototype'];

interface Copying {
  readonly bounds: JsonBounds;
  readonly issues: ManifestIssue[];
  tooLarge: boolean;
  values: number;
  characters: number;
}

/**
 * Copies a value into objects without prototype, reading each property once. Accessors, class instances, functions,
 * symbols, holes and numbers JSON cannot write are issues, so that what is checked afterwards cannot change again.
 */
export function copyJson(value: unknown, bounds: JsonBounds): JsonCopy {
  const state: Copying = { bounds, issues: [], tooLarge: false, values: 0, characters: 0 };
  const copy = copyValue(value, '', 0, state);
  if (state.issues.length > 0) return { ok: false, tooLarge: state.tooLarge, issues: state.issues };
  return { ok: true, value: copy, values: state.values };
}

function copyValue(value: unknown, pointer: string, depth: number, state: Copying): JsonValue {
  state.values += 1;
  if (isTooLarge(state, depth)) return stop(state, pointer);
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') {
    state.characters += value.length;
    return value.isWellFormed()
      ? value
      : refuse(state, pointer, 'json-value', 'Cannot read the text: it holds half a character');
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : refuse(state, pointer, 'json-value', 'Cannot read the number: not finite');
  }
  if (Array.isArray(value)) return copyList(value, pointer, depth, state);
  if (typeof value === 'object' && isPlain(value)) return copyObject(value, pointer, depth, state);
  return refuse(state, pointer, 'json-value', `Cannot read the value: ${typeof value} is not JSON`);
}

function copyList(list: readonly unknown[], pointer: string, depth: number, state: Copying): JsonValue {
  const copy: JsonValue[] = [];
  for (let index = 0; index < list.length && !state.tooLarge; index += 1) {
    copy.push(copyValue(ownValue(list, String(index)), childPointer(pointer, index), depth + 1, state));
  }
  return copy;
}

function copyObject(object: object, pointer: string, depth: number, state: Copying): JsonValue {
  const copy: Record<string, JsonValue> = Object.create(null);
  for (const key of Reflect.ownKeys(object)) {
    if (state.tooLarge) break;
    if (typeof key === 'symbol') {
      refuse(state, pointer, 'json-value', 'Cannot read the object: it has a key that is not a string');
      continue;
    }
    const at = childPointer(pointer, key);
    state.characters += key.length;
    if (FORBIDDEN_KEYS.includes(key))
      refuse(state, at, 'forbidden-key', `Cannot accept the key "${key}": reserved by JavaScript`);
    else copy[key] = copyValue(ownValue(object, key), at, depth + 1, state);
  }
  return copy;
}

/** An accessor yields nothing: it could answer differently the second time. */
function ownValue(holder: object, key: string): unknown {
  const descriptor = Object.getOwnPropertyDescriptor(holder, key);
  return descriptor?.enumerable === true && 'value' in descriptor ? descriptor.value : undefined;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype) return true;
  // Objects of another realm (a test runner's, a frame's) are plain as well: their prototype is a root.
  return (
    typeof prototype === 'object' &&
    Object.getPrototypeOf(prototype) === null &&
    Object.hasOwn(prototype, 'isPrototypeOf')
  );
}

function isTooLarge(state: Copying, depth: number): boolean {
  const { bounds } = state;
  return depth > bounds.depth || state.values > bounds.values || state.characters > bounds.characters;
}

function stop(state: Copying, pointer: string): null {
  if (state.tooLarge) return null;
  state.tooLarge = true;
  const { depth, values, characters } = state.bounds;
  const fix = `stay within ${characters} characters, ${depth} levels and ${values} values`;
  state.issues.push({
    pointer: pointer.slice(0, 200),
    rule: 'too-large',
    message: 'Cannot read the document: it is too large or too deep',
    fix,
  });
  return null;
}

function refuse(state: Copying, pointer: string, rule: string, message: string): null {
  const fix =
    rule === 'forbidden-key' ? 'choose another name' : 'use objects, lists, strings, finite numbers, booleans and null';
  if (state.issues.length < 100) state.issues.push({ pointer, rule, message, fix });
  return null;
}
