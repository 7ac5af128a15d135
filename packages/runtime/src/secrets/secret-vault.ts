import type { EffectRefusal } from '../host/broker/effect.ts';
import type { HeaderPair } from '../protocol/messages.ts';

/** One request of a skill, about to leave. */
export interface VaultRequest {
  readonly url: URL;
  readonly verb: string;
  readonly headers: readonly HeaderPair[];
  /** 0 for the request itself, then one more for every redirect that was followed. */
  readonly hop: number;
  /** True from the first redirect to another origin on, and for the rest of the chain, back on the first origin too. */
  readonly crossOrigin: boolean;
  /** The whole body. Absent when there is none, or when it follows in pieces. */
  readonly body?: Uint8Array;
  /** True when the body follows in pieces: nothing can be signed then. Default false. */
  readonly streamed?: boolean;
}

/** What a request of a skill came to. The URL and the headers of `applied` may hold secrets: for the socket alone. */
export type VaultAnswer =
  | {
      readonly kind: 'applied';
      readonly url: URL;
      readonly headers: readonly HeaderPair[];
      /** Declared names of the secrets that were put in, for the audit record. */
      readonly used: readonly string[];
    }
  | ({ readonly kind: 'refused' } & EffectRefusal);

/** What a skill wants to send. A part that is absent is not looked at. */
export interface OutboundParts {
  readonly url?: URL;
  readonly headers?: readonly HeaderPair[];
  readonly body?: Uint8Array;
}

/** Looks through a request body that leaves in pieces. A refusal means: this piece must not leave, and nothing after it. */
export interface OutboundScan {
  readonly push: (chunk: Uint8Array) => EffectRefusal | undefined;
}

/** Takes secrets out of a response body. Holds back what may be the beginning of one; `end` gives up what is left. */
export interface InboundScan {
  readonly transform: (chunk: Uint8Array) => Uint8Array;
  readonly end: () => Uint8Array;
  /** Places redacted so far. */
  readonly count: () => number;
}

/**
 * The secrets of one call: it knows which of them the called tool may use and where they may go. Order at each hop: the net
 * broker's own checks, `scanOut` on what the skill wrote (and on the `Location` that a hop follows), `apply`, then the socket;
 * `scanIn` on the decoded body after `apply`, `redactText` on every response header, URL and reason that goes back.
 */
export interface SecretVault {
  /** By declared name, what stands for the secret during this call. Null prototype, frozen. */
  readonly placeholders: Readonly<Record<string, string>>;
  /** Puts secrets in place of placeholders, or says why not. Never rejects. */
  readonly apply: (request: VaultRequest) => Promise<VaultAnswer>;
  /** A refusal where a value that the host holds stands in what the skill wants to send, in any encoding that is looked for. */
  readonly scanOut: (parts: OutboundParts) => EffectRefusal | undefined;
  /** The same for a body in pieces, placeholders included. */
  readonly scanOutBody: () => OutboundScan;
  readonly scanIn: () => InboundScan;
  readonly redactText: (text: string) => string;
}
