import type { EffectTrail } from '../../effect.ts';
import { nameUrl } from '../request/read-url.ts';

/** Collects what the audit record is told of one exchange. */
export class ExchangeTrail {
  #target: string;
  readonly #hosts = new Set<string>();
  readonly #secrets = new Set<string>();
  #containment: string | undefined;
  readonly #redact: (text: string) => string;
  readonly #bytes: () => number;

  constructor(verb: string, redact: (text: string) => string, bytes: () => number) {
    this.#target = verb;
    this.#redact = redact;
    this.#bytes = bytes;
  }

  /** Notes the URL of a hop, before it is judged: a refused one is in the record too. */
  addTarget(url: URL): void {
    const separator = this.#target.includes(' ') ? ' → ' : ' ';
    this.#target += separator + this.#redact(nameUrl(url));
  }

  /** Notes that a request is sent, and which secrets with it. */
  addHost(host: string, secrets: readonly string[]): void {
    this.#hosts.add(host);
    for (const name of secrets) this.#secrets.add(name);
  }

  /** Notes how the last host was held. */
  setContainment(containment: string | undefined): void {
    this.#containment = containment;
  }

  /** As it stands now; only `bytes` goes on counting. */
  get snapshot(): EffectTrail {
    const bytes = this.#bytes;
    return {
      target: this.#target,
      ...(this.#hosts.size === 0 ? {} : { hosts: [...this.#hosts] }),
      ...(this.#secrets.size === 0 ? {} : { secrets: [...this.#secrets] }),
      ...(this.#containment === undefined ? {} : { containment: this.#containment }),
      get bytes() {
        return bytes();
      },
    };
  }
}
