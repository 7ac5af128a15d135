import type { EffectRefusal } from '../../host/broker/effect.ts';
import { secretRefusal } from '../secret-codes.ts';
import type { SecretGrant } from '../secret-grants.ts';
import type { VaultRequest } from '../secret-vault.ts';

/** Headers that say who somebody is, by the words services use for them. */
const CREDENTIAL =
  /(?:^|-)(?:auth|authorization|authentication|authtoken|api-?key|apikey|access-key|app-?key|subscription-key|token|secret|password|credentials?|cookie2?|session(?:-?id)?|jwt)(?:$|-)/;

/**
 * A skill that brings a credential of its own to a host that gets one from carapace could carry data into somebody else's
 * account there, over a connection that is allowed. `taken`: headers whose value is replaced anyway.
 */
export function refuseOwnCredentials(
  { url, headers }: VaultRequest,
  bindings: readonly SecretGrant[],
  taken: { readonly headers: ReadonlySet<number>; readonly parameters: ReadonlySet<string> },
): EffectRefusal | undefined {
  const bound = bindings.filter(({ host }) => host === url.hostname);
  if (bound.length === 0) return undefined;
  const own = headers.find(([name], index) => !taken.headers.has(index) && isCredential(name.toLowerCase(), bound));
  if (own !== undefined) return secretRefusal('own-credential-header', remedy('header', own[0].toLowerCase()));
  const places = bound.flatMap(({ in: place }) => (place.kind === 'query' ? [place.query] : []));
  const parameter = [...url.searchParams.keys()].find((name) => places.includes(name) && !taken.parameters.has(name));
  return parameter === undefined ? undefined : secretRefusal('own-credential-query', remedy('parameter', parameter));
}

function isCredential(header: string, bound: readonly SecretGrant[]): boolean {
  return CREDENTIAL.test(header) || bound.some(({ in: place }) => place.kind === 'header' && place.header === header);
}

function remedy(what: string, name: string): string {
  return `send no ${what} "${name}", or declare its value under permissions.secrets and send the placeholder`;
}
