import { createHash, createHmac } from 'node:crypto';
import type { HeaderPair } from '../../protocol/messages.ts';
import type { Signer, SigningRequest } from './signer.ts';

const ALGORITHM = 'AWS4-HMAC-SHA256';
const CREDENTIALS = /^([A-Za-z0-9_]{4,128}):([^:]{16,})(?::(.+))?$/;

/**
 * AWS Signature Version 4 in the `authorization` header. The secret is `ACCESS_KEY_ID:SECRET_ACCESS_KEY`, or with `:SESSION_TOKEN`
 * behind it; the options `region` and `service` are part of the derived key, so that a signature is good for nothing else.
 * Source: AWS General Reference, "Signing AWS API requests".
 */
export const awsSigv4: Signer = {
  name: 'aws-sigv4',
  header: () => 'authorization',
  sign: (request) => {
    const { region, service } = request.options;
    const [, accessKey, secretKey, sessionToken] = CREDENTIALS.exec(request.secret) ?? [];
    if (accessKey === undefined || secretKey === undefined)
      throw new TypeError('Cannot sign: the secret is not ACCESS_KEY_ID:SECRET_ACCESS_KEY');
    if (region === undefined || service === undefined)
      throw new TypeError('Cannot sign: "region" or "service" is missing');
    const time = request.now.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
    const bodyHash = sha256(request.body);
    const added: readonly HeaderPair[] = [
      ['x-amz-date', time],
      ...(sessionToken === undefined ? [] : [['x-amz-security-token', sessionToken] as const]),
      // S3 wants the digest of the body as a header too; other services take it from the body alone.
      ...(service === 's3' ? [['x-amz-content-sha256', bodyHash] as const] : []),
    ];
    const signed = signedHeaders(request, added);
    const scope = `${time.slice(0, 8)}/${region}/${service}/aws4_request`;
    const canonical = canonicalRequest(request, signed, bodyHash, service === 's3');
    const text = [ALGORITHM, time, scope, sha256(canonical)].join('\n');
    const signature = hmac(signingKey(secretKey, scope), text).toString('hex');
    const names = signed.map(([name]) => name).join(';');
    const value = `${ALGORITHM} Credential=${accessKey}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
    return { headers: [...added, ['authorization', value]] };
  },
};

/** The host, the kind of the body, and everything of Amazon's own: what others may add or change on the way is left out. */
function signedHeaders({ url, headers }: SigningRequest, added: readonly HeaderPair[]): readonly HeaderPair[] {
  const replaced = new Set(added.map(([name]) => name));
  const own = headers
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => (name === 'content-type' || name.startsWith('x-amz-')) && !replaced.has(name));
  const byName = new Map<string, string[]>([['host', [url.host]]]);
  for (const [name, value] of [...own, ...added]) {
    const values = byName.get(name) ?? [];
    byName.set(name, [...values, value.trim().replaceAll(/ +/g, ' ')]);
  }
  return [...byName].map(([name, values]) => [name, values.join(',')] as const).toSorted(byText);
}

function canonicalRequest(
  { method, url }: SigningRequest,
  headers: readonly HeaderPair[],
  bodyHash: string,
  isS3: boolean,
): string {
  return [
    method,
    isS3 ? url.pathname : encodePath(url.pathname.replaceAll(/\/+/g, '/')),
    canonicalQuery(url),
    ...headers.map(([name, value]) => `${name}:${value}`),
    '',
    headers.map(([name]) => name).join(';'),
    bodyHash,
  ].join('\n');
}

/** Every service but S3 wants what stands in the path encoded once more. */
function encodePath(pathname: string): string {
  return pathname.split('/').map(encode).join('/');
}

function canonicalQuery(url: URL): string {
  // Decoded part by part: URLSearchParams would read a plus sign as a space.
  const pairs = url.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...rest] = pair.split('=');
      return [encode(decode(name)), encode(decode(rest.join('=')))] as const;
    });
  return pairs
    .toSorted((a, b) => byText(a, b) || byText([a[1], ''], [b[1], '']))
    .map((pair) => pair.join('='))
    .join('&');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function signingKey(secretKey: string, scope: string): Buffer {
  return scope.split('/').reduce<Buffer>((key, part) => hmac(key, part), Buffer.from(`AWS4${secretKey}`, 'utf8'));
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function byText([a]: HeaderPair, [b]: HeaderPair): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
