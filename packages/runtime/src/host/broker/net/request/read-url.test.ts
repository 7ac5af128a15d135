import { describe, expect, it } from 'vitest';
import { DEFAULT_NET_LIMITS } from '../net-limits.ts';
import { nameUrl, readUrl } from './read-url.ts';

const read = (text: string): string => readUrl(text, DEFAULT_NET_LIMITS).href;
const refusal = (rule: string) => expect.objectContaining({ effectRefusal: expect.objectContaining({ rule }) });

describe('readUrl', () => {
  it.each(['https://api.example.com/', 'http://api.example.com:8080/a?b=c&b=d', 'https://api.example.com/%41'])(
    'reads %s as it stands',
    (text) => expect(read(text)).toBe(text),
  );

  it('cuts the fragment off', () => expect(read('https://api.example.com/a#b')).toBe('https://api.example.com/a'));

  it.each([
    'not a url',
    '',
    '//evil.test/',
    'https:api.example.com/',
    'https:/\\api.example.com/',
    'HTTPS://api.example.com/',
    'https://API.example.com/',
    'https://api.example.com',
    'https://api.example.com:443/',
    'https://api.example.com/a b',
    'https://api.example.com/a/../b',
    'https://api.example.com/\t',
    ' https://api.example.com/',
    'https://api.example.com\0.evil.test/',
    'https://api.example.com\r\n.evil.test/',
    'https://api.example.com%00.evil.test/',
    'https://api.example.com%2eevil.test/',
    'https://api.example.com:65536/',
    'https://exämple.com/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://017700000001/',
    'https://127.1/',
    'https://①②⑦.0.0.1/',
    'https://127。0。0。1/',
    'https://[::ffff:127.0.0.1]/',
    'https://[0:0:0:0:0:0:0:1]/',
    'https://[fe80::1%25eth0]/',
  ])('NU-198 NU-199 refuses %j: not the one spelling', (text) =>
    expect(() => read(text)).toThrow(refusal('url-spelling')),
  );

  it.each(['https://user@evil.test/', 'https://user:pw@api.example.com/', 'https://api.example.com@evil.test/'])(
    'NU-196 refuses %s: user information',
    (text) => expect(() => read(text)).toThrow(refusal('url-userinfo')),
  );

  it.each(['https://api.example.com./', 'https://api.example.com.:8443/'])('NU-196 refuses %s: trailing dot', (text) =>
    expect(() => read(text)).toThrow(refusal('host-trailing-dot')),
  );

  it.each([
    'file:///etc/passwd',
    'data:text/plain,hello',
    'javascript:alert(1)',
    'ftp://a.example/',
    'ws://a.example/',
    'unix:/run/x',
    'blob:https://a.example/1',
  ])('NU-220 NU-226 refuses %s: scheme', (text) => expect(() => read(text)).toThrow(refusal('scheme-unknown')));

  it('NU-216 refuses 100,000 characters and 10,000 parameters', () => {
    expect(() => read(`https://api.example.com/${'a'.repeat(100_000)}`)).toThrow(refusal('url-length'));
    expect(() => read(`https://api.example.com/#${'a'.repeat(100_000)}`)).toThrow(refusal('url-length'));
    expect(() => read(`https://api.example.com/?${'a&'.repeat(129)}`)).toThrow(refusal('url-query-count'));
    expect(() => read(`https://api.example.com/?${'a&'.repeat(4_000)}`)).toThrow(refusal('url-query-count'));
  });
});

describe('nameUrl', () => {
  it('keeps the names of parameters and none of their values', () => {
    expect(nameUrl(new URL('https://a.example/p?token=s3cret&q=1&q=2'))).toBe('https://a.example/p?token=…&q=…');
    expect(nameUrl(new URL('https://a.example/p'))).toBe('https://a.example/p');
  });
});
