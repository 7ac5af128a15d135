/** A request as an operator's decider sees it: after every rule has allowed it, before any secret is put in. */
export interface OutboundRequest {
  readonly skill: string;
  readonly tool: string;
  readonly method: string;
  /** Whole, with placeholders in the place of secrets. */
  readonly url: string;
  /** Lower case, as sent; values stay here. */
  readonly headerNames: readonly string[];
  /** 0 for the request itself, then one more for each redirect. */
  readonly hop: number;
  /** Of the body where it is sent in one piece; undefined for a stream. */
  readonly bodyBytes: number | undefined;
}

/** What a decider may answer. Whatever else it answers is a denial. */
export type OutboundDecision = 'allow' | { readonly deny: string };

/** Asked before each hop of each request of a skill. */
export type DecideOutbound = (request: OutboundRequest, signal: AbortSignal) => Promise<OutboundDecision>;

/** What the operator says about the network. Every default is the strict one; no environment variable is ever read. */
export interface NetworkOptions {
  /**
   * Targets outside the public internet, each as `host:port` with the port always written: `localhost:8080`,
   * `127.0.0.1:8080`, `[::1]:8080`, `intranet.example.com:443`. A name that a manifest can hold still has to be granted to the
   * skill; only its addresses are no longer held against it. A literal address or a local name, which no manifest can hold, is open
   * with every method to every skill that was granted any host at all.
   */
  readonly privateHosts?: readonly string[];
  /**
   * For tests and mirrors: requests to a declared https origin are sent to another origin, which must be https or on the loopback
   * interface. Everything is still decided on the declared one, and so are secrets. Keys and values are bare origins.
   */
  readonly routes?: Readonly<Record<string, string>>;
  /** Asked before each hop. What it throws or does not answer in time is a denial. */
  readonly onRequest?: DecideOutbound;
  /** Default 5,000. */
  readonly onRequestTimeoutMs?: number;
  /**
   * An HTTP proxy, `http://` or `https://` with its port and, where it wants them, user and password. Requests go through a tunnel
   * (CONNECT) to the name; private hosts and routes are dialled without it. The proxy resolves names, so the addresses are for it to
   * judge: it must not reach what skills must not. Default none, whatever the environment says.
   */
  readonly proxy?: string;
  /** Certificates in PEM form to trust in place of the list that Node brings. */
  readonly ca?: string | readonly string[];
}
