import { describe, expect, it } from 'vitest';
import type { JsonSchema } from '../json.ts';
import { compileToolSchema } from './compile-tool-schema.ts';

/** As many items as a check looks at; each branch of a schema multiplies them. */
const MANY: readonly number[] = Array.from({ length: 19_000 }, (_, index) => index);

function keywordsOf(schema: JsonSchema, value: unknown): readonly string[] {
  return [
    ...new Set(
      compileToolSchema(schema, 'test')
        .check(value)
        .map(({ keyword }) => keyword),
    ),
  ];
}

describe('the work of one check', () => {
  it.each<[string, JsonSchema]>([
    [
      'branches that look for a constant',
      { anyOf: Array.from({ length: 400 }, (_, index) => ({ contains: { const: index + 0.5 } })) },
    ],
    ['branches that look for a type', { anyOf: Array.from({ length: 150 }, () => ({ contains: { type: 'string' } })) }],
    ['uniqueness asked again and again', { allOf: Array.from({ length: 100 }, () => ({ uniqueItems: true })) }],
  ])('ends at its bound: %s', (_name, schema) => {
    expect(keywordsOf(schema, MANY)).toEqual(['too-costly']);
  });

  it('collects many failures of one keyword without copying them each time', () => {
    expect(keywordsOf({ contains: { const: 0.5 } }, MANY)).toEqual(['const']);
  });

  it('is enough for a large honest result, check after check', () => {
    const row = {
      type: 'object',
      required: ['id'],
      additionalProperties: false,
      properties: { id: { type: 'integer' }, kind: { enum: ['a', 'b'] } },
    };
    const { check } = compileToolSchema({ type: 'array', items: row, uniqueItems: true }, 'test');
    const rows = Array.from({ length: 6_000 }, (_, id) => ({ id, kind: 'a' }));
    for (let time = 0; time < 3; time += 1) expect(check(rows)).toEqual([]);
  });

  it('cannot be paid for by an author who writes the keyword himself', () => {
    expect(() => compileToolSchema({ type: 'array', $paid: true }, 'test')).toThrow(/not supported|schema/);
  });
});
