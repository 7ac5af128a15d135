/** A value as a source has it now. */
export interface SecretReading {
  readonly value: string;
  /** How long it may be used before the source is asked again. Default the lease of the store. */
  readonly expiresInMs?: number;
}

/** Where values come from. A host may write its own: a keychain, a vault's client. Must never put a value into an error. */
export interface SecretSource {
  /** For messages, as `file` or `exec`. */
  readonly kind: string;
  /**
   * Names it can tell without being asked for one. They are read when the runtime starts, so that a bad value shows then and
   * redaction knows every value from the beginning.
   */
  readonly names: () => Promise<readonly string[]>;
  /** The value of a secret; undefined when it has none of that name. */
  readonly read: (name: string, signal: AbortSignal) => Promise<SecretReading | undefined>;
  /**
   * A text that changes when the value may have changed. Asked before every use, so it has to be cheap. Without it a new value
   * is seen when the lease is over.
   */
  readonly revision?: (name: string) => Promise<string | undefined>;
}
