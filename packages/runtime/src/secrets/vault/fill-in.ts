import type { EffectRefusal } from '../../host/broker/effect.ts';
import type { HeaderPair } from '../../protocol/messages.ts';
import { secretRefusal } from '../secret-codes.ts';
import type { SecretValue } from '../secret-value.ts';
import type { VaultRequest } from '../secret-vault.ts';
import type { Signature, Signer } from '../signers/signer.ts';
import type { Placement } from './match-grant.ts';

/** A request while secrets are put in. */
export interface Draft {
  readonly url: URL;
  readonly headers: readonly HeaderPair[];
}

/** A placement with the value that goes there. */
export interface FilledPlacement extends Placement {
  readonly secret: SecretValue;
}

type Filled = { readonly draft: Draft } | { readonly refusal: EffectRefusal };

/** What HTTP carries in a header unharmed (RFC 9110, 5.5). */
const VISIBLE = /^[\x20-\x7e]*$/;

/** Puts a value in place of its placeholder. Signatures come later: they cover what this makes. */
export function fillIn(draft: Draft, { sighting, grant, secret }: FilledPlacement): Filled {
  const value = secret.reveal();
  if (sighting.where === 'query') return fillQuery(draft, sighting.placeholder, value);
  if (sighting.where === 'basic') return setHeader(draft, sighting.index, basic(sighting.username, value));
  if (sighting.where === 'header' && grant.in.kind === 'header')
    return setHeader(draft, sighting.index, grant.in.prefix + value);
  return { refusal: secretRefusal('secret-unfit') };
}

/** Only the placeholder changes: every other byte of the query stays as the skill wrote it. */
function fillQuery({ url, headers }: Draft, placeholder: string, value: string): Filled {
  const filled = new URL(url);
  filled.search = url.search.replace(placeholder, () => encodeURIComponent(value));
  return { draft: { url: filled, headers } };
}

/** The user name goes back byte for byte as it came; the password as UTF-8 (RFC 7617, 2.1). */
function basic(username: string, value: string): string {
  const bytes = Buffer.concat([Buffer.from(`${username}:`, 'latin1'), Buffer.from(value, 'utf8')]);
  return `Basic ${bytes.toString('base64')}`;
}

function setHeader({ url, headers }: Draft, index: number, value: string): Filled {
  if (!VISIBLE.test(value)) return { refusal: secretRefusal('secret-unfit') };
  return { draft: { url, headers: headers.map((pair, at) => (at === index ? [pair[0], value] : pair)) } };
}

/** Replaces the placeholder by a signature over the request as it will be sent. */
export async function signWith(
  signer: Signer,
  draft: Draft,
  { sighting, grant, secret }: FilledPlacement,
  request: VaultRequest,
  now: Date,
): Promise<Filled> {
  if (sighting.where !== 'header' || grant.in.kind !== 'signature') return { refusal: secretRefusal('signer-failed') };
  const headers = draft.headers.filter(([name]) => name.toLowerCase() !== sighting.header);
  let signature: Signature;
  try {
    signature = await signer.sign({
      method: request.verb,
      url: new URL(draft.url),
      headers,
      body: request.body ?? new Uint8Array(0),
      secret: secret.reveal(),
      options: grant.in.options,
      now,
    });
  } catch {
    // What the signer threw may hold the key; the operator learns which secret and which signer.
    return { refusal: secretRefusal('signer-failed', `secret ${grant.name} in the form that ${signer.name} wants`) };
  }
  return addSignature({ url: draft.url, headers }, signature);
}

function addSignature({ url, headers }: Draft, signature: Signature): Filled {
  if (!signature.headers.every(([, value]) => VISIBLE.test(value))) return { refusal: secretRefusal('signer-failed') };
  const replaced = new Set(signature.headers.map(([name]) => name.toLowerCase()));
  const kept = headers.filter(([name]) => !replaced.has(name.toLowerCase()));
  const signed = new URL(url);
  const pairs = (signature.query ?? []).map((pair) => pair.map(encodeURIComponent).join('='));
  if (pairs.length > 0) signed.search = [url.search.slice(1), ...pairs].filter((part) => part !== '').join('&');
  return { draft: { url: signed, headers: [...kept, ...signature.headers] } };
}
