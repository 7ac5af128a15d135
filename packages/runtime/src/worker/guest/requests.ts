import type { BodyEncoding, GuestOp, ReplyForm } from '../guest-wire.ts';
import { SafeMap } from './collections.ts';
import { ask, tryAsk } from './host-call.ts';
import { JSONStringify } from './primordials.ts';

/** What to do with the answer to a request. Neither function may throw. */
export interface Waiter {
  fulfil(payload: string): void;
  refuse(code: string, message: string): void;
}

/** What goes out with a request: text to be sent as UTF-8, or bytes spelled as base64. */
export interface RequestBody {
  readonly encoding: BodyEncoding;
  readonly text: string;
}

const waiters = new SafeMap<string, Waiter>();

/**
 * Sends an effect to the host.
 *
 * @param op A record without a prototype: `Object.prototype.toJSON` must not be able to rewrite it (IS-038).
 * @returns The request's id, for `cancelRequest`.
 * @throws when the worker refuses, for example because no call is running.
 */
export function issueRequest(op: GuestOp, form: ReplyForm, waiter: Waiter, body?: RequestBody): string {
  const head = { __proto__: null, op, form, encoding: body?.encoding };
  // JSON text holds no line break of its own, so the first one ends it.
  const id = ask('request', body === undefined ? JSONStringify(head) : `${JSONStringify(head)}\n${body.text}`);
  waiters.set(id, waiter);
  return id;
}

/** Nobody waits any more. Unknown ids are ignored. */
export function cancelRequest(id: string): void {
  if (waiters.delete(id)) tryAsk('cancel', id);
}

export function fulfilRequest(id: string, payload: string): void {
  take(id)?.fulfil(payload);
}

export function refuseRequest(id: string, code: string, message: string): void {
  take(id)?.refuse(code, message);
}

/** A request of an earlier call never gets an answer; whoever still waits is told so when the next call starts. */
export function refuseLeftovers(): void {
  waiters.forEach((waiter, id) => {
    waiters.delete(id);
    waiter.refuse('call-ended', 'Cannot finish request: the call that made it has ended');
  });
}

function take(id: string): Waiter | undefined {
  const waiter = waiters.get(id);
  waiters.delete(id);
  return waiter;
}
