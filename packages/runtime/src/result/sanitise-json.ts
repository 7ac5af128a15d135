import type { JsonValue } from '@carapace/manifest';
import { BREAK_MARK } from './marker-breaker.ts';
import type { RemovalTally } from './removal-counts.ts';
import { sanitiseInto } from './sanitise-text.ts';

/**
 * Turns the output of `JSON.parse` into a frozen value that is safe to pass on: every string and every key goes through
 * the sanitiser, objects lose their prototype. The caller has bounded the depth.
 *
 * Numbers keep JSON semantics: what exceeds a double (`1e400`) is null, integers above 2^53 are rounded, -0 is 0. The
 * key `__proto__` is broken visibly, because a consumer that copies it into an ordinary object would set a prototype.
 * Keys that become equal stay apart: the second one ends in `·2`.
 */
export function sanitiseJson(value: unknown, tally: RemovalTally): JsonValue {
  if (typeof value === 'string') return sanitiseInto(tally, value);
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : null;
  if (typeof value === 'boolean') return value;
  if (Array.isArray(value)) return Object.freeze(value.map((item) => sanitiseJson(item, tally)));
  if (typeof value === 'object' && value !== null) return sanitiseObject(value, tally);
  return null;
}

function sanitiseObject(value: object, tally: RemovalTally): JsonValue {
  const entries = new Map<string, JsonValue>();
  const copies = new Map<string, number>();
  for (const [key, item] of Object.entries(value)) {
    entries.set(uniqueKey(sanitiseKey(key, tally), entries, copies, tally), sanitiseJson(item, tally));
  }
  const clean: Record<string, JsonValue> = Object.create(null);
  for (const [key, item] of entries) clean[key] = item;
  return Object.freeze(clean);
}

function sanitiseKey(key: string, tally: RemovalTally): string {
  const clean = sanitiseInto(tally, key, { singleLine: true });
  if (clean !== '__proto__') return clean;
  tally.add('key');
  return `_${BREAK_MARK}${clean.slice(1)}`;
}

/** Linear over all keys: the counter of a key only grows, also past suffixes that the skill has used itself. */
function uniqueKey(
  key: string,
  taken: ReadonlyMap<string, JsonValue>,
  copies: Map<string, number>,
  tally: RemovalTally,
): string {
  if (!taken.has(key)) return key;
  tally.add('key');
  let copy = copies.get(key) ?? 1;
  let unique = key;
  while (taken.has(unique)) {
    copy += 1;
    unique = `${key}${BREAK_MARK}${copy}`;
  }
  copies.set(key, copy);
  return unique;
}
