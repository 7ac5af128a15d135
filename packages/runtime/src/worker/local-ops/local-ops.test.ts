import { describe, expect, it } from 'vitest';
import { WIRE_LIMITS } from '../guest-wire.ts';
import { createLocalOps } from './local-ops.ts';

const ask = (op: string, payload: string): unknown => createLocalOps().get(op)?.(payload);
const INVALID = { ok: false, code: 'invalid' };

/** What the guest's own platform never sends, but a skill that reached the bridge could. */
describe('ops with payloads that are not what they should be', () => {
  it.each([
    ['url-parse', '{}'],
    ['url-parse', '[1]'],
    ['url-parse', '[]'],
    ['url-parse', '"https://a.b"'],
    ['url-set', '["::","href","x"]'],
    ['url-set', '["https://a.b","constructor","x"]'],
    ['url-set', '["https://a.b","searchParams","x"]'],
    ['url-set', '["https://a.b","href","::"]'],
    ['params-parse', '1'],
    ['params-serialise', '{"0":"a"}'],
    ['pattern-create', '{}'],
    ['pattern-create', '[1,null,false]'],
    ['pattern-create', '[[],null,false]'],
    ['pattern-create', 'no JSON'],
    ['pattern-match', '[1,"https://a.b",null]'],
    ['pattern-match', '["[","https://a.b",null]'],
    ['pattern-match', '{}'],
    ['decode', ''],
    ['decode', 'x utf-8 \n'],
    ['decode', '0 utf-8 z\n'],
    ['decode', '0 klingon \n'],
    ['decode', `0 ${'u'.repeat(65)} \n`],
    ['decoder-label', 'x'.repeat(65)],
    ['atob', '*'],
    ['btoa', '€'],
    ['random', '-1'],
    ['random', '1.5'],
    ['random', 'NaN'],
    ['random', String(WIRE_LIMITS.randomBytes + 1)],
    ['digest', 'MD5\n'],
    ['digest', '__proto__\n'],
    ['digest', 'SHA-1'],
  ])('%s %j is invalid', (op, payload) => {
    expect(ask(op, payload)).toEqual(INVALID);
  });

  it('refuses URLs beyond their limit before parsing', () => {
    expect(ask('url-parse', `["https://a.b/${'x'.repeat(WIRE_LIMITS.urlLength)}"]`)).toEqual({
      ok: false,
      code: 'too-long',
    });
  });

  it('refuses patterns beyond their limit, and texts to match as well', () => {
    const long = JSON.stringify({ pathname: 'x'.repeat(WIRE_LIMITS.urlLength) });
    expect(ask('pattern-create', `[${long},null,false]`)).toEqual({ ok: false, code: 'too-long' });
    expect(ask('pattern-match', `["[{},null,false]",${long},null]`)).toEqual({ ok: false, code: 'too-long' });
  });

  it('gives the same answers when more patterns are in use than it keeps', () => {
    const ops = createLocalOps();
    const match = (path: string, text: string): unknown =>
      ops.get('pattern-match')?.(JSON.stringify([JSON.stringify([{ pathname: path }, null, false]), text, null]));
    for (let round = 0; round < 2; round += 1) {
      for (let id = 0; id < 40; id += 1) {
        expect(match(`/${id}`, `https://a.b/${id}`)).not.toEqual({ ok: true, payload: 'null' });
        expect(match(`/${id}`, `https://a.b/${id + 1}`)).toEqual({ ok: true, payload: 'null' });
      }
    }
  });

  it('accepts each limit itself', () => {
    expect(ask('random', String(WIRE_LIMITS.randomBytes))).toMatchObject({ ok: true });
    expect(ask('random', '0')).toEqual({ ok: true, payload: '' });
  });

  it('forgets a streaming decoder that failed or ended', () => {
    const decode = createLocalOps().get('decode');
    const cut = Buffer.from([0xe2]).toString('base64');
    for (let id = 1; id <= WIRE_LIMITS.openDecoders; id += 1) decode?.(`${id} utf-8 s\n${cut}`);
    expect(decode?.(`9999 utf-8 s\n${cut}`)).toEqual({ ok: false, code: 'too-many-decoders' });
    expect(decode?.('1 utf-8 \n')).toEqual({ ok: true, payload: '\ufffd' });
    expect(decode?.(`9999 utf-8 fs\n${Buffer.from([0xff]).toString('base64')}`)).toEqual(INVALID);
    expect(decode?.(`9999 utf-8 s\n${cut}`)).toMatchObject({ ok: true });
  });
});
