import { describe, expect, it } from 'vitest';
import { contentCoding } from './content-coding.ts';
import { guestHeaders, guestStatusText } from './response-headers.ts';

const same = (text: string): string => text;

describe('guestHeaders', () => {
  it.each([
    'set-cookie',
    'set-cookie2',
    'connection',
    'transfer-encoding',
    'alt-svc',
    'refresh',
    'upgrade',
    'keep-alive',
    'proxy-authenticate',
    'clear-site-data',
    'strict-transport-security',
    'nel',
  ])('NU-223 NP-232 leaves %s out', (name) =>
    expect(
      guestHeaders(
        [
          [name, 'x'],
          ['x-kept', 'y'],
        ],
        false,
        same,
      ),
    ).toEqual([['x-kept', 'y']]),
  );

  it('NP-253 leaves out what is no header or holds control characters', () => {
    const odd = [
      ['a b', 'x'],
      ['x-esc', '\x1b[31m'],
      ['x-nul', 'a\0'],
      ['x-latin', 'caf\xe9'],
      ['x-tab', 'a\tb'],
    ] as const;
    expect(guestHeaders(odd, false, same).map(([name]) => name)).toEqual(['x-latin', 'x-tab']);
  });

  it('leaves out the length of a body that was decoded', () => {
    const headers = [
      ['content-length', '5'],
      ['content-encoding', 'gzip'],
      ['etag', 'a'],
    ] as const;
    expect(guestHeaders(headers, true, same)).toEqual([['etag', 'a']]);
    expect(guestHeaders(headers, false, same)).toHaveLength(3);
  });

  it('redacts values', () => expect(guestHeaders([['x-a', 'secret']], false, () => '…')).toEqual([['x-a', '…']]));
});

describe('guestStatusText', () => {
  it('is short and plain', () => {
    expect(guestStatusText(`\x1b[2JNot\u202e Found${'!'.repeat(200)}`, same)).toBe(`[2JNot Found${'!'.repeat(116)}`);
  });
});

describe('contentCoding', () => {
  it('counts the codings over all headers', () => {
    expect(contentCoding([])).toBe('identity');
    expect(
      contentCoding([
        ['content-encoding', ''],
        ['content-encoding', 'identity, BR'],
      ]),
    ).toBe('br');
    expect(() =>
      contentCoding([
        ['content-encoding', 'gzip'],
        ['content-encoding', 'br'],
      ]),
    ).toThrow('compressed');
  });
});
