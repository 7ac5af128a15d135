import type { HeaderPair } from '../../../../protocol/messages.ts';
import type { NetLimits } from '../net-limits.ts';
import { NetFailure } from '../net-refusal.ts';

const NAME = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
const VALUE = /^(?:[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?)?$/;

/** Names that describe the connection or the message's frame, which are the host's: a second voice there is request smuggling. */
const FRAMING = [
  'connection',
  'content-length',
  'early-data',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];
/** Names by which servers take a request for another one than was judged: another method, path, host or sender. */
const DISGUISES = [
  'cf-connecting-ip',
  'client-ip',
  'forwarded',
  'front-end-https',
  'true-client-ip',
  'via',
  'x-client-ip',
  'x-cluster-client-ip',
  'x-host',
  'x-http-method',
  'x-http-method-override',
  'x-method-override',
  'x-original-host',
  'x-original-method',
  'x-original-url',
  'x-real-ip',
  'x-rewrite-url',
];
/** There is no cookie jar: a session that a skill carries itself would be state that outlives the call. */
const COOKIES = ['cookie', 'cookie2'];

const RESERVED: ReadonlySet<string> = new Set([...FRAMING, ...DISGUISES, ...COOKIES]);
const RESERVED_PREFIXES = ['proxy-', 'sec-', 'x-forwarded-'] as const;

/** Bytes of a header line beside name and value: colon, space, CR, LF. */
const LINE_BYTES = 4;

/**
 * Checks the headers that a skill wants to send. Names come out in lower case; `accept-encoding` is dropped, because the host
 * decodes what it asked for itself.
 *
 * @throws NetFailure `header-*`
 */
export function checkRequestHeaders(headers: readonly HeaderPair[], limits: NetLimits): readonly HeaderPair[] {
  if (headers.length > limits.maxRequestHeaders) throw NetFailure.of('header-count');
  const seen = new Set<string>();
  const checked = headers.map(([name, value]) => checkHeader(name.toLowerCase(), value, seen));
  if (headerBytes(checked) > limits.maxRequestHeaderBytes) throw NetFailure.of('header-size');
  return checked.filter(([name]) => name !== 'accept-encoding');
}

/** Bytes of header lines on the wire. All of them are ASCII. */
export function headerBytes(headers: readonly HeaderPair[]): number {
  return headers.reduce((sum, [name, value]) => sum + name.length + value.length + LINE_BYTES, 0);
}

function checkHeader(name: string, value: string, seen: Set<string>): HeaderPair {
  // Servers behind CGI and its heirs read `content_length` and `content-length` as one name.
  const canonical = name.replaceAll('_', '-');
  // A repeated name is read by one server as its first value and by the next as its last.
  if (!NAME.test(name) || seen.has(canonical)) throw NetFailure.of('header-name');
  if (RESERVED.has(canonical) || RESERVED_PREFIXES.some((prefix) => canonical.startsWith(prefix)))
    throw NetFailure.of('header-reserved');
  if (!VALUE.test(value)) throw NetFailure.of('header-value');
  seen.add(canonical);
  return [name, value];
}
