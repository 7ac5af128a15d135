import { assertNever } from '../assert-never.ts';
import { canonicalJson } from '../canonical-json.ts';
import { globIncludes } from '../glob.ts';
import type { SecretPermission, SecretPlace } from '../permission.ts';
import { parseUrlPathPattern } from '../url-path.ts';
import type { Widening } from './widening.ts';

/** Lists the secrets, and places secrets may go to, that `wanted` asks for beyond what `held` gives. */
export function uncoveredSecrets(
  held: readonly SecretPermission[],
  wanted: readonly SecretPermission[],
): readonly Widening[] {
  return wanted.flatMap((want) => {
    const sameName = held.filter((have) => have.name === want.name);
    if (sameName.some((have) => secretIncludes(have, want))) return [];
    const target = describeTarget(want);
    const kind = sameName.length === 0 ? 'secret' : 'secret-place';
    return [{ kind, subject: want.name, added: [target], message: `secret ${want.name} sent to ${target}` }];
  });
}

/** Tells whether a held secret may go wherever the wanted one may. */
function secretIncludes(have: SecretPermission, want: SecretPermission): boolean {
  const [wide, narrow] = [parseUrlPathPattern(have.path), parseUrlPathPattern(want.path)];
  const samePlace =
    have.name === want.name &&
    have.host === want.host &&
    have.port === want.port &&
    placeKey(have.in) === placeKey(want.in);
  return samePlace && wide !== undefined && narrow !== undefined && globIncludes(wide, narrow);
}

/** A place as text: equal places have equal texts. */
export function placeKey(place: SecretPlace): string {
  switch (place.kind) {
    case 'header':
      return `header ${place.header}: ${place.prefix}`;
    case 'query':
      return `query parameter ${place.query}`;
    case 'basic':
      return place.username === undefined ? 'basic authentication' : `basic authentication of ${place.username}`;
    case 'signature':
      return `signature ${place.signer} ${canonicalJson(place.options)}`;
    default:
      return assertNever(place);
  }
}

function describeTarget(secret: SecretPermission): string {
  const port = secret.port === 443 ? '' : `:${secret.port}`;
  return `https://${secret.host}${port}${secret.path} in ${placeKey(secret.in).trimEnd()}`;
}
