import { StringOf, TypeErrorOf } from './primordials.ts';

/**
 * Web IDL §3.7.7: a call with fewer arguments than the operation needs is an error, whatever they are. Take `...args` as the only
 * parameter and read them after this.
 *
 * @throws {TypeError}
 */
export function needArguments(args: readonly unknown[], count: number, action: string): void {
  if (args.length >= count) return;
  throw new TypeErrorOf(`Cannot ${action}: ${StringOf(count)} arguments are needed, not ${StringOf(args.length)}`);
}
