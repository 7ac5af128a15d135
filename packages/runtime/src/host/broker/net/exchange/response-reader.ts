import type { FetchHead } from '../../../../protocol/messages.ts';
import type { SecretVault } from '../../../../secrets/secret-vault.ts';
import type { NetLimits, NetMeter } from '../net-limits.ts';
import { contentCoding } from '../response/content-coding.ts';
import { DecodedBody } from '../response/decoded-body.ts';
import { inlineBody } from '../response/inline-body.ts';
import { MeteredBody } from '../response/metered-body.ts';
import { guestHeaders, guestStatusText } from '../response/response-headers.ts';
import type { ChainEnd } from './send-chain.ts';

/** A response as the guest gets it: the head, and the body at once, piece by piece or not at all. */
export interface GuestResponse {
  readonly head: FetchHead;
  /** The whole body, where `head.body` is `complete`. */
  readonly inline: Uint8Array | undefined;
  /** Where the rest comes from, where `head.body` is `stream`. */
  readonly body: MeteredBody | undefined;
  /** Bytes of the decoded body so far. */
  readonly bytes: () => number;
  readonly dispose: () => void;
}

export interface ReaderParts {
  readonly limits: NetLimits;
  readonly meter: NetMeter;
  readonly vault: SecretVault | undefined;
}

const NO_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

/** Makes the guest's response out of the last one of a chain. @throws EffectFailure */
export async function readResponse(end: ChainEnd, parts: ReaderParts): Promise<GuestResponse> {
  const { hop, head, wire, isOpaque } = end;
  if (isOpaque) {
    wire.dismiss();
    return bodiless(opaqueHead(end, parts));
  }
  if (hop.verb === 'HEAD' || NO_BODY.has(head.status)) {
    wire.dismiss();
    return bodiless({ ...plainHead(end, false, parts), body: 'none' });
  }
  const coding = contentCoding(head.headers);
  const decoded = coding === 'identity' ? undefined : new DecodedBody(wire, coding);
  const body = new MeteredBody(decoded ?? wire, parts.meter, parts.limits.pieceBytes, parts.vault?.scanIn());
  const dispose = (): void => decoded?.[Symbol.dispose]();
  try {
    const inline = await inlineBody(head, wire, body, parts.limits);
    const form = inline === undefined ? 'stream' : 'complete';
    const answer: FetchHead = { ...plainHead(end, decoded !== undefined, parts), body: form };
    return { head: answer, inline, body: inline === undefined ? body : undefined, bytes: () => body.bytes, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

function bodiless(head: FetchHead): GuestResponse {
  return { head, inline: undefined, body: undefined, bytes: () => 0, dispose: () => undefined };
}

function plainHead({ hop, head }: ChainEnd, isDecoded: boolean, { vault }: ReaderParts): Omit<FetchHead, 'body'> {
  const redact = (text: string): string => vault?.redactText(text) ?? text;
  return {
    status: head.status,
    statusText: guestStatusText(head.statusText, redact),
    headers: guestHeaders(head.headers, isDecoded, redact),
    url: redact(hop.url.href),
    redirected: hop.index > 0,
    type: 'basic',
  };
}

/** An opaque-redirect filtered response (Fetch standard, section 2.2.6): that there was a redirect, and nothing of it. */
function opaqueHead({ hop }: ChainEnd, { vault }: ReaderParts): FetchHead {
  const url = vault?.redactText(hop.url.href) ?? hop.url.href;
  return { status: 0, statusText: '', headers: [], url, redirected: false, type: 'opaqueredirect', body: 'none' };
}
