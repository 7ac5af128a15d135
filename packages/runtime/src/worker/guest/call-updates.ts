import { WIRE_LIMITS } from '../guest-wire.ts';
import { tryAsk } from './host-call.ts';
import { JSONStringify, ObjectFreeze, StringPrototypeSlice, TypeErrorOf } from './primordials.ts';

/** What an author may say about how far a call has come. */
interface Progress {
  readonly progress?: unknown;
  readonly total?: unknown;
  readonly message?: unknown;
}

/** Number.MAX_SAFE_INTEGER, which a skill could have replaced by now. */
const MAX_FIGURE = 9_007_199_254_740_991;

/**
 * `context.progress`. No effect outside a call, and none that the caller could feel beyond a limit: the host ends a call
 * that reports too much.
 *
 * @throws {TypeError} for anything but a text or a record of figures and a message.
 */
export const reportProgress: (update: unknown) => void = ObjectFreeze((update: unknown): void => {
  const { progress, total, message } = toProgress(update);
  if (progress === undefined && message === undefined)
    throw new TypeErrorOf('Cannot report progress: neither "progress" nor "message" is given');
  const report = {
    __proto__: null,
    progress: toFigure('progress', progress),
    total: toFigure('total', total),
    message: toMessage(message),
  };
  tryAsk('progress', JSONStringify(report));
});

/**
 * `context.partial`: appends to a preview of the result.
 *
 * @throws {TypeError} for anything but a text.
 */
export const sendPartial: (text: unknown) => void = ObjectFreeze((text: unknown): void => {
  if (typeof text !== 'string') throw new TypeErrorOf('Cannot send partial result: it is not a string');
  for (let from = 0; from < text.length; from += WIRE_LIMITS.partialOpLength) {
    if (!tryAsk('partial', StringPrototypeSlice(text, from, from + WIRE_LIMITS.partialOpLength)).ok) return;
  }
});

function toProgress(update: unknown): Progress {
  if (typeof update === 'string') return { message: update };
  if (typeof update === 'object' && update !== null) return update;
  throw new TypeErrorOf('Cannot report progress: it is neither a string nor an object');
}

function toFigure(name: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  // NaN fails the comparison as well.
  if (typeof value === 'number' && value >= 0 && value <= MAX_FIGURE) return value;
  throw new TypeErrorOf(`Cannot report progress: "${name}" is not a number from 0 to 2^53 - 1`);
}

function toMessage(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value !== 'string') throw new TypeErrorOf('Cannot report progress: "message" is not a string');
  return StringPrototypeSlice(value, 0, WIRE_LIMITS.progressMessageBytes);
}
