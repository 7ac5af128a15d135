import type { Transport } from '../dial/transport.ts';
import type { NetLimits } from '../net-limits.ts';
import { NetFailure } from '../net-refusal.ts';
import type { Hop } from '../redirect/hop.ts';
import { nextHop, redirectTarget } from '../redirect/next-hop.ts';
import { type HopRules, prepareHop } from '../request/prepare-hop.ts';
import type { WireHead } from '../wire/wire-head.ts';
import { WireResponse } from '../wire/wire-response.ts';
import type { ExchangeTrail } from './exchange-trail.ts';

/** What a request and its redirects are sent with. */
export interface ChainParts {
  readonly rules: HopRules;
  readonly transport: Transport;
  readonly limits: NetLimits;
  readonly trail: ExchangeTrail;
  /** Aborts with a NetFailure as its reason. */
  readonly signal: AbortSignal;
  /** Told of each response before its request leaves. */
  readonly onWire: (wire: WireResponse) => void;
}

/** The response that ends a chain of redirects. `isOpaque`: it is a redirect that the guest wants to see as such. */
export interface ChainEnd {
  readonly hop: Hop;
  readonly head: WireHead;
  readonly wire: WireResponse;
  readonly isOpaque: boolean;
}

/**
 * Sends a request and follows its redirects, each of them judged like a request of its own. undici follows none: its own loop
 * forwards every header that is not on its short list.
 *
 * @throws EffectFailure
 */
export async function sendChain(first: Hop, mode: 'follow' | 'error' | 'manual', parts: ChainParts): Promise<ChainEnd> {
  let hop = first;
  for (;;) {
    if (hop.index > 0) parts.trail.addTarget(hop.url);
    const wire = await sendHop(hop, parts);
    const head = await wire.head;
    parts.trail.setContainment(parts.transport.containment(hop.url.origin));
    const location = redirectTarget(hop, head);
    if (location === undefined || mode === 'manual') return { hop, head, wire, isOpaque: location !== undefined };
    if (mode === 'error') throw NetFailure.of('redirect-error-mode');
    wire.dismiss();
    hop = nextHop(hop, head.status, location, parts.limits);
  }
}

async function sendHop(
  hop: Hop,
  { rules, transport, limits, trail, signal, onWire }: ChainParts,
): Promise<WireResponse> {
  const { request, plan, secrets } = await prepareHop(hop, rules, signal);
  const { body } = hop;
  const wire = new WireResponse(limits, (failure) => {
    if (body.kind === 'stream') body.upload.fail(failure);
  });
  onWire(wire);
  signal.throwIfAborted();
  trail.addHost(hop.url.host, secrets);
  transport.send(request, plan, wire);
  return wire;
}
