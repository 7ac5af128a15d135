import { setImmediate } from 'node:timers/promises';
import type { NetLimits } from '../net-limits.ts';
import type { WireHead } from '../wire/wire-head.ts';
import type { WireResponse } from '../wire/wire-response.ts';
import type { MeteredBody } from './metered-body.ts';

/**
 * The whole body, if it is short and all there, so that a usual answer of an API costs the guest one request to the host and not
 * three. Otherwise undefined, and nothing of the body is lost.
 */
export async function inlineBody(
  head: WireHead,
  wire: WireResponse,
  body: MeteredBody,
  limits: NetLimits,
): Promise<Uint8Array | undefined> {
  const length = head.headers.find(([name]) => name === 'content-length')?.[1];
  if (length !== undefined && Number(length) > limits.inlineBytes) return undefined;
  // A body may be a packet behind its head; where its length says that it will be short, it is worth waiting for.
  await settledWithin(wire, length === undefined ? 0 : limits.inlineWaitMs);
  if (!wire.isComplete || wire.received > limits.inlineBytes) return undefined;
  // undici gives a connection back one turn after the end of its response; without it the next request would open another.
  await setImmediate();
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const piece = await body.pull();
    if (piece === undefined) return Buffer.concat(pieces, bytes);
    pieces.push(piece);
    bytes += piece.byteLength;
    if (bytes <= limits.inlineBytes) continue;
    body.unread(pieces);
    return undefined;
  }
}

/** Not AbortSignal.timeout: its timer would go on after the wait and then build an error, with a stack, for each request. */
async function settledWithin(wire: WireResponse, waitMs: number): Promise<void> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(LATE), waitMs);
  await wire.whenSettled(late.signal);
  clearTimeout(timer);
}

const LATE = 'late';
