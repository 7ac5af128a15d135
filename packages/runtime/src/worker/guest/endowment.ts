/** One thing that appears in the guest: the global names and what they are bound to. */
export interface Endowment {
  readonly names: readonly string[];
  /** The values, keyed by name. Called once, before any skill code. */
  install(): Readonly<Record<string, unknown>>;
}
