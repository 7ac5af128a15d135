import { WIRE_LIMITS } from '../guest-wire.ts';
import { JSONStringify, ReflectGet, StringOf, StringPrototypeSlice } from './primordials.ts';

export type Stage = 'load' | 'entry' | 'run' | 'output';

/** A failure of ours, with nothing of the skill's in it. */
export function failureText(stage: Stage, name: string, message: string): string {
  return encode(stage, name, message, '');
}

/**
 * Any thrown value as JSON, cut to size before it is copied anywhere (RS-079). Getters of a hostile error run here, in
 * the isolate and inside the host's deadline (IS-054, RS-061); what they throw is ignored.
 */
export function describeThrown(stage: Stage, thrown: unknown): string {
  if ((typeof thrown === 'object' && thrown !== null) || typeof thrown === 'function') {
    // Every function has a name, which is not that of an error.
    const name = typeof thrown === 'function' ? undefined : readText(thrown, 'name');
    const message = withRefusal(thrown, readText(thrown, 'message'));
    const stack = readText(thrown, 'stack');
    if (name !== undefined || message !== undefined || stack !== undefined) {
      return encode(stage, name ?? 'Error', message ?? '', stack ?? '');
    }
    return encode(stage, 'Error', `The skill threw a value of type ${typeof thrown}`, '');
  }
  return encode(stage, 'Error', `The skill threw ${primitiveText(thrown)}`, '');
}

/**
 * Where the host has refused a `fetch`, the standard's error says only that it failed. Whoever reads the result is told why as
 * well, in the host's sentence and with its code; a skill may forge both, as it may any message.
 */
function withRefusal(thrown: object, message: string | undefined): string | undefined {
  if (message !== FETCH_FAILED) return message;
  const code = readText(thrown, 'carapaceCode');
  const cause = readCause(thrown);
  const sentence = cause === undefined ? undefined : readText(cause, 'message');
  return code === undefined || sentence === undefined ? message : `${message}: ${sentence} (${code})`;
}

const FETCH_FAILED = 'fetch failed';

function readCause(thrown: object): object | undefined {
  try {
    const cause: unknown = ReflectGet(thrown, 'cause');
    return typeof cause === 'object' && cause !== null ? cause : undefined;
  } catch {
    return undefined;
  }
}

function primitiveText(value: unknown): string {
  if (typeof value === 'string') return JSONStringify(StringPrototypeSlice(value, 0, WIRE_LIMITS.failureMessageBytes));
  // Turning a huge BigInt into decimal digits cannot be interrupted (RS-067).
  return typeof value === 'bigint' ? 'a BigInt' : StringOf(value);
}

function readText(thrown: object, key: string): string | undefined {
  try {
    const value: unknown = ReflectGet(thrown, key);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function encode(stage: Stage, name: string, message: string, stack: string): string {
  return JSONStringify({
    __proto__: null,
    stage,
    name: StringPrototypeSlice(name, 0, WIRE_LIMITS.failureNameBytes),
    message: StringPrototypeSlice(message, 0, WIRE_LIMITS.failureMessageBytes),
    // Mapping a stack shortens lines as often as it lengthens them, so twice the final size is kept here.
    stack: StringPrototypeSlice(stack, 0, 2 * WIRE_LIMITS.failureStackBytes),
  });
}
