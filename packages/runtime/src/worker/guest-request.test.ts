import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_REQUEST_BODY_BYTES } from '../protocol/messages.ts';
import { readRequest } from './guest-request.ts';
import { WIRE_LIMITS } from './guest-wire.ts';

const request = (op: unknown, form: unknown = 'json', more: object = {}): string =>
  JSON.stringify({ op, form, ...more });
const WRITE = { family: 'fs', method: 'writeFile', path: '/a', mode: 'replace' };
const FETCH = {
  family: 'net',
  method: 'fetch',
  url: 'https://a.test/',
  verb: 'POST',
  headers: [['a', 'b']],
  redirect: 'follow',
};

describe('readRequest', () => {
  it.each([
    { family: 'fs', method: 'readFile', path: '/a' },
    { family: 'fs', method: 'access', path: '/a', mode: 'write' },
    { family: 'fs', method: 'read', handle: 7, length: 10 },
    { family: 'fs', method: 'read', handle: 7, length: 10, position: 0 },
    { family: 'net', method: 'drain', exchange: 3 },
    { family: 'timer', method: 'sleep', delayMs: 1 },
    { family: 'timer', method: 'sleep', delayMs: 2 ** 31 - 1 },
  ])('accepts %j', (op) => {
    expect(readRequest(request(op))).toEqual({ ok: true, request: { op, form: 'json', body: new Uint8Array(0) } });
  });

  it.each([
    ['utf8', 'grüße\nzwei', Buffer.from('grüße\nzwei')],
    ['base64', 'AP8=', Buffer.from([0, 255])],
    ['utf8', '', Buffer.alloc(0)],
  ])('takes a body as %s', (encoding, text, bytes) => {
    const reading = readRequest(`${request(WRITE, 'none', { encoding })}\n${text}`);
    expect(reading.ok && Buffer.compare(reading.request.body, bytes)).toBe(0);
  });

  it.each([
    ['text that is not JSON', '{'],
    ['an array', '[]'],
    ['null', 'null'],
    ['no op', '{"form":"json"}'],
    ['an unknown form', request({ family: 'fs', method: 'stat', path: '/a' }, 'raw')],
    ['an unknown family', request({ family: 'exec', method: 'stat', path: '/a' })],
    ['the family of the session', request({ family: 'skill', method: 'sourceMap' })],
    ['an unknown method', request({ family: 'fs', method: 'symlink', path: '/a' })],
    ['a field too many', request({ family: 'fs', method: 'stat', path: '/a', root: '/' })],
    ['a path that is not a string', request({ family: 'fs', method: 'stat', path: ['/a'] })],
    ['an unknown mode', request({ family: 'fs', method: 'access', path: '/a', mode: 'execute' })],
    ['a handle of zero', request({ family: 'fs', method: 'fstat', handle: 0 })],
    ['headers that are no pairs', request({ ...FETCH, payload: 'none', headers: [['a']] })],
    ['a delay beyond 2^31', request({ family: 'timer', method: 'sleep', delayMs: 2 ** 31 })],
    ['fields on __proto__', '{"__proto__":{"op":{"family":"fs","method":"stat","path":"/a"},"form":"json"}}'],
    ['a body without an encoding', `${request(WRITE)}\nx`],
    ['an encoding without a body', request(WRITE, 'none', { encoding: 'utf8' })],
    ['an unknown encoding', `${request(WRITE, 'none', { encoding: 'latin1' })}\nx`],
    [
      'a body with an op that takes none',
      `${request({ family: 'fs', method: 'stat', path: '/a' }, 'none', { encoding: 'utf8' })}\nx`,
    ],
    ['a body behind a streamed fetch', `${request({ ...FETCH, payload: 'stream' }, 'head', { encoding: 'utf8' })}\nx`],
  ])('refuses %s', (_name, text) => {
    expect(readRequest(text)).toEqual({ ok: false, code: 'bad-op' });
  });

  it.each([
    [
      'a request over its limit',
      request({ family: 'fs', method: 'stat', path: 'a'.repeat(WIRE_LIMITS.requestLength) }),
    ],
    ['one that grows over it in UTF-8', request({ ...FETCH, payload: 'none', url: '\u20ac'.repeat(30_000) })],
    [
      'a body over its limit',
      `${request(WRITE, 'none', { encoding: 'utf8' })}\n${'x'.repeat(MAX_REQUEST_BODY_BYTES + 1)}`,
    ],
  ])('says of %s that it is too long', (_name, text) => {
    expect(readRequest(text)).toEqual({ ok: false, code: 'too-long' });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(typeof readRequest(text).ok).toBe('boolean');
      }),
    );
  });
});
