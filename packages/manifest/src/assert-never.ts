/**
 * Closes a union: a `switch` that forgets a member no longer compiles. Reaching it at run time means that a value has a
 * shape its type denies, so it throws rather than guess.
 *
 * @throws TypeError always
 */
export function assertNever(value: never, what = 'value'): never {
  const shown = typeof value === 'object' ? 'an object' : `"${String(value)}"`;
  throw new TypeError(`Cannot handle ${what}: ${shown} is not a member of the closed union`);
}
