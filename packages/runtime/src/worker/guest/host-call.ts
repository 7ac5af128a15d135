import type { Op } from '../guest-wire.ts';
import { SafeMap } from './collections.ts';
import {
  defineValue,
  ErrorOf,
  JSONParse,
  ObjectHasOwn,
  StringPrototypeCharCodeAt,
  StringPrototypeSlice,
} from './primordials.ts';

/** The one host function of this isolate: the argument of the closure that the whole platform is compiled into. */
declare const $0: (text: string) => string;
const send = $0;

const PLUS = 43;

const SENTENCES = new SafeMap<string, string>();
SENTENCES.set('bad-op', 'Cannot reach the host: the request is malformed');
SENTENCES.set('too-long', 'Cannot reach the host: the request is too long');
SENTENCES.set('call-ended', 'Cannot reach the host: no call is running');
SENTENCES.set('too-many-requests', 'Cannot reach the host: too many requests are pending');
SENTENCES.set('too-many-bytes', 'Cannot reach the host: too much is being sent at once, await what is under way');
SENTENCES.set('too-many-timers', 'Cannot set timer: too many timers are pending');
SENTENCES.set('too-many-decoders', 'Cannot decode: too many streaming decoders are open');
SENTENCES.set('no-such-endowment', 'Cannot reach the host: this skill was not granted that permission');
SENTENCES.set('internal', 'Cannot reach the host: the worker failed');

/** An error of this realm with a stable `carapaceCode`. */
function createHostError(carapaceCode: string, message: string): Error {
  const error = new ErrorOf(message);
  defineValue(error, 'carapaceCode', carapaceCode, true);
  return error;
}

export type Answer = { readonly ok: true; readonly payload: string } | { readonly ok: false; readonly code: string };

/** Asks the worker something that it answers at once. Never throws. */
export function tryAsk(op: Op, payload: string): Answer {
  let text: string;
  try {
    text = send(`${op}\n${payload}`);
  } catch {
    // A stack overflow inside the call arrives here with text of the worker's own realm. None of it may pass (IS-035).
    return { ok: false, code: 'internal' };
  }
  if (StringPrototypeCharCodeAt(text, 0) === PLUS) return { ok: true, payload: StringPrototypeSlice(text, 1) };
  return { ok: false, code: readCode(text) };
}

/** @throws an error of this realm when the worker refuses. */
export function ask(op: Op, payload: string): string {
  const answer = tryAsk(op, payload);
  if (answer.ok) return answer.payload;
  throw createRefusal(answer.code);
}

export function createRefusal(code: string): Error {
  return createHostError(code, SENTENCES.get(code) ?? SENTENCES.get('internal') ?? '');
}

function readCode(text: string): string {
  const parsed: unknown = JSONParse(text);
  if (typeof parsed !== 'object' || parsed === null || !ObjectHasOwn(parsed, 'code')) return 'internal';
  return 'code' in parsed && typeof parsed.code === 'string' ? parsed.code : 'internal';
}
