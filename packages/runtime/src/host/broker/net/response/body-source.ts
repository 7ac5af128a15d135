/** Bytes that are fetched when somebody wants them. */
export interface BodySource {
  /** The next bytes, never an empty piece; undefined at the end. Throws EffectFailure. One caller at a time. */
  pull(): Promise<Uint8Array | undefined>;
}
