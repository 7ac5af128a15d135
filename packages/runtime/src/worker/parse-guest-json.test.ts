import { describe, expect, it } from 'vitest';
import { cutUtf8, parseFailure } from './parse-guest-json.ts';

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
