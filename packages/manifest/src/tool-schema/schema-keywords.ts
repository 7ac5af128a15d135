import { isJsonList, isJsonObject, type JsonValue } from '../json.ts';

/** What the value of a keyword must be. Sub-schemas and patterns are looked at further by the inspection. */
export type KeywordKind =
  | 'schema'
  | 'schema-list'
  | 'schema-map'
  | 'pattern'
  | 'pattern-map'
  | 'words'
  | 'ref'
  | 'plain'
  | 'annotation';

interface Keyword {
  readonly kind: KeywordKind;
  readonly accepts: (value: JsonValue) => boolean;
  readonly expected: string;
}

const TYPES: readonly JsonValue[] = ['string', 'number', 'integer', 'boolean', 'null', 'array', 'object'];

const anySchema = keyword('schema', (value) => isJsonObject(value) || typeof value === 'boolean', 'a schema');
const schemaList = keyword(
  'schema-list',
  (value) =>
    isJsonList(value) && value.length > 0 && value.every((item) => isJsonObject(item) || typeof item === 'boolean'),
  'a list of schemas',
);
const schemaMap = keyword('schema-map', isJsonObject, 'an object of schemas');
const count = keyword(
  'plain',
  (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0,
  'a whole number of at least 0',
);
const number = keyword('plain', (value) => typeof value === 'number', 'a number');
const flag = keyword('plain', (value) => typeof value === 'boolean', 'true or false');
const text = keyword('annotation', (value) => typeof value === 'string', 'a text');
const stringList = keyword('plain', isStringSet, 'a list of different texts');

/**
 * Every keyword that may stand in a tool schema (JSON Schema 2020-12). Left out on purpose: `$id`, `$anchor` and their
 * dynamic kin (they change what a reference means), `unevaluated*` (their cost is hard to bound), `not` is kept.
 */
export const SCHEMA_KEYWORDS: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  ['type', keyword('plain', isType, 'a type name or a list of different type names')],
  ['enum', keyword('words', (value) => isJsonList(value) && value.length > 0, 'a list of values')],
  ['const', keyword('words', () => true, 'a value')],
  ['properties', schemaMap],
  ['required', stringList],
  ['additionalProperties', anySchema],
  ['patternProperties', keyword('pattern-map', isJsonObject, 'an object of schemas')],
  ['propertyNames', anySchema],
  ['minProperties', count],
  ['maxProperties', count],
  [
    'dependentRequired',
    keyword(
      'plain',
      (value) => isJsonObject(value) && Object.values(value).every(isStringSet),
      'an object of lists of different texts',
    ),
  ],
  ['items', anySchema],
  ['prefixItems', schemaList],
  ['contains', anySchema],
  ['minContains', count],
  ['maxContains', count],
  ['minItems', count],
  ['maxItems', count],
  ['uniqueItems', flag],
  ['minLength', count],
  ['maxLength', count],
  ['pattern', keyword('pattern', (value) => typeof value === 'string', 'a regular expression')],
  ['format', keyword('plain', (value) => typeof value === 'string' && value.length <= 64, 'a text')],
  ['minimum', number],
  ['maximum', number],
  ['exclusiveMinimum', number],
  ['exclusiveMaximum', number],
  ['multipleOf', keyword('plain', (value) => typeof value === 'number' && value > 0, 'a number above 0')],
  ['allOf', schemaList],
  ['anyOf', schemaList],
  ['oneOf', schemaList],
  ['not', anySchema],
  ['if', anySchema],
  ['then', anySchema],
  ['else', anySchema],
  ['$ref', keyword('ref', (value) => typeof value === 'string', 'a local reference')],
  ['$defs', schemaMap],
  ['$schema', text],
  ['$comment', text],
  ['title', text],
  ['description', text],
  ['default', keyword('annotation', () => true, 'a value')],
  ['examples', keyword('annotation', isJsonList, 'a list')],
  ['deprecated', keyword('annotation', (value) => typeof value === 'boolean', 'true or false')],
  ['readOnly', keyword('annotation', (value) => typeof value === 'boolean', 'true or false')],
  ['writeOnly', keyword('annotation', (value) => typeof value === 'boolean', 'true or false')],
  ['contentEncoding', text],
  ['contentMediaType', text],
]);

function keyword(kind: KeywordKind, accepts: (value: JsonValue) => boolean, expected: string): Keyword {
  return { kind, accepts, expected };
}

function isStringSet(value: JsonValue): boolean {
  return isJsonList(value) && value.every((item) => typeof item === 'string') && new Set(value).size === value.length;
}

function isType(value: JsonValue): boolean {
  if (!isJsonList(value)) return TYPES.includes(value);
  return value.length > 0 && new Set(value).size === value.length && value.every((item) => TYPES.includes(item));
}
