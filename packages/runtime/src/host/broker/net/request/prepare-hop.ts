import type { HeaderPair } from '../../../../protocol/messages.ts';
import type { SecretVault } from '../../../../secrets/secret-vault.ts';
import { limitRemedy } from '../../limit-remedy.ts';
import { type DialPlan, planDial } from '../dial/dial-plan.ts';
import type { WireRequest } from '../dial/transport.ts';
import type { NetMeter } from '../net-limits.ts';
import { NetFailure } from '../net-refusal.ts';
import type { Hop } from '../redirect/hop.ts';
import { askDecider } from './ask-decider.ts';
import { authorise, type TargetRules } from './authorise.ts';
import type { HostEgress } from './host-egress.ts';
import { addOwnHeaders } from './own-headers.ts';
import { headerBytes } from './request-headers.ts';

/** Whose requests these are. */
export interface CallIdentity {
  readonly skill: string;
  readonly tool: string;
}

/** What every request of one call is held against. */
export interface HopRules extends TargetRules {
  readonly identity: CallIdentity;
  readonly meter: NetMeter;
  readonly egress: HostEgress;
  readonly vault: SecretVault | undefined;
}

/** A request that may leave. It may hold secrets: for the socket alone. */
export interface PreparedHop {
  readonly request: WireRequest;
  readonly plan: DialPlan;
  /** Declared names of the secrets in it. */
  readonly secrets: readonly string[];
}

/**
 * Everything that stands between what a skill wants to send and the socket, in order: target, secrets that must not leave, the
 * operator's decider, budget, and last the secrets that may. Made anew for each redirect.
 *
 * @throws EffectFailure with the first check that says no
 */
export async function prepareHop(hop: Hop, rules: HopRules, signal: AbortSignal): Promise<PreparedHop> {
  authorise(hop.url, hop.verb, rules);
  refuseLeak(hop, rules.vault);
  const plain = addOwnHeaders(hop.headers);
  await askDecider(rules.policy, outboundRequest(hop, plain, rules.identity), signal);
  if (!rules.meter.charge('fetches', 1)) throw NetFailure.of('budget-fetches', limitRemedy('fetches'));
  const { url, headers, used } = await applySecrets(hop, plain, rules.vault);
  const path = `${url.pathname}${url.search}`;
  rules.egress.charge(hop.url.host, sizeOf(hop, path, headers));
  return {
    request: { origin: hop.url.origin, path, method: hop.verb, headers: headers.flat(), body: bodyOf(hop) },
    plan: planDial(hop.url, rules.policy),
    secrets: used,
  };
}

function refuseLeak({ url, headers, body }: Hop, vault: SecretVault | undefined): void {
  const refusal = vault?.scanOut({ url, headers, ...(body.kind === 'inline' ? { body: body.bytes } : {}) });
  if (refusal !== undefined) throw new NetFailure(refusal);
}

async function applySecrets(
  hop: Hop,
  headers: readonly HeaderPair[],
  vault: SecretVault | undefined,
): Promise<{ readonly url: URL; readonly headers: readonly HeaderPair[]; readonly used: readonly string[] }> {
  if (vault === undefined) return { url: hop.url, headers, used: [] };
  const answer = await vault.apply({
    url: hop.url,
    verb: hop.verb,
    headers,
    hop: hop.index,
    crossOrigin: hop.crossOrigin,
    ...(hop.body.kind === 'inline' ? { body: hop.body.bytes } : {}),
    streamed: hop.body.kind === 'stream',
  });
  if (answer.kind === 'refused') throw new NetFailure(answer);
  // The vault fills places in; where a request goes was decided before it was asked.
  if (answer.url.origin !== hop.url.origin || answer.url.pathname !== hop.url.pathname)
    throw new TypeError('Cannot send a request: putting secrets in has changed its target');
  return answer;
}

function outboundRequest(hop: Hop, headers: readonly HeaderPair[], identity: CallIdentity) {
  return {
    ...identity,
    method: hop.verb,
    url: hop.url.href,
    headerNames: headers.map(([name]) => name),
    hop: hop.index,
    bodyBytes: hop.body.kind === 'stream' ? undefined : hop.body.kind === 'inline' ? hop.body.bytes.byteLength : 0,
  };
}

/** What leaves: request line, the headers of the frame, the others, and a body that is sent whole; a stream is charged as it comes. */
function sizeOf(hop: Hop, path: string, headers: readonly HeaderPair[]): number {
  const bytes = hop.body.kind === 'inline' ? hop.body.bytes.byteLength : 0;
  const line = `${hop.verb} ${path} HTTP/1.1\r\n\r\n`.length;
  const frame: readonly HeaderPair[] = [
    ['host', hop.url.host],
    ['connection', 'keep-alive'],
    ...(hop.body.kind === 'inline' ? [['content-length', String(bytes)] as const] : []),
    ...(hop.body.kind === 'stream' ? [['transfer-encoding', 'chunked'] as const] : []),
  ];
  return line + headerBytes(frame) + headerBytes(headers) + bytes;
}

function bodyOf({ body }: Hop): WireRequest['body'] {
  switch (body.kind) {
    case 'none':
      return null;
    case 'inline':
      return body.bytes;
    case 'stream':
      return body.upload;
  }
}
