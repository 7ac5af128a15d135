import { ObjectFreeze, ReflectSetPrototypeOf, StringOf, TypeErrorOf } from './primordials.ts';

/**
 * Web IDL §3.7.7: a call with fewer arguments than the operation needs is an error, whatever they are. Take `...args` as the only
 * parameter and read them after this.
 *
 * @throws {TypeError}
 */
export function needArguments(args: readonly unknown[], count: number, action: string): void {
  // One that was left out must not be found on `Array.prototype`, which the skill may have changed (IS-037).
  ReflectSetPrototypeOf(args, null);
  if (args.length >= count) return;
  throw new TypeErrorOf(`Cannot ${action}: ${StringOf(count)} arguments are needed, not ${StringOf(args.length)}`);
}

const EMPTY: object = ObjectFreeze({ __proto__: null });

/**
 * Web IDL §3.2.17: what may be given as options. Read each member once with `ReflectGet`.
 *
 * @throws {TypeError} when there is something and it is no object.
 */
export function toDictionary(value: unknown, action: string): object {
  if (value === undefined || value === null) return EMPTY;
  if (typeof value === 'object' || typeof value === 'function') return value;
  throw new TypeErrorOf(`Cannot ${action}: the options are not an object`);
}
