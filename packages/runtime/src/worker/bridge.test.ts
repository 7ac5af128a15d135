import { describe, expect, it } from 'vitest';
import { answerOp, type OpHandlers } from './bridge.ts';
import { WIRE_LIMITS } from './guest-wire.ts';

const seen: string[] = [];
const handlers: OpHandlers = {
  session: (op, payload) => {
    seen.push(`${op}:${payload}`);
    if (payload === 'throw') throw new Error('secret path /host/x');
    return payload === 'refuse' ? { ok: false, code: 'call-ended' } : { ok: true, payload: 'answer' };
  },
  local: new Map([['uuid', (payload) => ({ ok: true, payload: `local ${payload}` })]]),
};

describe('the one host function', () => {
  it('answers + and the payload, or a code', () => {
    expect(answerOp(handlers, 'cancel\n7')).toBe('+answer');
    expect(seen.at(-1)).toBe('cancel:7');
    expect(answerOp(handlers, 'uuid\nx\ny')).toBe('+local x\ny');
    expect(answerOp(handlers, 'cancel\nrefuse')).toBe('{"ok":false,"code":"call-ended"}');
  });

  it.each([
    ['nothing', undefined],
    ['a number', 1],
    ['shared memory', new SharedArrayBuffer(8)],
    ['a sparse array', Object.assign([], { length: 2 ** 32 - 1 })],
    ['an object with toString', { toString: () => 'cancel\n1' }],
    ['a RegExp', /x/u],
    ['an Error', new Error('x')],
    ['an empty string', ''],
    ['no line break', 'cancel'],
    ['an unknown op', 'exec\nrm'],
    ['a key of Object.prototype', 'constructor\n'],
    ['__proto__', '__proto__\n'],
    ['an op in upper case', 'CANCEL\n1'],
  ])('BD-097 refuses %s before it looks at it', (_name, text) => {
    const before = seen.length;
    expect(answerOp(handlers, text)).toBe('{"ok":false,"code":"bad-op"}');
    expect(seen).toHaveLength(before);
  });

  it('BD-100 refuses what is longer than any op before it looks at it', () => {
    const before = seen.length;
    expect(answerOp(handlers, `cancel\n${'x'.repeat(WIRE_LIMITS.opLength)}`)).toBe('{"ok":false,"code":"too-long"}');
    expect(seen).toHaveLength(before);
    expect(answerOp(handlers, `cancel\n${'x'.repeat(WIRE_LIMITS.opLength - 7)}`)).toBe('+answer');
  });

  it('never throws and never shows why', () => {
    expect(answerOp(handlers, 'cancel\nthrow')).toBe('{"ok":false,"code":"internal"}');
  });
});
