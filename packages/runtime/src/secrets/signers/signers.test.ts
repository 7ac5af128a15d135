import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { awsSigv4 } from './aws-sigv4.ts';
import { hmacSha256 } from './hmac-sha256.ts';
import type { Signature, SigningRequest } from './signer.ts';

const NOW = new Date('2015-08-30T12:36:00Z');
const SECRET = 'AKIDEXAMPLE:wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';

const request = (changes: Partial<SigningRequest> = {}): SigningRequest => ({
  method: 'GET',
  url: new URL('https://example.amazonaws.com/'),
  headers: [],
  body: new Uint8Array(0),
  secret: SECRET,
  options: { region: 'us-east-1', service: 'service' },
  now: NOW,
  ...changes,
});

const header = (signature: Signature, name: string): string | undefined =>
  signature.headers.find(([each]) => each === name)?.[1];

async function signatureOf(changes: Partial<SigningRequest>): Promise<string | undefined> {
  const value = header(await awsSigv4.sign(request(changes)), 'authorization');
  return value?.replace(/.*Signature=/, '');
}

describe('aws-sigv4', () => {
  /** Facts of the test suite that AWS publishes for Signature Version 4: credentials, time, request and signature. */
  it.each<[string, Partial<SigningRequest>, string]>([
    ['get-vanilla', {}, '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    [
      'get-vanilla-query-order-key-case',
      { url: new URL('https://example.amazonaws.com/?Param2=value2&Param1=value1') },
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    [
      'get-vanilla-utf8-query',
      { url: new URL('https://example.amazonaws.com/?ሴ=bar') },
      '2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04',
    ],
    [
      'get-slashes',
      { url: new URL('https://example.amazonaws.com//') },
      '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    ],
    ['post-vanilla', { method: 'POST' }, '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
    [
      'post-x-www-form-urlencoded',
      {
        method: 'POST',
        headers: [['Content-Type', 'application/x-www-form-urlencoded']],
        body: Buffer.from('Param1=value1'),
      },
      'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
  ])('gives the published signature: %s', async (_name, changes, expected) => {
    expect(await signatureOf(changes)).toBe(expected);
  });

  it('writes the header as AWS reads it', async () => {
    const signature = await awsSigv4.sign(request());
    expect(header(signature, 'authorization')).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, ' +
        'Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    );
    expect(header(signature, 'x-amz-date')).toBe('20150830T123600Z');
  });

  it('adds the token of a session, and the digest that S3 wants', async () => {
    const options = { region: 'eu-central-1', service: 's3' };
    const signature = await awsSigv4.sign(request({ secret: `${SECRET}:session/token==`, options }));
    expect(header(signature, 'x-amz-security-token')).toBe('session/token==');
    expect(header(signature, 'x-amz-content-sha256')).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
    expect(header(signature, 'authorization')).toContain(
      'SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,',
    );
  });

  it('signs what counts and nothing else', async () => {
    const base = await signatureOf({});
    const others = [
      { method: 'PUT' },
      { url: new URL('https://example.amazonaws.com/other') },
      { url: new URL('https://example.amazonaws.com/?a=b') },
      { url: new URL('https://other.amazonaws.com/') },
      { body: Buffer.from('x') },
      { headers: [['x-amz-target', 'A']] as const },
      { options: { region: 'us-east-2', service: 'service' } },
      { now: new Date('2015-08-30T12:36:01Z') },
    ];
    for (const changes of others) expect(await signatureOf(changes)).not.toBe(base);
    expect(await signatureOf({ headers: [['accept', '*/*']] })).toBe(base);
    expect(await signatureOf({ headers: [['X-Amz-Date', 'mine']] })).toBe(base);
  });

  it.each([
    ['service', '/a%2520b', 'host;x-amz-date', ''],
    [
      's3',
      '/a%20b',
      'host;x-amz-content-sha256;x-amz-date',
      'x-amz-content-sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n',
    ],
  ])('encodes the path once more, except for S3: %s', async (service, path, names, digest) => {
    const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    const canonical = `GET\n${path}\n\nhost:example.amazonaws.com\n${digest}x-amz-date:20150830T123600Z\n\n${names}\n${empty}`;
    const digestOf = createHash('sha256').update(canonical).digest('hex');
    const scope = `20150830/us-east-1/${service}/aws4_request`;
    let key: string | Buffer = 'AWS4wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
    for (const part of [...scope.split('/'), `AWS4-HMAC-SHA256\n20150830T123600Z\n${scope}\n${digestOf}`])
      key = createHmac('sha256', key).update(part).digest();
    const url = new URL('https://example.amazonaws.com/a%20b');
    expect(await signatureOf({ url, options: { region: 'us-east-1', service } })).toBe(
      Buffer.from(key).toString('hex'),
    );
  });

  it.each([
    [{ secret: 'no-colon-in-this' }, 'the secret is not'],
    [{ options: { service: 's3' } }, '"region"'],
    [{ options: { region: 'r' } }, '"service"'],
  ])('refuses %j without naming the key', (changes, words) => {
    expect(() => awsSigv4.sign(request(changes))).toThrow(words);
    expect(() => awsSigv4.sign(request(changes))).not.toThrow(/wJalr|no-colon/);
  });
});

describe('hmac-sha256', () => {
  const hmac = (text: string): string => createHmac('sha256', 'key-of-the-hook').update(text).digest('hex');
  const base = { secret: 'key-of-the-hook', body: Buffer.from('{"a":1}'), options: {} };

  it('signs the body by default', async () => {
    expect(await hmacSha256.sign(request(base))).toEqual({ headers: [['x-signature', hmac('{"a":1}')]] });
    expect(hmacSha256.header({})).toBe('x-signature');
  });

  it('takes header, prefix, encoding and message from its options', async () => {
    const options = {
      header: 'X-Hub-Signature-256',
      prefix: 'sha256=',
      message: 'v0:{timestamp}:{method}:{host}{path}?{query}:{body}:{other}',
      timestampHeader: 'X-Timestamp',
    };
    const url = new URL('https://api.example.com/hook?a=b%20c');
    expect(await hmacSha256.sign(request({ ...base, method: 'POST', url, options }))).toEqual({
      headers: [
        ['x-hub-signature-256', `sha256=${hmac('v0:1440938160:POST:api.example.com/hook?a=b%20c:{"a":1}:{other}')}`],
        ['x-timestamp', '1440938160'],
      ],
    });
    expect(hmacSha256.header(options)).toBe('x-hub-signature-256');
    const inBase64 = await hmacSha256.sign(request({ ...base, options: { encoding: 'base64' } }));
    expect(inBase64.headers[0]?.[1]).toBe(Buffer.from(hmac('{"a":1}'), 'hex').toString('base64'));
    expect(() => hmacSha256.sign(request({ ...base, options: { encoding: 'latin1' } }))).toThrow('"encoding"');
  });

  it('gives the published value (RFC 4231, test case 2)', async () => {
    const signature = await hmacSha256.sign(
      request({ secret: 'Jefe', body: Buffer.from('what do ya want for nothing?'), options: {} }),
    );
    expect(signature.headers[0]?.[1]).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  });
});
