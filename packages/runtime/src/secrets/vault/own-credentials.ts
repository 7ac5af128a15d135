import type { EffectRefusal } from '../../host/broker/effect.ts';
import { secretRefusal } from '../secret-codes.ts';
import type { SecretGrant } from '../secret-grants.ts';
import type { VaultRequest } from '../secret-vault.ts';
import type { Signer } from '../signers/signer.ts';

/** Headers that say who somebody is, by the words services use for them. */
const CREDENTIAL =
  /(?:^|-)(?:auth|authorization|authentication|authtoken|api-?key|apikey|access-key|app-?key|subscription-key|token|secret|password|credentials?|cookie2?|session(?:-?id)?|jwt|signature)(?:$|-)/;

/** The same in a query, without the words that also name a page or a sort order. */
const QUERY_CREDENTIAL =
  /^(?:api[_-]?key|(?:access|auth|private|bearer)[_-]?token|client[_-]?secret|x-(?:amz|goog)-(?:credential|signature|security-token))$/i;

/**
 * A skill that brings a credential of its own to a host that gets one from carapace could carry data into somebody else's
 * account there, over a connection that is allowed. `taken`: headers whose value is replaced anyway.
 */
export function refuseOwnCredentials(
  { url, headers }: VaultRequest,
  bindings: readonly SecretGrant[],
  signers: ReadonlyMap<string, Signer>,
  taken: { readonly headers: ReadonlySet<number>; readonly parameters: ReadonlySet<string> },
): EffectRefusal | undefined {
  const bound = bindings.filter(({ host }) => host === url.hostname);
  if (bound.length === 0) return undefined;
  const boundHeaders = new Set(bound.map((grant) => headerOf(grant, signers)));
  const own = headers.find(([name], index) => {
    // Servers that follow CGI read an underscore as a hyphen.
    const header = name.toLowerCase().replaceAll('_', '-');
    return !taken.headers.has(index) && (CREDENTIAL.test(header) || boundHeaders.has(header));
  });
  if (own !== undefined) return secretRefusal('own-credential-header', remedy('header', own[0].toLowerCase()));
  const places = bound.flatMap(({ in: place }) => (place.kind === 'query' ? [place.query] : []));
  const parameter = [...url.searchParams.keys()].find(
    (name) => (places.includes(name) || QUERY_CREDENTIAL.test(name)) && !taken.parameters.has(name),
  );
  return parameter === undefined ? undefined : secretRefusal('own-credential-query', remedy('parameter', parameter));
}

function headerOf({ in: place }: SecretGrant, signers: ReadonlyMap<string, Signer>): string | undefined {
  if (place.kind === 'header') return place.header;
  return place.kind === 'signature' ? signers.get(place.signer)?.header(place.options) : undefined;
}

function remedy(what: string, name: string): string {
  return `send no ${what} "${name}", or declare its value under permissions.secrets and send the placeholder`;
}
