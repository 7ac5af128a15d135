import type { HeaderPair } from '../../../../protocol/messages.ts';

/**
 * Headers that end here. Those of the connection say nothing about the response; the others are orders to a browser, which
 * nothing here follows and no skill should: cookies and storage would be state between calls, the rest moves later requests
 * elsewhere.
 */
const DROPPED: ReadonlySet<string> = new Set([
  'accept-ch',
  'alt-svc',
  'clear-site-data',
  'connection',
  'keep-alive',
  'nel',
  'proxy-authenticate',
  'proxy-authentication-info',
  'proxy-connection',
  'public-key-pins',
  'refresh',
  'report-to',
  'reporting-endpoints',
  'service-worker-allowed',
  'set-cookie',
  'set-cookie2',
  'strict-transport-security',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
/** True of the bytes on the wire, not of the decoded ones that the skill gets. */
const OF_CODED_BODY: ReadonlySet<string> = new Set(['content-encoding', 'content-length']);

const NAME = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const MAX_STATUS_TEXT = 128;

/** The headers that cross to the guest. `redact` takes secrets out that a server sends back. */
export function guestHeaders(
  headers: readonly HeaderPair[],
  isDecoded: boolean,
  redact: (text: string) => string,
): readonly HeaderPair[] {
  return headers
    .filter(([name, value]) => NAME.test(name) && VALUE.test(value) && !DROPPED.has(name))
    .filter(([name]) => !isDecoded || !OF_CODED_BODY.has(name))
    .map(([name, value]): HeaderPair => [name, redact(value)]);
}

/** The reason phrase, which is any text a server likes: printable ASCII, cut. */
export function guestStatusText(text: string, redact: (text: string) => string): string {
  return redact(text.replace(/[^\x20-\x7e]/g, '')).slice(0, MAX_STATUS_TEXT);
}
