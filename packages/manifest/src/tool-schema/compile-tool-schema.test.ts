import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManifestInvalid } from '../errors.ts';
import type { JsonObject, JsonSchema, JsonValue } from '../json.ts';
import { compileToolSchema } from './compile-tool-schema.ts';
import { inspectToolSchema } from './inspect-tool-schema.ts';
import { CHECKED_VALUE_BOUNDS, TOOL_SCHEMA_BOUNDS } from './schema-bounds.ts';
import { SCHEMA_KEYWORDS } from './schema-keywords.ts';

const issues = (schema: JsonSchema, value: unknown): readonly string[] =>
  compileToolSchema(schema, 'test')
    .check(value)
    .map(({ keyword, pointer }) => `${keyword} ${pointer}`);

function objections(schema: JsonSchema): readonly string[] {
  const found = inspectToolSchema(schema).map(
    ({ pointer, message }) => `${pointer} ${message.replace('Cannot use the schema: ', '')}`,
  );
  if (found.length > 0) expect(() => compileToolSchema(schema, 'test')).toThrow(ManifestInvalid);
  return found;
}

describe('check', () => {
  it.each<[string, JsonSchema, JsonValue, JsonValue]>([
    ['type', { type: 'string' }, 'a', 1],
    ['type', { type: ['string', 'null'] }, null, 1],
    ['enum', { enum: ['a', { b: 1 }] }, { b: 1 }, { b: 2 }],
    ['const', { const: [1] }, [1], [2]],
    ['required', { required: ['a'] }, { a: 1 }, {}],
    ['additionalProperties', { properties: { a: {} }, additionalProperties: false }, { a: 1 }, { b: 1 }],
    ['pattern', { pattern: '^a+$' }, 'aa', 'ab'],
    ['pattern', { pattern: '^\\u00e9$' }, 'é', 'e'],
    ['minLength', { minLength: 2 }, '😀😀', '😀'],
    ['maxLength', { maxLength: 1 }, '😀', '😀😀'],
    ['minimum', { minimum: 1 }, 1, 0],
    ['exclusiveMaximum', { exclusiveMaximum: 1 }, 0, 1],
    ['multipleOf', { multipleOf: 3 }, 9, 10],
    ['minItems', { minItems: 1 }, [1], []],
    [
      'uniqueItems',
      { uniqueItems: true },
      [{ a: 1, b: 2 }, 1],
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
    ],
    ['contains', { contains: { type: 'string' } }, [1, 'a'], [1]],
    ['not', { not: { type: 'string' } }, 1, 'a'],
    ['anyOf', { anyOf: [{ type: 'string' }, { minimum: 5 }] }, 5, 4],
    ['oneOf', { oneOf: [{ minimum: 1 }, { maximum: 3 }] }, 4, 2],
    ['minimum', { if: { type: 'string' }, else: { minimum: 1 } }, 1, 0],
    ['dependentRequired', { dependentRequired: { a: ['b'] } }, { a: 1, b: 1 }, { a: 1 }],
    ['format', { format: 'date' }, '2024-02-29', '2023-02-29'],
    ['format', { format: 'date-time' }, '2024-01-31T23:59:60.5+02:00', '2024-01-31 25:00:00Z'],
    ['format', { format: 'uuid' }, '123e4567-e89b-12d3-a456-426614174000', '123e4567'],
    ['format', { format: 'email' }, 'a.b@example.com', 'a b@example.com'],
    ['format', { format: 'uri' }, 'https://example.com/?a', 'example.com'],
    ['format', { format: 'ipv4' }, '255.0.10.1', '256.0.0.1'],
    ['format', { format: 'time' }, '10:20:30Z', '10:20:30'],
  ])('%s', (keyword, schema, good, bad) => {
    expect(issues(schema, good)).toEqual([]);
    expect(issues(schema, bad).map((found) => found.split(' ')[0])).toContain(keyword);
  });

  it('follows local references, also to each other', () => {
    const schema = {
      properties: { a: { $ref: '#/$defs/list' } },
      $defs: { list: { type: 'array', items: { $ref: '#/$defs/word' } }, word: { type: 'string' } },
    };
    expect(issues(schema, { a: ['x'] })).toEqual([]);
    expect(issues(schema, { a: ['x', 1] })).toEqual(['type /a/1']);
  });

  it('reports every mistake of a small value at once', () => {
    const schema = {
      type: 'object',
      required: ['a'],
      properties: { b: { type: 'string' }, c: { maximum: 1 } },
      additionalProperties: false,
    };
    expect(issues(schema, { b: 1, c: 2, d: 3 })).toEqual([
      'required ',
      'additionalProperties ',
      'type /b',
      'maximum /c',
    ]);
  });

  it('reports at most twenty', () => {
    expect(
      issues(
        { items: { type: 'string' } },
        Array.from({ length: 100 }, () => 1),
      ),
    ).toHaveLength(20);
  });

  it('reports the first mistake of a large value', () => {
    const schema = { items: { allOf: Array.from({ length: 100 }, () => ({ type: 'string' })) } };
    expect(
      issues(
        schema,
        Array.from({ length: 5_000 }, () => 1),
      ),
    ).toEqual(['type /0']);
  });

  it('ignores formats nobody checks', () => {
    expect(issues({ format: 'hostname' }, '§')).toEqual([]);
  });

  it('never sees inherited properties', () => {
    expect(issues({ required: ['toString'] }, {})).toEqual(['required ']);
    expect(issues({ properties: { valueOf: { type: 'string' } } }, {})).toEqual([]);
  });

  it.each([
    ['undefined', undefined, 'json '],
    ['a function', () => 1, 'json '],
    ['a key named __proto__', JSON.parse('{"__proto__":1}'), 'json /__proto__'],
    [
      'a throwing proxy',
      new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('hostile');
          },
        },
      ),
      'json ',
    ],
  ])('answers for %s', (_name, value, expected) => {
    expect(issues({}, value)).toEqual([expected]);
  });

  it('caps depth, number and length of what it looks at', () => {
    const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)]);
    const { depth, values } = CHECKED_VALUE_BOUNDS;
    expect(issues({}, deep(depth))).toEqual([]);
    expect(compileToolSchema({}, 't').check(deep(depth + 1))[0]?.keyword).toBe('too-large');
    expect(
      issues(
        {},
        Array.from({ length: values - 1 }, () => 1),
      ),
    ).toEqual([]);
    expect(compileToolSchema({}, 't').check(Array.from({ length: values }, () => 1))[0]?.keyword).toBe('too-large');
  });

  it('runs patterns in linear time and stops when the texts are too long for them', () => {
    expect(issues({ pattern: '^(a+)+$' }, `${'a'.repeat(5_000)}b`)).toEqual(['pattern ']);
    const many = { items: { allOf: Array.from({ length: 10 }, (_, at) => ({ pattern: `(x{1,9}){1,9}y${at}` })) } };
    expect(
      issues(
        many,
        Array.from({ length: 100 }, () => 'x'.repeat(10_000)),
      ),
    ).toEqual(['too-costly ']);
  });

  it('starts every check with fresh work for the patterns', () => {
    const schema = compileToolSchema({ pattern: '(?:a{1,10}){1,20}$' }, 't');
    for (let round = 0; round < 20; round += 1) expect(schema.check('a'.repeat(20_000))).toEqual([]);
  });

  it('tells words of different types apart', () => {
    expect(issues({ enum: ['1', 2, null, false, [1]] }, '1')).toEqual([]);
    expect(issues({ enum: ['1', 2, null, false, [1]] }, [1])).toEqual([]);
    for (const other of [1, '2', 'null', 0, ['1'], '[1]']) {
      expect(issues({ enum: ['1', 2, null, false, [1]] }, other)).toEqual(['enum ']);
    }
  });

  it('finds equal items of a long list without comparing all pairs', () => {
    expect(
      issues(
        { uniqueItems: true },
        Array.from({ length: 15_000 }, (_, at) => `${at}`),
      ),
    ).toEqual([]);
  });
});

describe('inspectToolSchema', () => {
  const { depth, nodes, words, patternLength, characters } = TOOL_SCHEMA_BOUNDS;
  const nested = (levels: number): JsonSchema => (levels === 0 ? {} : { not: nested(levels - 1) });
  const doubling = (levels: number): JsonSchema => ({
    $ref: '#/$defs/d0',
    $defs: Object.fromEntries(
      Array.from({ length: levels }, (_, at) => [
        `d${at}`,
        at === levels - 1 ? {} : { allOf: [{ $ref: `#/$defs/d${at + 1}` }, { $ref: `#/$defs/d${at + 1}` }] },
      ]),
    ),
  });

  it.each<[string, JsonSchema, string]>([
    ['an unknown keyword', { tpye: 'string' }, '/tpye unknown keyword "tpye"'],
    [
      'unevaluatedProperties',
      { unevaluatedProperties: false },
      '/unevaluatedProperties unknown keyword "unevaluatedProperties"',
    ],
    ['$id', { $id: 'https://example.com' }, '/$id unknown keyword "$id"'],
    ['$dynamicRef', { $dynamicRef: '#x' }, '/$dynamicRef unknown keyword "$dynamicRef"'],
    ['$data', { maximum: { $data: '1/a' } }, '/maximum not a number'],
    ['a wrong type', { type: 'text' }, '/type not a type name or a list of different type names'],
    ['a type twice', { type: ['string', 'string'] }, '/type not a type name or a list of different type names'],
    ['a broken list', { required: ['a', 'a'] }, '/required not a list of different texts'],
    ['a negative length', { minLength: -1 }, '/minLength not a whole number of at least 0'],
    ['an empty allOf', { allOf: [] }, '/allOf not a list of schemas'],
    ['a property that is no schema', { properties: { a: 1 } }, '/properties/a not a schema'],
    ['a zero step', { multipleOf: 0 }, '/multipleOf not a number above 0'],
    ['a look-ahead', { pattern: '(?=a)' }, '/pattern not in RE2 syntax (no look-around, no back-references)'],
    [
      'a back-reference',
      { patternProperties: { '(a)\\1': {} } },
      '/patternProperties/(a)\\1 not in RE2 syntax (no look-around, no back-references)',
    ],
    ['a long pattern', { pattern: 'a'.repeat(patternLength + 1) }, `/pattern longer than ${patternLength} characters`],
    [
      'a large pattern',
      { pattern: '(?:abcdefghij){150}' },
      `/pattern more than ${TOOL_SCHEMA_BOUNDS.patternSteps} steps once its repetitions are written out`,
    ],
    [
      'a remote reference',
      { $ref: 'https://example.com/s.json' },
      '/$ref the reference does not lead to "#/$defs/…" of this schema',
    ],
    ['a reference to the root', { $ref: '#' }, '/$ref the reference does not lead to "#/$defs/…" of this schema'],
    [
      'a reference into a definition',
      { $ref: '#/$defs/a/not', $defs: { a: { not: {} } } },
      '/$ref the reference does not lead to "#/$defs/…" of this schema',
    ],
    [
      'a reference without #',
      { $ref: 'x/$defs/a', $defs: { a: {} } },
      '/$ref the reference does not lead to "#/$defs/…" of this schema',
    ],
    [
      'a reference to nothing',
      { $ref: '#/$defs/toString', $defs: {} },
      '/$ref the reference does not lead to "#/$defs/…" of this schema',
    ],
    [
      'a reference beside a check',
      { $ref: '#/$defs/a', type: 'string', $defs: { a: {} } },
      '/$ref a reference stands beside other keywords',
    ],
    [
      'a circle of one',
      { $ref: '#/$defs/a', $defs: { a: { not: { $ref: '#/$defs/a' } } } },
      '/$ref/not/$ref the reference leads back to itself',
    ],
    [
      'a circle of two',
      { $ref: '#/$defs/a', $defs: { a: { not: { $ref: '#/$defs/b' } }, b: { items: { $ref: '#/$defs/a' } } } },
      '/$ref/not/$ref/items/$ref the reference leads back to itself',
    ],
  ])('objects to %s', (_name, schema, expected) => {
    expect(objections(schema)).toContain(expected);
  });

  it.each<[string, JsonSchema, JsonSchema]>([
    ['depth', nested(depth), nested(depth + 1)],
    [
      'sub-schemas',
      { allOf: Array.from({ length: nodes - 1 }, () => ({})) },
      { allOf: Array.from({ length: nodes }, () => ({})) },
    ],
    ['sub-schemas through references', doubling(7), doubling(12)],
    [
      'words',
      { enum: Array.from({ length: words - 1 }, (_, at) => at) },
      { enum: Array.from({ length: words }, (_, at) => at) },
    ],
    ['pattern steps', patterns(57), patterns(59)],
    ['size', { description: 'a'.repeat(characters - 18) }, { description: 'a'.repeat(characters - 17) }],
  ])('caps %s', (_name, good, bad) => {
    expect(objections(good)).toEqual([]);
    expect(objections(bad).length).toBeGreaterThan(0);
  });

  it('stops at ten thousand allOf without following all of them', () => {
    expect(objections({ allOf: Array.from({ length: 10_000 }, () => ({ not: { not: {} } })) }).length).toBe(1);
  });

  it('stops listing after fifty', () => {
    expect(objections(Object.fromEntries(Array.from({ length: 80 }, (_, at) => [`x${at}`, 1])))).toHaveLength(50);
  });

  it('takes annotations beside a reference, and keywords with any name as properties', () => {
    expect(
      objections({
        $ref: '#/$defs/a',
        description: 'd',
        $defs: { a: { properties: { $ref: { type: 'string' }, enum: {} } } },
      }),
    ).toEqual([]);
  });
});

/** Patterns of 68 steps each. */
function patterns(count: number): JsonSchema {
  return { allOf: Array.from({ length: count }, (_, at) => ({ pattern: String(at).padStart(64, 'a') })) };
}

describe('properties', () => {
  const depthIdentifier = fc.createDepthIdentifier();
  const leaf = fc.constantFrom<JsonValue>(
    'string',
    'object',
    true,
    false,
    0,
    1,
    -1,
    '#/$defs/a',
    '#',
    'date',
    '^a',
    '(',
    '',
    {},
    [],
  );
  const { schema } = fc.letrec<{ schema: JsonObject; value: JsonValue }>((tie) => ({
    schema: fc.dictionary(fc.constantFrom(...SCHEMA_KEYWORDS.keys()), tie('value'), { maxKeys: 3, depthIdentifier }),
    value: fc.oneof(
      { maxDepth: 4, depthIdentifier },
      { arbitrary: leaf, weight: 4 },
      { arbitrary: tie('schema'), weight: 2 },
      { arbitrary: fc.array(tie('value'), { maxLength: 2, depthIdentifier }), weight: 1 },
      {
        arbitrary: fc.dictionary(fc.constantFrom('a', 'b', '^a'), tie('schema'), { maxKeys: 2, depthIdentifier }),
        weight: 1,
      },
    ),
  }));

  it('a schema is either refused with a coded error, or checks any value without throwing', () => {
    let compiled = 0;
    fc.assert(
      fc.property(schema, fc.jsonValue({ maxDepth: 3 }), (candidate, value) => {
        if (inspectToolSchema(candidate).length > 0) {
          expect(() => compileToolSchema(candidate, 'x')).toThrow(ManifestInvalid);
          return;
        }
        compiled += 1;
        expect(Array.isArray(compileToolSchema(candidate, 'x').check(value))).toBe(true);
      }),
      { numRuns: 1_500 },
    );
    expect(compiled).toBeGreaterThan(100);
  });
});
