import { EffectFailure } from '../../effect.ts';
import type { NetRule } from '../net-codes.ts';
import { NetFailure } from '../net-refusal.ts';

/** Codes of undici, Node's sockets, TLS and the HTTP parser, by what they mean for a request. */
const RULE_OF_CODE: ReadonlyMap<string, NetRule> = new Map<string, NetRule>([
  ['UND_ERR_CONNECT_TIMEOUT', 'connect-late'],
  ['ETIMEDOUT', 'connect-late'],
  ['ECONNREFUSED', 'connect-failed'],
  ['EHOSTUNREACH', 'connect-failed'],
  ['EHOSTDOWN', 'connect-failed'],
  ['ENETUNREACH', 'connect-failed'],
  ['EADDRNOTAVAIL', 'connect-failed'],
  ['EACCES', 'connect-failed'],
  ['EPERM', 'connect-failed'],
  ['EMFILE', 'connect-failed'],
  ['UND_ERR_HEADERS_TIMEOUT', 'headers-late'],
  ['UND_ERR_BODY_TIMEOUT', 'rate-floor'],
  ['UND_ERR_HEADERS_OVERFLOW', 'response-header-size'],
  ['HPE_HEADER_OVERFLOW', 'response-header-size'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'connection-closed'],
  ['UND_ERR_SOCKET', 'connection-closed'],
  ['ECONNRESET', 'connection-closed'],
  ['EPIPE', 'connection-closed'],
  ['UND_ERR_ABORTED', 'aborted'],
  ['UND_ERR_DESTROYED', 'broker-closed'],
  ['UND_ERR_CLOSED', 'broker-closed'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-failed'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'tls-failed'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls-failed'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'tls-failed'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls-failed'],
  ['HOSTNAME_MISMATCH', 'tls-failed'],
  ['INVALID_PURPOSE', 'tls-failed'],
  ['EPROTO', 'tls-failed'],
]);
const RULE_OF_PREFIX: readonly (readonly [string, NetRule])[] = [
  ['HPE_', 'protocol-broken'],
  ['CERT_', 'tls-failed'],
  ['CRL_', 'tls-failed'],
  ['ERR_TLS_', 'tls-failed'],
  ['ERR_SSL_', 'tls-failed'],
  ['ERR_OSSL_', 'tls-failed'],
  ['Z_', 'encoding-broken'],
  ['ERR__ERROR', 'encoding-broken'],
  ['ERR_BROTLI', 'encoding-broken'],
  ['ERR_TRAILING_JUNK', 'encoding-broken'],
  ['ERR_PADDING', 'encoding-broken'],
];

/**
 * What went wrong on the wire, as a refusal. Whatever a library reports about a peer is the peer's doing, so an error that is not
 * in the tables is a broken protocol and no defect of the host.
 */
export function toWireFailure(error: unknown): EffectFailure {
  if (error instanceof EffectFailure) return error;
  const code = codeOf(error);
  const rule = RULE_OF_CODE.get(code) ?? RULE_OF_PREFIX.find(([prefix]) => code.startsWith(prefix))?.[1];
  return NetFailure.of(rule ?? 'protocol-broken');
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
