import { defineValue, ErrorOf, ReflectGet, TypeErrorOf } from '../../primordials.ts';

/**
 * The one error that `fetch` and the reading of a response fail with, as in Node: a TypeError whose `cause` says why. `code` of
 * the cause and `carapaceCode` are the host's code, its sentence is the message of the cause.
 */
export function createFetchError(carapaceCode: string, sentence: string): TypeError {
  const cause = new ErrorOf(sentence);
  defineValue(cause, 'code', carapaceCode, true);
  const error = failedBecauseOf(cause);
  defineValue(error, 'carapaceCode', carapaceCode, true);
  return error;
}

export function failedBecauseOf(cause: unknown): TypeError {
  const error = new TypeErrorOf('fetch failed');
  defineValue(error, 'cause', cause, false);
  return error;
}

/** What the worker has refused at once, in the same shape. */
export function fromRefusal(refusal: unknown): TypeError {
  if (typeof refusal !== 'object' || refusal === null) return failedBecauseOf(refusal);
  const code: unknown = ReflectGet(refusal, 'carapaceCode');
  const message: unknown = ReflectGet(refusal, 'message');
  if (typeof code !== 'string' || typeof message !== 'string') return failedBecauseOf(refusal);
  return createFetchError(code, message);
}
