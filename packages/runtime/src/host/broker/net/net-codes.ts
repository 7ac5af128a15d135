import type { ErrorCategory } from '@carapace/manifest/base';

export interface NetCodeRow {
  readonly category: ErrorCategory;
  /** The whole text that crosses to the guest: no address, no secret, no text of the peer. */
  readonly toSkill: string;
  /** What the guest's `fetch` rejects with. */
  readonly guest: 'TypeError' | 'AbortError';
}

const permission = (state: string): NetCodeRow => ({
  category: 'security',
  toSkill: `Cannot fetch URL: ${state}`,
  guest: 'TypeError',
});
const skill = (state: string): NetCodeRow => ({
  category: 'skill',
  toSkill: `Cannot fetch URL: ${state}`,
  guest: 'TypeError',
});
const world = (state: string): NetCodeRow => ({
  category: 'system',
  toSkill: `Cannot fetch URL: ${state}`,
  guest: 'TypeError',
});

/** Codes of the fetch broker's refusals. */
export type NetCode =
  | 'ERR_CARAPACE_PERMISSION_NET_HOST'
  | 'ERR_CARAPACE_PERMISSION_NET_SCHEME'
  | 'ERR_CARAPACE_PERMISSION_NET_PORT'
  | 'ERR_CARAPACE_PERMISSION_NET_METHOD'
  | 'ERR_CARAPACE_PERMISSION_NET_PATH'
  | 'ERR_CARAPACE_PERMISSION_NET_QUERY'
  | 'ERR_CARAPACE_PERMISSION_NET_ADDRESS'
  | 'ERR_CARAPACE_PERMISSION_NET_HEADER'
  | 'ERR_CARAPACE_PERMISSION_NET_REDIRECT'
  | 'ERR_CARAPACE_PERMISSION_NET_SPREAD'
  | 'ERR_CARAPACE_PERMISSION_NET_DECIDER'
  | 'ERR_CARAPACE_NET_BAD_URL'
  | 'ERR_CARAPACE_NET_BAD_HEADER'
  | 'ERR_CARAPACE_NET_BAD_BODY'
  | 'ERR_CARAPACE_NET_EXCHANGE'
  | 'ERR_CARAPACE_NET_REDIRECT'
  | 'ERR_CARAPACE_NET_ABORTED'
  | 'ERR_CARAPACE_NET_RESOLVE'
  | 'ERR_CARAPACE_NET_CONNECT'
  | 'ERR_CARAPACE_NET_TLS'
  | 'ERR_CARAPACE_NET_TIMEOUT'
  | 'ERR_CARAPACE_NET_CLOSED'
  | 'ERR_CARAPACE_NET_PROTOCOL'
  | 'ERR_CARAPACE_NET_RESPONSE_HEADERS'
  | 'ERR_CARAPACE_NET_ENCODING'
  | 'ERR_CARAPACE_NET_WIRE'
  | 'ERR_CARAPACE_BUDGET_FETCHES'
  | 'ERR_CARAPACE_BUDGET_BYTES_IN'
  | 'ERR_CARAPACE_BUDGET_BYTES_OUT';

/** Every way the fetch broker says no to a guest. */
export const NET_CODES: Readonly<Record<NetCode, NetCodeRow>> = {
  ERR_CARAPACE_PERMISSION_NET_HOST: permission('its host is not granted'),
  ERR_CARAPACE_PERMISSION_NET_SCHEME: permission('its scheme is not granted for this host'),
  ERR_CARAPACE_PERMISSION_NET_PORT: permission('its port is not granted for this host'),
  ERR_CARAPACE_PERMISSION_NET_METHOD: permission('the method is not granted for this host'),
  ERR_CARAPACE_PERMISSION_NET_PATH: permission('its path is not granted for this host'),
  ERR_CARAPACE_PERMISSION_NET_QUERY: permission('a query parameter is not granted for this host'),
  ERR_CARAPACE_PERMISSION_NET_ADDRESS: permission('its host does not lead to a public address'),
  ERR_CARAPACE_PERMISSION_NET_HEADER: permission('a request header is not the one that a skill sets'),
  ERR_CARAPACE_PERMISSION_NET_REDIRECT: permission('it redirects to where it must not be followed'),
  ERR_CARAPACE_PERMISSION_NET_SPREAD: permission('one call may not talk to that many hosts'),
  ERR_CARAPACE_PERMISSION_NET_DECIDER: permission('the operator refused the request'),
  ERR_CARAPACE_NET_BAD_URL: skill('it is not a URL that can be fetched'),
  ERR_CARAPACE_NET_BAD_HEADER: skill('a request header has a form that is not allowed'),
  ERR_CARAPACE_NET_BAD_BODY: skill('the request body does not fit the request'),
  ERR_CARAPACE_NET_EXCHANGE: skill('there is no such response, or it is being read already'),
  ERR_CARAPACE_NET_REDIRECT: skill('it redirects in a way that is not followed'),
  ERR_CARAPACE_NET_ABORTED: { category: 'skill', toSkill: 'The request was aborted', guest: 'AbortError' },
  ERR_CARAPACE_NET_RESOLVE: world('its host cannot be resolved'),
  ERR_CARAPACE_NET_CONNECT: world('no connection to its host'),
  ERR_CARAPACE_NET_TLS: world('no trusted TLS connection to its host'),
  ERR_CARAPACE_NET_TIMEOUT: world('its host is too slow'),
  ERR_CARAPACE_NET_CLOSED: world('the connection ended before the response did'),
  ERR_CARAPACE_NET_PROTOCOL: world('its host does not speak proper HTTP/1.1'),
  ERR_CARAPACE_NET_RESPONSE_HEADERS: world('its host sends more headers than are read'),
  ERR_CARAPACE_NET_ENCODING: world('the response is compressed in a way that cannot be read'),
  ERR_CARAPACE_NET_WIRE: world('its host sends far more than the response holds'),
  ERR_CARAPACE_BUDGET_FETCHES: skill('the budget for requests is spent'),
  ERR_CARAPACE_BUDGET_BYTES_IN: skill('the budget for bytes received is spent'),
  ERR_CARAPACE_BUDGET_BYTES_OUT: skill('the budget for bytes sent is spent'),
};

/** Which check said no, for the audit trail. One code each; several rules may share a code. */
export const NET_RULES = {
  'url-spelling': 'ERR_CARAPACE_NET_BAD_URL',
  'url-length': 'ERR_CARAPACE_NET_BAD_URL',
  'url-userinfo': 'ERR_CARAPACE_NET_BAD_URL',
  'url-query-count': 'ERR_CARAPACE_NET_BAD_URL',
  'scheme-unknown': 'ERR_CARAPACE_PERMISSION_NET_SCHEME',
  'host-trailing-dot': 'ERR_CARAPACE_PERMISSION_NET_HOST',
  'ip-literal': 'ERR_CARAPACE_PERMISSION_NET_HOST',
  'host-not-declared': 'ERR_CARAPACE_PERMISSION_NET_HOST',
  'scheme-not-declared': 'ERR_CARAPACE_PERMISSION_NET_SCHEME',
  'port-not-declared': 'ERR_CARAPACE_PERMISSION_NET_PORT',
  'method-not-declared': 'ERR_CARAPACE_PERMISSION_NET_METHOD',
  'url-path-not-covered': 'ERR_CARAPACE_PERMISSION_NET_PATH',
  'query-not-covered': 'ERR_CARAPACE_PERMISSION_NET_QUERY',
  'method-unknown': 'ERR_CARAPACE_PERMISSION_NET_METHOD',
  'label-length': 'ERR_CARAPACE_PERMISSION_NET_SPREAD',
  'label-count': 'ERR_CARAPACE_PERMISSION_NET_SPREAD',
  'host-count': 'ERR_CARAPACE_PERMISSION_NET_SPREAD',
  'header-count': 'ERR_CARAPACE_NET_BAD_HEADER',
  'header-name': 'ERR_CARAPACE_NET_BAD_HEADER',
  'header-value': 'ERR_CARAPACE_NET_BAD_HEADER',
  'header-size': 'ERR_CARAPACE_NET_BAD_HEADER',
  'header-reserved': 'ERR_CARAPACE_PERMISSION_NET_HEADER',
  'body-not-allowed': 'ERR_CARAPACE_NET_BAD_BODY',
  'body-not-expected': 'ERR_CARAPACE_NET_BAD_BODY',
  'exchange-unknown': 'ERR_CARAPACE_NET_EXCHANGE',
  'exchange-busy': 'ERR_CARAPACE_NET_EXCHANGE',
  'decider-denied': 'ERR_CARAPACE_PERMISSION_NET_DECIDER',
  'decider-failed': 'ERR_CARAPACE_PERMISSION_NET_DECIDER',
  'decider-late': 'ERR_CARAPACE_PERMISSION_NET_DECIDER',
  'resolve-failed': 'ERR_CARAPACE_NET_RESOLVE',
  'resolve-empty': 'ERR_CARAPACE_NET_RESOLVE',
  'resolve-late': 'ERR_CARAPACE_NET_RESOLVE',
  'resolve-count': 'ERR_CARAPACE_NET_RESOLVE',
  'address-special': 'ERR_CARAPACE_PERMISSION_NET_ADDRESS',
  'address-changed': 'ERR_CARAPACE_PERMISSION_NET_ADDRESS',
  'connect-failed': 'ERR_CARAPACE_NET_CONNECT',
  'connect-late': 'ERR_CARAPACE_NET_TIMEOUT',
  'proxy-refused': 'ERR_CARAPACE_NET_CONNECT',
  'tls-failed': 'ERR_CARAPACE_NET_TLS',
  'headers-late': 'ERR_CARAPACE_NET_TIMEOUT',
  'rate-floor': 'ERR_CARAPACE_NET_TIMEOUT',
  'connection-closed': 'ERR_CARAPACE_NET_CLOSED',
  'protocol-broken': 'ERR_CARAPACE_NET_PROTOCOL',
  'interim-count': 'ERR_CARAPACE_NET_PROTOCOL',
  'upgrade-unasked': 'ERR_CARAPACE_NET_PROTOCOL',
  'response-header-size': 'ERR_CARAPACE_NET_RESPONSE_HEADERS',
  'encoding-unknown': 'ERR_CARAPACE_NET_ENCODING',
  'encoding-stacked': 'ERR_CARAPACE_NET_ENCODING',
  'encoding-broken': 'ERR_CARAPACE_NET_ENCODING',
  'wire-cap': 'ERR_CARAPACE_NET_WIRE',
  'redirect-error-mode': 'ERR_CARAPACE_NET_REDIRECT',
  'redirect-count': 'ERR_CARAPACE_NET_REDIRECT',
  'redirect-location': 'ERR_CARAPACE_NET_REDIRECT',
  'redirect-stream-body': 'ERR_CARAPACE_NET_REDIRECT',
  'redirect-body-cross-origin': 'ERR_CARAPACE_PERMISSION_NET_REDIRECT',
  'redirect-downgrade': 'ERR_CARAPACE_PERMISSION_NET_REDIRECT',
  'budget-fetches': 'ERR_CARAPACE_BUDGET_FETCHES',
  'budget-bytes-in': 'ERR_CARAPACE_BUDGET_BYTES_IN',
  'budget-bytes-out': 'ERR_CARAPACE_BUDGET_BYTES_OUT',
  'host-bytes-out': 'ERR_CARAPACE_BUDGET_BYTES_OUT',
  aborted: 'ERR_CARAPACE_NET_ABORTED',
  'broker-closed': 'ERR_CARAPACE_NET_ABORTED',
} as const;

export type NetRule = keyof typeof NET_RULES;
