import { WIRE_LIMITS } from '../guest-wire.ts';
import {
  ArrayIsArray,
  JSONParse,
  JSONStringify,
  ObjectKeys,
  ReflectGet,
  StringPrototypeIndexOf,
} from './primordials.ts';

export type Output = { readonly ok: true; readonly json: string } | { readonly ok: false; readonly reason: string };

/**
 * A tool's value as JSON text, by the rules of `JSON.stringify`: `toJSON` is honoured (a Date becomes a string), NaN and
 * the infinities become null, -0 becomes 0, a Map or Set becomes `{}`, and undefined, functions and symbols inside an object
 * are left out or, inside an array, become null. Beyond those rules: `undefined` as the whole value is `null`; a function or
 * a symbol as the whole value, a BigInt or a cycle anywhere, and more than 64 levels are failures (BD-090, BD-091).
 *
 * @throws what `toJSON`, a getter or a Proxy of the skill throws.
 */
export function serialiseOutput(value: unknown): Output {
  if (value === undefined) return { ok: true, json: 'null' };
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') {
    return { ok: false, reason: `Cannot return value: a ${typeof value} is not JSON` };
  }
  const json: string | undefined = JSONStringify(value);
  if (json === undefined) return { ok: false, reason: 'Cannot return value: its toJSON gave nothing' };
  if (mayBeDeeper(json, WIRE_LIMITS.outputDepth) && isDeeper(JSONParse(json), WIRE_LIMITS.outputDepth)) {
    return { ok: false, reason: `Cannot return value: it has more than ${WIRE_LIMITS.outputDepth} levels` };
  }
  return { ok: true, json };
}

/** Counts brackets, in strings too: most results have too few to be deep, and counting is far cheaper than a walk. */
function mayBeDeeper(json: string, levels: number): boolean {
  return count(json, '{', levels + 1) + count(json, '[', levels + 1) > levels;
}

function count(text: string, part: string, enough: number): number {
  let found = 0;
  let index = StringPrototypeIndexOf(text, part);
  while (index !== -1 && found < enough) {
    found += 1;
    index = StringPrototypeIndexOf(text, part, index + 1);
  }
  return found;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  const keys = ArrayIsArray(value) ? undefined : ObjectKeys(value);
  const length = ArrayIsArray(value) ? value.length : (keys?.length ?? 0);
  for (let index = 0; index < length; index += 1) {
    const key = keys === undefined ? index : (keys[index] ?? '');
    if (isDeeper(ReflectGet(value, key), levels - 1)) return true;
  }
  return false;
}
