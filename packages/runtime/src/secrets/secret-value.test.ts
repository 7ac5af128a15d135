import { format, inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { SECRET_CODES, SECRET_ERRORS, SECRET_RULES, secretRefusal } from './secret-codes.ts';
import { SecretFailure } from './secret-failure.ts';
import { acceptSecret, LONGEST_SECRET_BYTES } from './secret-value.ts';

const CANARY = 'canary-value-0123456789';

describe('a value in hand', () => {
  const secret = acceptSecret('KEY', CANARY);

  it('only says whose it is, however it is printed', () => {
    const error = new Error('x', { cause: secret });
    const prints = [
      inspect(secret),
      inspect({ deep: [secret] }, { depth: 9, showHidden: true }),
      inspect(error),
      format('%s %o %O %j', secret, secret, secret, secret),
      JSON.stringify({ secret }),
      ['', secret].join(''),
      String(secret),
      Object.keys(secret).join(),
      JSON.stringify(Object.getOwnPropertyDescriptors(secret)),
      structuredCloneText(secret),
    ];
    for (const print of prints) expect(print).not.toContain(CANARY);
    expect(prints[0]).toBe('[secret KEY]');
    expect(prints[4]).toBe('{"secret":"[secret KEY]"}');
    expect(secret.reveal()).toBe(CANARY);
  });

  it.each([
    ['short', '1234567', 'its value is shorter than 8 characters'],
    ['a line feed', 'abcdefgh\nx', 'its value holds control characters'],
    ['a carriage return', 'abcdefgh\rx', 'its value holds control characters'],
    ['NUL', 'abcdefgh\0x', 'its value holds control characters'],
    ['a tab', 'abcdefgh\tx', 'its value holds control characters'],
    ['a line separator', 'abcdefgh\u2028x', 'its value holds control characters'],
    ['8 KiB and more', 'x'.repeat(LONGEST_SECRET_BYTES + 1), 'its value is longer than 8192 bytes'],
    ['half a character', 'abcdefgh\ud800', 'its value is not Unicode text'],
    ['spaces at its end', 'abcdefgh ', 'its value begins or ends with white space'],
    ['no text', 12_345_678, 'its value is not a text'],
    ['nothing', undefined, 'its value is not a text'],
  ])('is refused with %s', (_name, value, state) => {
    expect(() => acceptSecret('KEY', value)).toThrow(
      new SecretFailure('ERR_CARAPACE_SECRET_VALUE', `Cannot use secret "KEY": ${state}`),
    );
  });

  it('is refused under a name that is none, which may be a value in the wrong place', () => {
    expect(() => acceptSecret(CANARY, CANARY)).toThrow('Cannot use secret "?": its name is not');
  });

  it('may be as short as 8 characters, as long as 8 KiB, and hold quotes and metacharacters', () => {
    for (const value of [
      '12345678',
      'x'.repeat(LONGEST_SECRET_BYTES),
      '"a\'b.*+?^$()|{}[]\\',
      'ünïcödé'.padEnd(9, '€'),
    ])
      expect(acceptSecret('KEY', value).reveal()).toBe(value);
  });
});

function structuredCloneText(value: unknown): string {
  try {
    return JSON.stringify(structuredClone(value));
  } catch {
    return '';
  }
}

describe('the tables of codes', () => {
  it('give every rule a code, and every code words of the right form', () => {
    expect(new Set(Object.values(SECRET_RULES))).toEqual(new Set(Object.keys(SECRET_CODES)));
    for (const [code, { toSkill }] of Object.entries(SECRET_CODES)) {
      expect(code).toMatch(/^ERR_CARAPACE_(?:PERMISSION_)?SECRET_[A-Z]+$/);
      expect(toSkill).toMatch(/^Cannot .*[^.]$/);
    }
    for (const { meaning, fix } of Object.values(SECRET_ERRORS)) expect(meaning + fix).toMatch(/\.$/);
  });

  it('make refusals that carry no value', () => {
    expect(secretRefusal('secret-host', 'line')).toEqual({
      code: 'ERR_CARAPACE_PERMISSION_SECRET_TARGET',
      rule: 'secret-host',
      toSkill: 'Cannot send secret: it is not meant for this URL',
      remedy: 'line',
    });
  });
});
