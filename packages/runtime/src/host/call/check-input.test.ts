import { compileToolSchema, type JsonSchema } from '@carapace/manifest';
import { describe, expect, it } from 'vitest';
import { type CheckedInput, checkInput } from './check-input.ts';

const MIB = 1024 * 1024;

function check(input: unknown, schema: JsonSchema = { type: 'object' }): CheckedInput {
  return checkInput(input, compileToolSchema(schema, 'input of tool "t"'));
}

function refused(state: string): CheckedInput {
  return { kind: 'refused', message: `The input does not fit the tool: ${state}` };
}

describe('checkInput', () => {
  it('gives the text that was checked', () => {
    expect(check({ a: 1, b: undefined })).toEqual({ kind: 'accepted', json: '{"a":1}' });
  });

  it.each([undefined, null])('takes %s for no arguments', (input) => {
    expect(check(input)).toEqual({ kind: 'accepted', json: '{}' });
  });

  it('serialises once, so that an answer that changes cannot slip past the schema', () => {
    let reads = 0;
    const input = {
      get city() {
        reads += 1;
        return reads === 1 ? 'Bern' : 1;
      },
    };
    const schema = { type: 'object', properties: { city: { type: 'string' } } };
    expect(check(input, schema)).toEqual({ kind: 'accepted', json: '{"city":"Bern"}' });
  });

  it.each<[string, () => unknown]>([
    ['a function', () => () => 1],
    ['a symbol', () => Symbol('s')],
    ['a BigInt', () => ({ a: 1n })],
    [
      'a cycle',
      () => {
        const cycle: { self?: unknown } = {};
        cycle.self = cycle;
        return cycle;
      },
    ],
    [
      'a throwing toJSON',
      () => ({
        toJSON() {
          throw new Error('no');
        },
      }),
    ],
  ])('refuses %s', (_name, make) => {
    expect(check(make())).toEqual(refused('it is not JSON'));
  });

  it('counts bytes, and refuses one more than a mebibyte', () => {
    const of = (bytes: number): unknown => ({ a: 'é'.repeat((bytes - '{"a":""}'.length) / 2) });
    expect(check(of(MIB)).kind).toBe('accepted');
    expect(check(of(MIB + 2))).toEqual(refused('it is larger than 1048576 bytes'));
  });

  it('names what does not fit, at most eight issues', () => {
    const properties = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`p${index}`, { type: 'string' }]));
    const schema: JsonSchema = { type: 'object', properties };
    expect(check([], schema)).toEqual(refused('/ must be object'));
    const wrong = check(Object.fromEntries(Object.keys(properties).map((name) => [name, 1])), schema);
    const expected = Array.from({ length: 8 }, (_, index) => `/p${index} must be string`);
    expect(wrong).toEqual(refused(expected.join('; ')));
  });
});
