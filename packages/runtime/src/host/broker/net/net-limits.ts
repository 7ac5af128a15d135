const KIB = 1024;
const SECOND = 1_000;

/**
 * Caps on one request and on what one call may have under way. How much a call may send and receive in all is the meter's
 * business; how long it may take is the call's deadline.
 */
export interface NetLimits {
  /** Characters of a URL. Default 8,192, what common servers read. */
  readonly maxUrlLength: number;
  /** Query parameters of a URL. Default 128. */
  readonly maxQueryParameters: number;
  /** Header lines of a request. Default 64. */
  readonly maxRequestHeaders: number;
  /** Bytes of a request's headers. Default 16 KiB, what common servers read. */
  readonly maxRequestHeaderBytes: number;
  /** Bytes of a response's status line and headers. Default 16 KiB. */
  readonly maxResponseHeaderBytes: number;
  /** Interim answers (1xx) to one request. Default 16. */
  readonly maxInterimResponses: number;
  /** Redirects that one request follows. Default 5. */
  readonly maxRedirects: number;
  /** Hosts that one call talks to. Default 8. */
  readonly maxHosts: number;
  /** Names that one call puts in place of the star of one wildcard: each of them reaches the DNS. Default 4. */
  readonly maxWildcardLabels: number;
  /** Characters of such a name. Default 40. */
  readonly maxWildcardLabelLength: number;
  /** Requests of one call that are under way, unread bodies included. Default 8. */
  readonly maxExchanges: number;
  /** Bytes that one call sends to one host. Default 64 MiB, the most a manifest can ask for in all. */
  readonly maxHostBytesOut: number;
  /** Addresses in the answers for one name. Default 64. */
  readonly maxAddresses: number;
  /** For resolving one name. Default 5 s. */
  readonly resolveTimeoutMs: number;
  /** For one connection, TLS included. Default 5 s. */
  readonly connectTimeoutMs: number;
  /** From the end of the request to the head of the response. Default 60 s. */
  readonly headersTimeoutMs: number;
  /** Least rate of a transfer, averaged over `rateWindowMs` in which only the peer was waited for. Default 64 bytes/s. */
  readonly minBytesPerSecond: number;
  /** Default 10 s; also the grace at the start. */
  readonly rateWindowMs: number;
  /** Decoded bytes held for a guest that does not read. Default 128 KiB. */
  readonly bufferBytes: number;
  /** Most bytes of one piece of a response. Default 256 KiB. */
  readonly pieceBytes: number;
  /** A body of at most so many bytes, all there, comes with the head. Default 64 KiB. */
  readonly inlineBytes: number;
  /** How long the head waits for the rest of a body announced as that short. Default 15 ms. */
  readonly inlineWaitMs: number;
}

export const DEFAULT_NET_LIMITS: NetLimits = Object.freeze({
  maxUrlLength: 8_192,
  maxQueryParameters: 128,
  maxRequestHeaders: 64,
  maxRequestHeaderBytes: 16 * KIB,
  maxResponseHeaderBytes: 16 * KIB,
  maxInterimResponses: 16,
  maxRedirects: 5,
  maxHosts: 8,
  maxWildcardLabels: 4,
  maxWildcardLabelLength: 40,
  maxExchanges: 8,
  maxHostBytesOut: 64 * KIB * KIB,
  maxAddresses: 64,
  resolveTimeoutMs: 5 * SECOND,
  connectTimeoutMs: 5 * SECOND,
  headersTimeoutMs: 60 * SECOND,
  minBytesPerSecond: 64,
  rateWindowMs: 10 * SECOND,
  bufferBytes: 128 * KIB,
  pieceBytes: 256 * KIB,
  inlineBytes: 64 * KIB,
  inlineWaitMs: 15,
});

/** The call's running budget. */
export interface NetMeter {
  /** Books `amount` and tells whether the budget covers it; false means spent, and stays false. */
  charge(kind: 'fetches' | 'bytesIn' | 'bytesOut', amount: number): boolean;
  limit(kind: 'bytesIn'): number;
}
