import type { NetLimits } from '../net-limits.ts';
import { NetFailure } from '../net-refusal.ts';

/**
 * Parses a URL once; everything after works on the result, so that what is judged is what is dialled. Only the parser's own
 * spelling passes: the guest's `fetch` sends no other, and a second reading of a tab, a backslash or an octal address is where
 * checks are slipped past. The fragment, which never travels, is cut off.
 *
 * @throws NetFailure `url-*`, `scheme-unknown`, `host-trailing-dot`
 */
export function readUrl(text: string, limits: NetLimits): URL {
  if (text.length > limits.maxUrlLength) throw NetFailure.of('url-length');
  const url = URL.parse(text);
  if (url === null || url.href !== text) throw NetFailure.of('url-spelling');
  return checkUrl(url, limits);
}

/** The checks on form that hold for a redirect's target as well, whatever its spelling was. */
export function checkUrl(url: URL, limits: NetLimits): URL {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw NetFailure.of('scheme-unknown');
  if (url.username !== '' || url.password !== '') throw NetFailure.of('url-userinfo');
  // `name.` is the same host to the resolver and another text to every list.
  if (url.hostname.endsWith('.')) throw NetFailure.of('host-trailing-dot');
  const bare = new URL(url);
  bare.hash = '';
  if (bare.href.length > limits.maxUrlLength) throw NetFailure.of('url-length');
  if (bare.searchParams.size > limits.maxQueryParameters) throw NetFailure.of('url-query-count');
  return bare;
}

/** For records: the URL with the names of its query parameters and without their values, which may be anything. */
export function nameUrl(url: URL): string {
  const names = [...new Set(url.searchParams.keys())].map((name) => `${encodeURIComponent(name)}=…`);
  return `${url.origin}${url.pathname}${names.length === 0 ? '' : `?${names.join('&')}`}`;
}
