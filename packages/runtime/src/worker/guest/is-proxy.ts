import { stackGetter } from './error-stack.ts';
import {
  defineValue,
  ErrorOf,
  isInstance,
  ReflectDefineProperty,
  ReflectDeleteProperty,
  ReflectGetOwnPropertyDescriptor,
  ReflectSetPrototypeOf,
  TypeErrorOf,
} from './primordials.ts';

// Both are too new for, or unknown to, the type library.
const captureStackTrace: (target: object) => void = Reflect.get(ErrorOf, 'captureStackTrace');
const isError: ((value: unknown) => boolean) | undefined = Reflect.get(ErrorOf, 'isError');

/** What V8 says when it refuses a Proxy; nothing if it cannot be told from other refusals. */
const REFUSAL: string | undefined = calibrate();

/**
 * Whether a value is a Proxy. V8 attaches stack traces to ordinary objects only and refuses a Proxy before it looks at
 * it. A V8 that behaves differently makes this answer `false`, and a Proxy is then what its traps say it is.
 */
export function isProxy(value: object): boolean {
  return REFUSAL !== undefined && attempt(value) === REFUSAL;
}

function calibrate(): string | undefined {
  if (isError === undefined) return undefined;
  const refused = attempt(new Proxy({}, {}));
  const frozen = attempt(Object.freeze({}));
  return refused === frozen || attempt({}) !== undefined ? undefined : refused;
}

/** The message V8 refuses with, or nothing if it did not. Leaves an ordinary object as it was. */
function attempt(value: object): string | undefined {
  const own = ownDescriptor(value, 'stack');
  // An object that carries a stack would lose it, and is no Proxy either.
  if (isError?.(value) === true || (own?.get !== undefined && own.get === stackGetter)) return undefined;
  const limit = ownDescriptor(ErrorOf, 'stackTraceLimit');
  defineValue(ErrorOf, 'stackTraceLimit', 0, true);
  try {
    captureStackTrace(value);
  } catch (error) {
    return isInstance(TypeErrorOf, error) ? error.message : undefined;
  } finally {
    if (limit !== undefined) ReflectDefineProperty(ErrorOf, 'stackTraceLimit', limit);
  }
  // A tool may be called "stack".
  if (own === undefined) ReflectDeleteProperty(value, 'stack');
  else ReflectDefineProperty(value, 'stack', own);
  return undefined;
}

/** Without a prototype, so that it can be defined again whatever `Object.prototype` has on it by then. */
function ownDescriptor(value: object, key: string): PropertyDescriptor | undefined {
  try {
    const descriptor = ReflectGetOwnPropertyDescriptor(value, key);
    if (descriptor !== undefined) ReflectSetPrototypeOf(descriptor, null);
    return descriptor;
  } catch {
    return undefined;
  }
}
