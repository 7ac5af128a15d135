import ivm from 'isolated-vm';
import { OPS, type Op, type RefusalCode, WIRE_LIMITS } from './guest-wire.ts';

/** What an op is answered with. */
export type OpAnswer =
  | { readonly ok: true; readonly payload: string }
  | { readonly ok: false; readonly code: RefusalCode };

export type OpHandler = (op: Op, payload: string) => OpAnswer;

const KNOWN_OPS: ReadonlyMap<string, Op> = new Map(OPS.map((op) => [op, op]));

/**
 * The only host function that enters an isolate: synchronous, one string in, one string out. Synchronous so that a flood
 * of calls slows down its author instead of filling a queue (RS 083). It never throws, because an exception would carry
 * this realm's message and stack into the guest.
 */
export function createBridge(handle: OpHandler): ivm.Callback<(text: unknown) => string> {
  return new ivm.Callback((text: unknown): string => answerOp(handle, text), { sync: true });
}

/** The bridge without the isolate around it. Also answers what no platform of ours would send. */
export function answerOp(handle: OpHandler, text: unknown): string {
  try {
    // Anything but a string was cloned with live shared memory in it, perhaps (BD 097). It is not looked at.
    if (typeof text !== 'string') return refusal('bad-op');
    if (text.length > WIRE_LIMITS.opLength) return refusal('too-long');
    const end = text.indexOf('\n');
    const op = KNOWN_OPS.get(text.slice(0, Math.max(end, 0)));
    if (op === undefined) return refusal('bad-op');
    const answer = handle(op, text.slice(end + 1));
    return answer.ok ? `+${answer.payload}` : refusal(answer.code);
  } catch {
    return refusal('internal');
  }
}

function refusal(code: RefusalCode): string {
  return `{"ok":false,"code":"${code}"}`;
}
