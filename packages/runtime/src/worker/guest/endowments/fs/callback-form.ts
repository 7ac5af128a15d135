import { ReflectApply } from '../../primordials.ts';
import { wrongType } from './arguments.ts';
import { settle } from './promise-chain.ts';

/** The form with a callback as the last argument. A callback that throws is logged like any uncaught error. */
export function callbackForm(start: (...args: never[]) => Promise<unknown>): (...args: unknown[]) => void {
  return (...args) => {
    const callback = args[args.length - 1];
    if (typeof callback !== 'function') throw wrongType('callback', 'a function');
    args.length -= 1;
    settle<unknown>(
      ReflectApply(start, undefined, args),
      (value) => ReflectApply(callback, undefined, [null, value]),
      (error) => ReflectApply(callback, undefined, [error]),
    );
  };
}
