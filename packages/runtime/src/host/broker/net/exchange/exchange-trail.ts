import type { EffectTrail } from '../../effect.ts';
import { nameUrl } from '../request/read-url.ts';

/** Collects what the audit record is told of one exchange. */
export class ExchangeTrail {
  #target: string;
  #host: string | undefined;
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

  /** Notes that a request was sent, and how its host was held. */
  setHost(host: string, containment: string | undefined): void {
    this.#host = host;
    this.#containment = containment;
  }

  /** As it stands now; only `bytes` goes on counting. */
  get snapshot(): EffectTrail {
    const bytes = this.#bytes;
    return {
      target: this.#target,
      ...(this.#host === undefined ? {} : { host: this.#host }),
      ...(this.#containment === undefined ? {} : { containment: this.#containment }),
      get bytes() {
        return bytes();
      },
    };
  }
}
