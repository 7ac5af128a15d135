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
  const isShort = length !== undefined && Number(length) <= limits.inlineBytes;
  // A short body of known length may be a packet behind its head.
  await wire.whenSettled(AbortSignal.timeout(isShort ? limits.inlineWaitMs : 0));
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
