import { describe, expect, it } from 'vitest';
import { cutUtf8, parseFailure, parseRequest } from './parse-guest-json.ts';

const request = (op: unknown, form: unknown = 'json'): string => JSON.stringify({ op, form });

describe('parseRequest', () => {
  it.each([
    { family: 'fs', method: 'readFile', path: '/a' },
    { family: 'fs', method: 'readdir', path: '/a' },
    { family: 'fs', method: 'stat', path: '/a' },
    { family: 'fs', method: 'access', path: '/a', mode: 'write' },
    { family: 'timer', method: 'sleep', delayMs: 1 },
    { family: 'timer', method: 'sleep', delayMs: 2 ** 31 - 1 },
  ])('accepts %j and nothing beside its fields', (op) => {
    expect(parseRequest(request({ ...op, extra: 1 }))).toEqual({ op, form: 'json' });
  });

  it.each([
    ['text that is not JSON', '{'],
    ['an array', '[]'],
    ['null', 'null'],
    ['no op', '{"form":"json"}'],
    ['an unknown form', request({ family: 'fs', method: 'stat', path: '/a' }, 'raw')],
    ['an unknown family', request({ family: 'exec', method: 'stat', path: '/a' })],
    ['the family of the session', request({ family: 'skill', method: 'sourceMap' })],
    ['an unknown method', request({ family: 'fs', method: 'unlink', path: '/a' })],
    ['a path that is not a string', request({ family: 'fs', method: 'stat', path: ['/a'] })],
    ['a path that is too long', request({ family: 'fs', method: 'stat', path: 'a'.repeat(4097) })],
    ['an unknown mode', request({ family: 'fs', method: 'access', path: '/a', mode: 'execute' })],
    ['a timer method', request({ family: 'timer', method: 'now', delayMs: 1 })],
    ['no delay', request({ family: 'timer', method: 'sleep', delayMs: 0 })],
    ['a fraction', request({ family: 'timer', method: 'sleep', delayMs: 1.5 })],
    ['a delay beyond 2^31', request({ family: 'timer', method: 'sleep', delayMs: 2 ** 31 })],
    ['more than 16 Ki', request({ family: 'fs', method: 'stat', path: '/a', x: 'a'.repeat(17_000) })],
    ['fields on __proto__', '{"__proto__":{"op":{"family":"fs","method":"stat","path":"/a"},"form":"json"}}'],
  ])('refuses %s', (_name, text) => {
    expect(parseRequest(text)).toBeUndefined();
  });
});

describe('parseFailure', () => {
  it('cuts each part and keeps the stage', () => {
    const failure = parseFailure(
      JSON.stringify({ stage: 'output', name: 'n'.repeat(999), message: 'é'.repeat(9999), stack: 's'.repeat(99_999) }),
    );
    expect(failure.stage).toBe('output');
    expect(failure.name).toHaveLength(256);
    expect(Buffer.byteLength(failure.message)).toBe(4096);
    expect(failure.stack).toHaveLength(16_384);
  });

  it.each(['', 'null', '[]', '{"stage":"boom","name":1,"message":{},"stack":null}', `"${'x'.repeat(300_000)}"`])(
    'makes a plain failure of %s',
    (text) => expect(parseFailure(text)).toEqual({ stage: 'run', name: 'Error', message: '', stack: '' }),
  );
});

describe('cutUtf8', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abc', 2, 'ab'],
    ['éé', 3, 'é'],
    ['a😀', 4, 'a'],
    ['a😀', 5, 'a😀'],
    ['\ud800x', 10, '\ufffdx'],
    ['', 0, ''],
  ])('%j to %i bytes is %j', (text, bytes, cut) => {
    expect(cutUtf8(text, bytes)).toBe(cut);
  });
});
