/**
 * Freezes a value and everything reachable from it, so that a decision taken on a manifest cannot be changed by editing
 * the manifest afterwards. Maps cannot be frozen; freeze what they hold and expose them as `ReadonlyMap`.
 */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const child of Object.values(value)) deepFreeze(child);
  return value;
}
