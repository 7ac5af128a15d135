import type { HeaderPair } from '../../../../protocol/messages.ts';
import type { NetLimits } from '../net-limits.ts';
import { NetFailure } from '../net-refusal.ts';
import { checkUrl } from '../request/read-url.ts';
import type { WireHead } from '../wire/wire-head.ts';
import type { Hop } from './hop.ts';

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** Headers about the body, which go with it (Fetch standard, request-body-header name). */
const BODY_HEADERS: ReadonlySet<string> = new Set([
  'content-encoding',
  'content-language',
  'content-location',
  'content-type',
]);
/** What another origin may see of the first one's request: how to answer, never who is asking. */
const CROSS_ORIGIN_HEADERS: ReadonlySet<string> = new Set([
  'accept',
  'accept-language',
  'content-language',
  'content-type',
  'user-agent',
]);

/** The URL that a response redirects to, or undefined when it is not a redirect (a 3xx without Location is a plain response). */
export function redirectTarget(hop: Hop, head: WireHead): URL | undefined {
  if (!REDIRECTS.has(head.status)) return undefined;
  const locations = head.headers.filter(([name]) => name === 'location');
  if (locations.length > 1) throw NetFailure.of('redirect-location');
  const [location] = locations;
  if (location === undefined) return undefined;
  const target = URL.parse(location[1], hop.url.href);
  if (target === null) throw NetFailure.of('redirect-location');
  return target;
}

/**
 * The request that follows a redirect: method and body by the Fetch standard (HTTP-redirect fetch), headers cut down for another
 * origin. The target still has to pass every check that a first request has to.
 *
 * @throws NetFailure `redirect-*`, `url-*`, `scheme-unknown`, `host-trailing-dot`
 */
export function nextHop(hop: Hop, status: number, location: URL, limits: NetLimits): Hop {
  if (hop.index >= limits.maxRedirects) throw NetFailure.of('redirect-count');
  const url = checkUrl(location, limits);
  // Whoever can write on the path of the plain request could read and change what follows.
  if (hop.url.protocol === 'https:' && url.protocol === 'http:') throw NetFailure.of('redirect-downgrade');
  const dropsBody = becomesGet(hop.verb, status);
  const isCrossOrigin = url.origin !== hop.url.origin;
  if (!dropsBody && hop.body.kind === 'stream') throw NetFailure.of('redirect-stream-body');
  if (!dropsBody && hop.body.kind === 'inline' && isCrossOrigin) throw NetFailure.of('redirect-body-cross-origin');
  return {
    url,
    verb: dropsBody ? 'GET' : hop.verb,
    headers: hop.headers.filter(([name]) => mayFollow(name, dropsBody, isCrossOrigin)),
    body: dropsBody ? { kind: 'none' } : hop.body,
    index: hop.index + 1,
    crossOrigin: hop.crossOrigin || isCrossOrigin,
  };
}

function becomesGet(verb: string, status: number): boolean {
  if (status === 303) return verb !== 'GET' && verb !== 'HEAD';
  return (status === 301 || status === 302) && verb === 'POST';
}

function mayFollow(name: HeaderPair[0], dropsBody: boolean, isCrossOrigin: boolean): boolean {
  if (dropsBody && BODY_HEADERS.has(name)) return false;
  return !isCrossOrigin || CROSS_ORIGIN_HEADERS.has(name);
}
