import { createRedactor, type LiveRedactor, type Redactor } from './redact/redactor.ts';
import { SecretFailure } from './secret-failure.ts';
import type { SecretReading, SecretSource } from './secret-source.ts';
import { acceptSecret, type SecretValue } from './secret-value.ts';

/** What a name stands for now. */
export type SecretResolution =
  | { readonly kind: 'found'; readonly secret: SecretValue }
  | { readonly kind: 'missing' }
  /** A source failed, or gave a value that cannot be used. A value whose lease is over is not used on. */
  | { readonly kind: 'failed'; readonly failure: SecretFailure };

/** All secrets of one runtime. */
export interface SecretStore {
  /** Looks for every value the store has had of late. Synchronous, and nothing to do without secrets. */
  readonly redactor: Redactor;
  /** The value under a name, from the first source that has it. Asks the source again when a lease is over. Never rejects. */
  readonly resolve: (name: string, signal?: AbortSignal) => Promise<SecretResolution>;
  /** Resolves names that will be needed, so that redaction knows their values before anything runs. */
  readonly prepare: (names: readonly string[]) => Promise<ReadonlyMap<string, SecretResolution>>;
  /** Ends the leases of one name, or of all: the next use asks the source. */
  readonly rotate: (name?: string) => void;
}

export interface SecretStoreOptions {
  /** Asked in this order. */
  readonly sources: readonly SecretSource[];
  /** Time a value may be used before its source is asked again. Default 5 minutes. */
  readonly leaseMs?: number;
  /** Time a value that has been replaced is still looked for; longer than any call. Default 15 minutes. */
  readonly keepMs?: number;
  /** Milliseconds that never run backwards. */
  readonly now?: () => number;
}

interface Lease {
  readonly secret: SecretValue;
  readonly source: SecretSource;
  readonly revision: string | undefined;
  readonly endsAt: number;
}

interface Issued {
  readonly secret: SecretValue;
  /** Absent while it is the current value of some source. */
  replacedAt?: number;
}

const NEVER_ABORTED: AbortSignal = new AbortController().signal;

/**
 * Reads every secret the sources can tell by name.
 *
 * @throws SecretFailure when a source cannot be used or a value is not acceptable: better now than in the middle of a call
 */
export async function openSecretStore(options: SecretStoreOptions): Promise<SecretStore> {
  const store = new LeasedSecrets(options);
  await store.readAll();
  return {
    redactor: store.redactor,
    resolve: (name, signal = NEVER_ABORTED) => store.resolve(name, signal),
    prepare: (names) => store.prepare(names),
    rotate: (name) => store.rotate(name),
  };
}

class LeasedSecrets {
  readonly redactor: LiveRedactor = createRedactor();
  readonly #sources: readonly SecretSource[];
  readonly #leaseMs: number;
  readonly #keepMs: number;
  readonly #now: () => number;
  readonly #leases = new Map<string, Lease>();
  readonly #reads = new Map<string, Promise<SecretResolution>>();
  #issued: Issued[] = [];

  constructor({
    sources,
    leaseMs = 300_000,
    keepMs = 900_000,
    now = performance.now.bind(performance),
  }: SecretStoreOptions) {
    this.#sources = sources;
    this.#leaseMs = leaseMs;
    this.#keepMs = keepMs;
    this.#now = now;
  }

  async readAll(): Promise<void> {
    for (const source of this.#sources) {
      for (const name of await source.names()) await this.#readFrom(source, name, NEVER_ABORTED);
    }
  }

  async prepare(names: readonly string[]): Promise<ReadonlyMap<string, SecretResolution>> {
    const found = new Map<string, SecretResolution>();
    for (const name of new Set(names)) found.set(name, await this.resolve(name, NEVER_ABORTED));
    return found;
  }

  rotate(name?: string): void {
    if (name === undefined) this.#leases.clear();
    else this.#leases.delete(name);
  }

  async resolve(name: string, signal: AbortSignal): Promise<SecretResolution> {
    const lease = this.#leases.get(name);
    if (lease !== undefined && (await this.#isCurrent(name, lease))) return { kind: 'found', secret: lease.secret };
    // Calls that need the same secret at once ask its source once.
    const running = this.#reads.get(name) ?? this.#readAnew(name, signal).finally(() => this.#reads.delete(name));
    this.#reads.set(name, running);
    return running;
  }

  async #isCurrent(name: string, lease: Lease): Promise<boolean> {
    if (this.#now() >= lease.endsAt) return false;
    if (lease.source.revision === undefined) return true;
    const revision = await lease.source.revision(name).catch(() => undefined);
    return revision !== undefined && revision === lease.revision;
  }

  async #readAnew(name: string, signal: AbortSignal): Promise<SecretResolution> {
    this.#leases.delete(name);
    try {
      for (const source of this.#sources) {
        const secret = await this.#readFrom(source, name, signal);
        if (secret !== undefined) return { kind: 'found', secret };
      }
    } catch (error) {
      return { kind: 'failed', failure: asFailure(error, name) };
    }
    this.#retire(name, undefined);
    return { kind: 'missing' };
  }

  async #readFrom(source: SecretSource, name: string, signal: AbortSignal): Promise<SecretValue | undefined> {
    // Taken first: a value that changes while it is read is then read again.
    const revision = await source.revision?.(name);
    let reading: SecretReading | undefined;
    try {
      reading = await source.read(name, signal);
    } catch (error) {
      throw asFailure(error, name);
    }
    if (reading === undefined) return undefined;
    const secret = acceptSecret(name, reading.value);
    const endsAt = this.#now() + (reading.expiresInMs ?? this.#leaseMs);
    if (!this.#leases.has(name)) this.#leases.set(name, { secret, source, revision, endsAt });
    this.#issue(secret);
    return secret;
  }

  /** From here on the value is looked for; what it replaces stays so for a while, since calls may still have it under way. */
  #issue(secret: SecretValue): void {
    const isKnown = this.#issued.some(
      (issued) => issued.secret.name === secret.name && issued.secret.reveal() === secret.reveal(),
    );
    const current = this.#leases.get(secret.name)?.secret;
    this.#retire(secret.name, current);
    if (isKnown) return;
    this.#issued.push({ secret });
    this.#look();
  }

  #retire(name: string, current: SecretValue | undefined): void {
    const now = this.#now();
    for (const issued of this.#issued) {
      if (issued.secret.name !== name) continue;
      if (current !== undefined && issued.secret.reveal() === current.reveal()) delete issued.replacedAt;
      else issued.replacedAt ??= now;
    }
    const kept = this.#issued.filter(({ replacedAt }) => replacedAt === undefined || now - replacedAt < this.#keepMs);
    if (kept.length === this.#issued.length) return;
    this.#issued = kept;
    this.#look();
  }

  #look(): void {
    this.redactor.lookFor(this.#issued.map(({ secret }) => [secret.name, secret.reveal()] as const));
  }
}

/** What a source of the operator's own throws may hold a value, so only the fact that it threw goes on. */
function asFailure(error: unknown, name: string): SecretFailure {
  if (error instanceof SecretFailure) return error;
  return new SecretFailure('ERR_CARAPACE_SECRET_SOURCE', `Cannot read secret "${name}": its source failed`);
}
