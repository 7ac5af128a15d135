import { NetFailure } from '../net-refusal.ts';
import type { OutboundRequest } from '../network-options.ts';
import type { NetworkPolicy } from '../network-policy.ts';

/**
 * Lets the operator's own code decide. It can only refuse: it is asked about what every rule has allowed already.
 *
 * @throws NetFailure `decider-*` for anything but an `allow` in time
 */
export async function askDecider(policy: NetworkPolicy, request: OutboundRequest, signal: AbortSignal): Promise<void> {
  const { onRequest, onRequestTimeoutMs } = policy;
  if (onRequest === undefined) return;
  const late = AbortSignal.timeout(onRequestTimeoutMs);
  const ended = AbortSignal.any([late, signal]);
  const decision = await Promise.race([settle(async () => await onRequest(request, ended)), whenAborted(ended)]);
  if (decision === 'allow') return;
  if (signal.aborted) throw NetFailure.of('aborted');
  if (decision === 'ended') throw NetFailure.of('decider-late');
  if (!isDenial(decision)) throw NetFailure.of('decider-failed');
  throw NetFailure.of('decider-denied', `network.onRequest: ${decision.deny}`);
}

async function settle(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask();
  } catch {
    return undefined;
  }
}

/** A word that no decider can say by accident and be let through with. */
async function whenAborted(signal: AbortSignal): Promise<'ended'> {
  if (signal.aborted) return 'ended';
  return await new Promise((resolve) => signal.addEventListener('abort', () => resolve('ended'), { once: true }));
}

function isDenial(decision: unknown): decision is { readonly deny: string } {
  return typeof decision === 'object' && decision !== null && 'deny' in decision && typeof decision.deny === 'string';
}
