import ivm from 'isolated-vm';
import { type RefusalCode, SESSION_OPS, type SessionOp, WIRE_LIMITS } from './guest-wire.ts';

/** What an op is answered with. */
export type OpAnswer =
  | { readonly ok: true; readonly payload: string }
  | { readonly ok: false; readonly code: RefusalCode };

/** Where ops go: those that depend on the session's state, and those that are computed on the spot. */
export interface OpHandlers {
  session(op: SessionOp, payload: string): OpAnswer;
  readonly local: ReadonlyMap<string, (payload: string) => OpAnswer>;
}

const KNOWN_SESSION_OPS: ReadonlyMap<string, SessionOp> = new Map(SESSION_OPS.map((op) => [op, op]));

/**
 * The only host function that enters an isolate: synchronous, one string in, one string out. Synchronous so that a flood
 * of calls slows down its author instead of filling a queue (RS-083). It never throws, because an exception would carry
 * this realm's message and stack into the guest.
 */
export function createBridge(handlers: OpHandlers): ivm.Callback<(text: unknown) => string> {
  return new ivm.Callback((text: unknown): string => answerOp(handlers, text), { sync: true });
}

/** The bridge without the isolate around it. Also answers what no platform of ours would send. */
export function answerOp(handlers: OpHandlers, text: unknown): string {
  try {
    // Anything but a string was cloned with live shared memory in it, perhaps (BD-097). It is not looked at.
    if (typeof text !== 'string') return refusal('bad-op');
    if (text.length > WIRE_LIMITS.opLength) return refusal('too-long');
    const answer = dispatch(handlers, text);
    return answer.ok ? `+${answer.payload}` : refusal(answer.code);
  } catch {
    return refusal('internal');
  }
}

function dispatch(handlers: OpHandlers, text: string): OpAnswer {
  const end = text.indexOf('\n');
  const name = text.slice(0, Math.max(end, 0));
  const local = handlers.local.get(name);
  if (local !== undefined) return local(text.slice(end + 1));
  const session = KNOWN_SESSION_OPS.get(name);
  return session === undefined ? { ok: false, code: 'bad-op' } : handlers.session(session, text.slice(end + 1));
}

function refusal(code: RefusalCode): string {
  return `{"ok":false,"code":"${code}"}`;
}
