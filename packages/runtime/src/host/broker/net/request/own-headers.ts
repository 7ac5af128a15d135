import type { HeaderPair } from '../../../../protocol/messages.ts';

/** Codings that decode-body.ts undoes. */
const ACCEPT_ENCODING = 'gzip, br';

/**
 * Adds what the host says itself. A range of a compressed form would be a piece that nobody can decode (Fetch standard,
 * HTTP-network-or-cache fetch, step on `Range`). Host, Content-Length and Transfer-Encoding are written with the frame.
 */
export function addOwnHeaders(headers: readonly HeaderPair[]): readonly HeaderPair[] {
  const names = new Set(headers.map(([name]) => name));
  const own: readonly HeaderPair[] = [
    ['accept', '*/*'],
    ['user-agent', 'carapace'],
  ];
  return [
    ...headers,
    ...own.filter(([name]) => !names.has(name)),
    ['accept-encoding', names.has('range') ? 'identity' : ACCEPT_ENCODING],
  ];
}
