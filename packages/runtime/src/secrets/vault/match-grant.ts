import { assertNever, type SecretPlace } from '@carapace/manifest/base';
import type { EffectRefusal } from '../../host/broker/effect.ts';
import { type SecretRule, secretRefusal } from '../secret-codes.ts';
import type { SecretGrant } from '../secret-grants.ts';
import type { Signer } from '../signers/signer.ts';
import type { Sighting } from './sighting.ts';

/** A placeholder that stands where its secret may go. */
export interface Placement {
  readonly sighting: Sighting;
  readonly grant: SecretGrant;
}

const RULE_OF: Readonly<Record<Sighting['where'], SecretRule>> = {
  query: 'secret-in-query',
  url: 'secret-in-url',
  header: 'secret-in-header',
  basic: 'secret-in-basic',
  'header-name': 'secret-in-header-name',
  body: 'secret-in-body',
};

/** The grant that lets a secret go where its placeholder stands, or the first condition that no grant meets. */
export function matchGrant(
  sighting: Sighting,
  url: URL,
  grants: readonly SecretGrant[],
  signers: ReadonlyMap<string, Signer>,
): { readonly placement: Placement } | { readonly refusal: EffectRefusal } {
  const conditions: readonly (readonly [SecretRule, (grant: SecretGrant) => boolean])[] = [
    [RULE_OF[sighting.where], (grant) => grant.name === sighting.name && isPlace(grant.in, sighting, signers)],
    ['secret-scheme', () => url.protocol === 'https:'],
    ['secret-host', ({ host }) => host === url.hostname],
    ['secret-port', ({ port }) => port === portOf(url)],
    ['secret-path', ({ coversPath }) => coversPath(url.pathname)],
  ];
  let left = grants;
  for (const [rule, holds] of conditions) {
    const next = left.filter(holds);
    if (next.length === 0) return { refusal: secretRefusal(rule, remedy(rule, url, left, sighting)) };
    left = next;
  }
  const [grant] = left;
  if (grant === undefined) throw new TypeError('Cannot match a secret: no condition was given');
  return { placement: { sighting, grant } };
}

function isPlace(place: SecretPlace, sighting: Sighting, signers: ReadonlyMap<string, Signer>): boolean {
  switch (place.kind) {
    case 'header':
      return isHeader(sighting, place.header, place.prefix);
    case 'query':
      return sighting.where === 'query' && sighting.parameter === place.query;
    case 'basic':
      return sighting.where === 'basic' && (place.username ?? sighting.username) === sighting.username;
    case 'signature':
      return isSigned(sighting, place, signers.get(place.signer));
    default:
      return assertNever(place);
  }
}

/** A signer that nobody has is reported as that, so any header of its own will do here. */
function isSigned(sighting: Sighting, place: SecretPlace & { kind: 'signature' }, signer: Signer | undefined): boolean {
  if (sighting.where !== 'header') return false;
  return isHeader(sighting, signer === undefined ? sighting.header : signer.header(place.options), '');
}

function isHeader(sighting: Sighting, header: string | undefined, prefix: string): boolean {
  return sighting.where === 'header' && sighting.header === header && sighting.value === prefix + sighting.placeholder;
}

function portOf(url: URL): number {
  return url.port === '' ? 443 : Number(url.port);
}

/** Nothing could allow plain http, and a place is wrong rather than missing: the skill has to write it elsewhere. */
function remedy(rule: SecretRule, url: URL, left: readonly SecretGrant[], { name }: Sighting): string | undefined {
  const grant = left.find((each) => each.name === name);
  if (grant === undefined || rule === 'secret-scheme') return undefined;
  if (rule.startsWith('secret-in-')) return `send the placeholder of ${name} only where permissions.secrets says`;
  const entry = { name, host: url.hostname, port: portOf(url), path: url.pathname };
  return `permissions.secrets: ${JSON.stringify(entry)} with the same "in"`;
}
