/** One request, in the canonical parts that a URL parser gives. */
export interface NetAccess {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  readonly method: string;
  readonly pathname: string;
  /** Decoded names of the query parameters. */
  readonly query: readonly string[];
}

export type NetDecision =
  /** `wildcard`: the pattern with a star that let it through, where no exact host does. */
  | { readonly kind: 'granted'; readonly wildcard: string | undefined }
  | {
      readonly kind: 'denied';
      readonly rule:
        | 'host-not-declared'
        | 'scheme-not-declared'
        | 'port-not-declared'
        | 'method-not-declared'
        | 'url-path-not-covered'
        | 'query-not-covered';
      /** The smallest entry that would allow it, as text for the manifest. */
      readonly remedy: string;
    };

/** The network permissions of one tool, compiled once at load. */
export interface NetGrants {
  readonly isEmpty: boolean;
  /** Whether a manifest could hold this host: no address, no local name, no public suffix. */
  canName(host: string): boolean;
  decide(access: NetAccess): NetDecision;
}
