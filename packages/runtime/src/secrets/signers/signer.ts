import type { HeaderPair } from '../../protocol/messages.ts';

/** A request to sign, as it will be sent. */
export interface SigningRequest {
  readonly method: string;
  readonly url: URL;
  /** Without the header that carries the placeholder. */
  readonly headers: readonly HeaderPair[];
  readonly body: Uint8Array;
  /** The value itself. Must not come back in the signature, nor in an error. */
  readonly secret: string;
  readonly options: Readonly<Record<string, string>>;
  readonly now: Date;
}

/** What a signature adds. A header replaces those of the same name. */
export interface Signature {
  readonly headers: readonly HeaderPair[];
  /** Appended to the query. Default none. */
  readonly query?: readonly HeaderPair[];
}

/** Turns a secret into proof of it, so that the secret itself stays. An operator may add signers of their own. */
export interface Signer {
  /** As a manifest names it: `a-z`, `0-9` and hyphens. */
  readonly name: string;
  /** Header in which the skill writes the placeholder, in lower case. */
  readonly header: (options: Readonly<Record<string, string>>) => string;
  readonly sign: (request: SigningRequest) => Signature | Promise<Signature>;
}
