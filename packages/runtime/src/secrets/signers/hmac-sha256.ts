import { createHmac } from 'node:crypto';
import type { HeaderPair } from '../../protocol/messages.ts';
import type { Signer } from './signer.ts';

const DEFAULT_HEADER = 'x-signature';

/**
 * HMAC-SHA-256 (RFC 2104) over a message that the option `message` describes. Parts in braces: `{body}`, `{method}`, `{host}`, `{path}`,
 * `{query}` (without its question mark) and `{timestamp}` (seconds since 1970), which the header `timestampHeader` then
 * carries. Default `{body}`. The result stands in `header` (default `x-signature`) behind `prefix`, as `hex` (default) or `base64`.
 */
export const hmacSha256: Signer = {
  name: 'hmac-sha256',
  header: ({ header = DEFAULT_HEADER }) => header.toLowerCase(),
  sign: ({ method, url, body, secret, options, now }) => {
    const { header = DEFAULT_HEADER, prefix = '', encoding = 'hex', message = '{body}', timestampHeader } = options;
    if (encoding !== 'hex' && encoding !== 'base64')
      throw new TypeError('Cannot sign: "encoding" is not hex or base64');
    const timestamp = String(Math.floor(now.getTime() / 1000));
    const parts: ReadonlyMap<string, string | Uint8Array> = new Map<string, string | Uint8Array>([
      ['{body}', body],
      ['{method}', method],
      ['{host}', url.host],
      ['{path}', url.pathname],
      ['{query}', url.search.slice(1)],
      ['{timestamp}', timestamp],
    ]);
    const hmac = createHmac('sha256', secret);
    for (const piece of message.split(/(\{[a-z]+\})/)) hmac.update(parts.get(piece) ?? piece);
    const headers: HeaderPair[] = [[header.toLowerCase(), prefix + hmac.digest(encoding)]];
    if (timestampHeader !== undefined) headers.push([timestampHeader.toLowerCase(), timestamp]);
    return { headers };
  },
};
