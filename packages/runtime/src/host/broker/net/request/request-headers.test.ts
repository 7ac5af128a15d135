import { describe, expect, it } from 'vitest';
import { DEFAULT_NET_LIMITS } from '../net-limits.ts';
import { checkRequestHeaders, headerBytes } from './request-headers.ts';

const check = (...headers: (readonly [string, string])[]) => checkRequestHeaders(headers, DEFAULT_NET_LIMITS);
const refusal = (rule: string) => expect.objectContaining({ effectRefusal: expect.objectContaining({ rule }) });

describe('checkRequestHeaders', () => {
  it('gives names in lower case and leaves values alone', () => {
    expect(check(['X-Api-Version', '1, 2'], ['accept', ''])).toEqual([
      ['x-api-version', '1, 2'],
      ['accept', ''],
    ]);
  });

  it('drops accept-encoding, which the host sets', () => expect(check(['Accept-Encoding', 'zstd'])).toEqual([]));

  it.each(['', 'a b', 'a:b', 'a\r\nb', 'a\0', 'ä', '(a)', 'a\n', ' a'])('NP-229 refuses the name %j', (name) =>
    expect(() => check([name, 'x'])).toThrow(refusal('header-name')),
  );

  it.each(['a\r\nx: y', 'a\nb', 'a\0', 'ä', '\x7f', ' a', 'a ', '\ta', 'a\x1b[0m', 'a\r\n b'])(
    'NP-229 refuses the value %j',
    (value) => expect(() => check(['x-a', value])).toThrow(refusal('header-value')),
  );

  it('NP-239 refuses a name twice, also in another case', () => {
    expect(() => check(['x-a', '1'], ['X-A', '2'])).toThrow(refusal('header-name'));
    expect(() => check(['x-a', '1'], ['x_a', '2'])).toThrow(refusal('header-name'));
  });

  it.each([
    'host',
    'connection',
    'transfer-encoding',
    'content-length',
    'Content-Length',
    'te',
    'trailer',
    'upgrade',
    'expect',
    'keep-alive',
    'proxy-authorization',
    'proxy-connection',
    'sec-fetch-site',
    'sec-websocket-key',
    'x-forwarded-for',
    'x-forwarded-host',
    'forwarded',
    'via',
    'http2-settings',
    'early-data',
    'x-http-method-override',
    'x-http-method',
    'x-method-override',
    'x-original-url',
    'x-rewrite-url',
    'x-real-ip',
    'x-host',
    'cookie',
    'Cookie',
    'cookie2',
    'content_length',
    'X_Forwarded_For',
    'x_http_method_override',
  ])('NP-231 NP-232 refuses %s: not the skill’s to set', (name) =>
    expect(() => check([name, 'x'])).toThrow(refusal('header-reserved')),
  );

  it('bounds number and size', () => {
    const many = Array.from({ length: 65 }, (_, index) => [`x-${index}`, ''] as const);
    expect(() => check(...many)).toThrow(refusal('header-count'));
    expect(check(...many.slice(1))).toHaveLength(64);
    const value = 'a'.repeat(16 * 1024 - headerBytes([['x-a', '']]));
    expect(check(['x-a', value])).toHaveLength(1);
    expect(() => check(['x-a', `${value}a`])).toThrow(refusal('header-size'));
  });
});
