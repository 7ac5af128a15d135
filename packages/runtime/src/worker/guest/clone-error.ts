import { SafeMap } from './collections.ts';
import { DOMException } from './endowments/dom-exception.ts';
import {
  defineValue,
  ErrorOf,
  isInstance,
  ReflectConstruct,
  ReflectGet,
  ReflectGetOwnPropertyDescriptor,
  StringOf,
} from './primordials.ts';

const CONSTRUCTORS = new SafeMap<string, new (message?: string) => Error>();
CONSTRUCTORS.set('EvalError', EvalError);
CONSTRUCTORS.set('RangeError', RangeError);
CONSTRUCTORS.set('ReferenceError', ReferenceError);
CONSTRUCTORS.set('SyntaxError', SyntaxError);
CONSTRUCTORS.set('TypeError', TypeError);
CONSTRUCTORS.set('URIError', URIError);

/** HTML Standard §2.7.3, step for errors: name, message and stack, and `cause` as engines add it. */
export function cloneError(error: Error, remember: (copy: Error) => Error, clone: (part: unknown) => unknown): Error {
  const name = StringOf(ReflectGet(error, 'name'));
  const message = ReflectGetOwnPropertyDescriptor(error, 'message')?.value;
  const text: readonly string[] = message === undefined ? [] : [StringOf(message)];
  const copy = isInstance(DOMException, error)
    ? new DOMException(text[0], name)
    : ReflectConstruct(CONSTRUCTORS.get(name) ?? ErrorOf, text);
  remember(copy);
  const stack: unknown = ReflectGet(error, 'stack');
  if (typeof stack === 'string') define(copy, 'stack', stack);
  const cause = ReflectGetOwnPropertyDescriptor(error, 'cause');
  if (cause !== undefined && 'value' in cause) define(copy, 'cause', clone(cause.value));
  return copy;
}

function define(error: Error, key: string, value: unknown): void {
  defineValue(error, key, value, false);
}
