import type { EffectRefusal } from '../host/broker/effect.ts';
import type { HeaderPair } from '../protocol/messages.ts';
import { newPlaceholder } from './placeholder.ts';
import { type SecretRule, secretRefusal } from './secret-codes.ts';
import type { SecretGrant } from './secret-grants.ts';
import type { SecretStore } from './secret-store.ts';
import type { OutboundParts, OutboundScan, SecretVault, VaultAnswer, VaultRequest } from './secret-vault.ts';
import { awsSigv4 } from './signers/aws-sigv4.ts';
import { hmacSha256 } from './signers/hmac-sha256.ts';
import type { Signer } from './signers/signer.ts';
import { type Draft, type FilledPlacement, fillIn, signWith } from './vault/fill-in.ts';
import { matchGrant, type Placement } from './vault/match-grant.ts';
import { refuseOwnCredentials } from './vault/own-credentials.ts';
import { PlaceholderScan } from './vault/placeholder-scan.ts';
import { findPlaceholders, type Sighting } from './vault/sighting.ts';

/** What the vault of one call is made of. */
export interface VaultParts {
  readonly store: SecretStore;
  /** Secrets of the called tool. */
  readonly grants: readonly SecretGrant[];
  /** Secrets of the whole skill: their hosts take no credential from any of its tools. Default `grants`. */
  readonly bindings?: readonly SecretGrant[];
  /** By declared name, the name in the store. Default the same name. */
  readonly mapping?: Readonly<Record<string, string>>;
  /** Signers besides `hmac-sha256` and `aws-sigv4`, which they cannot replace. */
  readonly signers?: readonly Signer[];
  /** Ends with the call. */
  readonly signal?: AbortSignal;
  /** Time of day, for signatures. */
  readonly now?: () => Date;
}

type Step<Value> = { readonly value: Value } | { readonly refusal: EffectRefusal };

/** Opens the vault of one call, with placeholders nobody has seen before. */
export function openVault(parts: VaultParts): SecretVault {
  return new CallVault(parts);
}

class CallVault implements SecretVault {
  readonly placeholders: Readonly<Record<string, string>>;
  readonly #parts: VaultParts;
  readonly #signers: ReadonlyMap<string, Signer>;

  constructor(parts: VaultParts) {
    this.#parts = parts;
    const names = [...new Set(parts.grants.map(({ name }) => name))];
    const entries = names.map((name) => [name, newPlaceholder()] as const);
    this.placeholders = Object.freeze(Object.assign(Object.create(null), Object.fromEntries(entries)));
    const signers = [...(parts.signers ?? []), hmacSha256, awsSigv4];
    this.#signers = new Map(signers.map((signer) => [signer.name, signer]));
  }

  readonly apply = async (request: VaultRequest): Promise<VaultAnswer> => {
    const step = await this.#apply(withoutForeignPlaceholders(request, this.placeholders));
    return 'refusal' in step ? { kind: 'refused', ...step.refusal } : { kind: 'applied', ...step.value };
  };

  readonly scanOut = ({ url, headers = [], body }: OutboundParts): EffectRefusal | undefined => {
    const { redactor } = this.#parts.store;
    // NUL stands in no value and in no header, so nothing is found across two of these texts.
    const text = [...(url === undefined ? [] : [url.href]), ...headers.flat()].join('\0');
    return redactor.redactText(text).count > 0 || (body !== undefined && redactor.contains(body))
      ? secretRefusal('secret-leak')
      : undefined;
  };

  readonly scanOutBody = (): OutboundScan => {
    const values = this.#parts.store.redactor.stream();
    const placeholders = new PlaceholderScan(Object.values(this.placeholders));
    return {
      push: (chunk) => {
        if (placeholders.push(chunk)) return secretRefusal('secret-in-body');
        values.transform(chunk);
        return values.met ? secretRefusal('secret-leak') : undefined;
      },
    };
  };

  readonly scanIn: SecretVault['scanIn'] = () => this.#parts.store.redactor.stream();

  readonly redactText = (text: string): string => this.#parts.store.redactor.redactText(text).text;

  async #apply(request: VaultRequest): Promise<Step<Draft & { readonly used: readonly string[] }>> {
    const placed = this.#place(request);
    if ('refusal' in placed) return placed;
    const filled = await this.#resolve(placed.value);
    if ('refusal' in filled) return filled;
    let draft: Draft = request;
    for (const placement of filled.value.toSorted(signaturesLast)) {
      const step = await this.#fill(draft, placement, request);
      if ('refusal' in step) return step;
      draft = step.draft;
    }
    return { value: { url: draft.url, headers: draft.headers, used: placed.value.map(({ grant }) => grant.name) } };
  }

  /** Every placeholder has its place, each only one, and the skill brings no credential besides. */
  #place(request: VaultRequest): Step<readonly Placement[]> {
    const { grants, bindings = grants } = this.#parts;
    const sightings = findPlaceholders(request, this.placeholders);
    // A server behind another origin cannot know a placeholder: the skill has told it.
    if (request.crossOrigin && sightings.length > 0) return { refusal: secretRefusal('secret-in-url') };
    if (new Set(sightings.map(({ name }) => name)).size < sightings.length || sharesHeader(sightings))
      return { refusal: secretRefusal('secret-repeated') };
    const placements: Placement[] = [];
    for (const sighting of sightings) {
      const match = matchGrant(sighting, request.url, grants, this.#signers);
      if ('refusal' in match) return match;
      placements.push(match.placement);
    }
    const taken = {
      headers: new Set(sightings.flatMap((sighting) => ('index' in sighting ? [sighting.index] : []))),
      parameters: new Set(sightings.flatMap((sighting) => ('parameter' in sighting ? [sighting.parameter] : []))),
    };
    const refusal =
      refuseOwnCredentials(request, bindings, this.#signers, taken) ?? refuseDouble(request.url, taken.parameters);
    return refusal === undefined ? { value: placements } : { refusal };
  }

  async #resolve(placements: readonly Placement[]): Promise<Step<readonly FilledPlacement[]>> {
    const { store, mapping = {}, signal } = this.#parts;
    const filled: FilledPlacement[] = [];
    for (const placement of placements) {
      const { name } = placement.grant;
      const stored = Object.hasOwn(mapping, name) ? (mapping[name] ?? name) : name;
      const found = await store.resolve(stored, signal);
      if (found.kind !== 'found') {
        const rule: SecretRule = found.kind === 'missing' ? 'secret-missing' : 'secret-source-failed';
        const state = found.kind === 'failed' ? found.failure.message : `a source with a value for ${stored}`;
        return { refusal: secretRefusal(rule, `secrets: ${state}`) };
      }
      filled.push({ ...placement, secret: found.secret });
    }
    return { value: filled };
  }

  async #fill(draft: Draft, placement: FilledPlacement, request: VaultRequest): ReturnType<typeof signWith> {
    const { in: place } = placement.grant;
    if (place.kind !== 'signature') return fillIn(draft, placement);
    const signer = this.#signers.get(place.signer);
    if (signer === undefined)
      return { refusal: secretRefusal('signer-unknown', `signers: one named "${place.signer}"`) };
    if (request.streamed === true) return { refusal: secretRefusal('signer-streamed-body') };
    return signWith(signer, draft, placement, request, this.#parts.now?.() ?? new Date());
  }
}

/** Behind another origin no secret is sent any more, and a header that only carried one has no meaning left. */
function withoutForeignPlaceholders(
  request: VaultRequest,
  placeholders: Readonly<Record<string, string>>,
): VaultRequest {
  if (!request.crossOrigin) return request;
  const sightings = findPlaceholders({ url: request.url, headers: request.headers }, placeholders);
  const dropped = new Set(sightings.flatMap((sighting) => ('index' in sighting ? [sighting.index] : [])));
  const headers: readonly HeaderPair[] = request.headers.filter((_, index) => !dropped.has(index));
  return { ...request, headers };
}

/** Two values for one parameter: which one counts is the server's guess. */
function refuseDouble(url: URL, parameters: ReadonlySet<string>): EffectRefusal | undefined {
  const isDouble = [...parameters].some((name) => url.searchParams.getAll(name).length > 1);
  return isDouble ? secretRefusal('own-credential-query') : undefined;
}

function sharesHeader(sightings: readonly Sighting[]): boolean {
  const indexes = sightings.flatMap((sighting) => ('index' in sighting ? [sighting.index] : []));
  return new Set(indexes).size < indexes.length;
}

function signaturesLast(a: FilledPlacement, b: FilledPlacement): number {
  return Number(a.grant.in.kind === 'signature') - Number(b.grant.in.kind === 'signature');
}
