import type { BodyEncoding, GuestOp, ReplyForm } from '../guest-wire.ts';
import { decodeBase64 } from './base64.ts';
import { type Bytes, joinBytes } from './byte-pieces.ts';
import { append, createList, type List, SafeMap } from './collections.ts';
import { ask, tryAsk } from './host-call.ts';
import { JSONStringify } from './primordials.ts';

/** What to do with the answer to a request. Neither function may throw. */
export interface Waiter {
  /** @param bytes The body of an answer that was asked for in pieces; nothing with every other form. */
  fulfil(payload: string, bytes: Bytes | undefined): void;
  refuse(code: string, message: string): void;
}

/** What goes out with a request: text to be sent as UTF-8, or bytes spelled as base64. */
export interface RequestBody {
  readonly encoding: BodyEncoding;
  readonly text: string;
}

const waiters = new SafeMap<string, Waiter>();
/** By request, what has come of a body that was asked for in pieces. */
const pieces = new SafeMap<string, List<Bytes>>();

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
  if (take(id) !== undefined) tryAsk('cancel', id);
}

export function keepPiece(id: string, base64: string): void {
  if (!waiters.has(id)) return;
  const list = pieces.get(id) ?? createList<Bytes>();
  append(list, decodeBase64(base64));
  pieces.set(id, list);
}

export function fulfilRequest(id: string, form: string, payload: string): void {
  if (form !== 'pieces') {
    take(id)?.fulfil(payload, undefined);
    return;
  }
  keepPiece(id, payload);
  const list = pieces.get(id) ?? createList<Bytes>();
  take(id)?.fulfil('', list.length === 1 ? list[0] : joinBytes(list));
}

export function refuseRequest(id: string, code: string, message: string): void {
  take(id)?.refuse(code, message);
}

/** A request of an earlier call never gets an answer; whoever still waits is told so when the next call starts. */
export function refuseLeftovers(): void {
  waiters.forEach((waiter, id) => {
    waiters.delete(id);
    pieces.delete(id);
    waiter.refuse('call-ended', 'Cannot finish request: the call that made it has ended');
  });
}

function take(id: string): Waiter | undefined {
  const waiter = waiters.get(id);
  waiters.delete(id);
  pieces.delete(id);
  return waiter;
}
