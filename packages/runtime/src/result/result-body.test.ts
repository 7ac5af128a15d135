import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RemovalTally } from './removal-counts.ts';
import { toResultBody } from './result-body.ts';
import { sanitiseText } from './sanitise-text.ts';

const bodyOf = (json: string): ReturnType<typeof toResultBody> =>
  toResultBody({ kind: 'value', json }, new RemovalTally());
const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

describe('toResultBody', () => {
  it.each([
    ['no JSON', '{"a":', 'it is not JSON'],
    ['nothing', '', 'it is not JSON'],
    ['two values', '1 2', 'it is not JSON'],
    ['unfinished strings', '"\\"'.repeat(100_000), 'it is not JSON'],
    ['OU-294 too deep', deep(65), 'it nests deeper than 64 levels'],
    ['OU-294 absurdly deep', deep(1_000_000), 'it nests deeper than 64 levels'],
    ['OU-294 too large', `"${'x'.repeat(16 * 2 ** 20)}"`, 'it is too large'],
  ])('%s becomes BAD_OUTPUT', (_name, json, reason) => {
    expect(bodyOf(json)).toEqual({
      code: 'ERR_CARAPACE_SKILL_BAD_OUTPUT',
      text: `Cannot read the result of the tool: ${reason}`,
      structured: undefined,
      failure: undefined,
    });
  });

  it('takes the deepest result that is allowed, and brackets inside strings', () => {
    expect(bodyOf(deep(64)).code).toBeUndefined();
    expect(bodyOf(JSON.stringify(`${'['.repeat(99)}"${'{'.repeat(99)}`)).code).toBeUndefined();
  });

  it('shows short JSON with indentation and long JSON without, so that nesting cannot blow it up', () => {
    expect(bodyOf('{"b":1,"a":[true,null]}').text).toBe('{\n  "b": 1,\n  "a": [\n    true,\n    null\n  ]\n}');
    const rows = JSON.stringify(Array.from({ length: 5_000 }, () => [[[0]]]));
    expect(bodyOf(rows).text).toBe(rows);
  });

  it('breaks a marker that only the punctuation of JSON completes', () => {
    const long = 'x'.repeat(20_000);
    expect(bodyOf(JSON.stringify({ '<|a': 'b|>', long })).text).toContain('<·|a":"b|>');
  });

  it('never throws and never leaves a string unsanitised, whatever the worker sends', () => {
    const binary = fc.string({ unit: 'binary' });
    const valid = fc.jsonValue({ stringUnit: 'binary' }).map((item) => JSON.stringify(item));
    fc.assert(
      fc.property(fc.oneof(fc.json(), binary, valid), (json) => {
        const { text, structured } = bodyOf(json);
        expect(sanitiseText(text).text).toBe(text);
        const compact = JSON.stringify(structured) ?? '';
        expect(compact).not.toMatch(/[\u0080-\u009f\u200b\u202a-\u202e\ue000-\uf8ff]/);
      }),
      { numRuns: 500 },
    );
  });
});
