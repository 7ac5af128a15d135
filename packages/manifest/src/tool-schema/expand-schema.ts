import { isJsonList, isJsonObject, type JsonObject, type JsonSchema, type JsonValue } from '../json.ts';
import { EVALUATION } from './checking-compiler.ts';
import { localTarget } from './inspect-tool-schema.ts';
import { type KeywordKind, SCHEMA_KEYWORDS } from './schema-keywords.ts';
import { isKnownFormat } from './value-formats.ts';

/**
 * Writes out every reference and leaves out what does not check anything, so that the compiler sees one finite tree.
 * Only for schemas that `inspectToolSchema` has nothing against: it has bounded the size of the result.
 */
export function expandSchema(schema: JsonSchema): JsonObject {
  const expanded = expand(schema, schema);
  return isJsonObject(expanded) ? expanded : {};
}

function expand(node: JsonValue, root: JsonSchema): JsonValue {
  if (!isJsonObject(node)) return node;
  const reference = node['$ref'];
  if (typeof reference === 'string') return expand(localTarget(reference, root) ?? false, root);
  const expanded: Record<string, JsonValue> = Object.create(null);
  for (const name of Object.keys(node)) {
    const value = expandKeyword(name, node[name] ?? null, root);
    if (value !== undefined) expanded[name] = value;
  }
  expanded[EVALUATION] = true;
  return expanded;
}

function expandKeyword(name: string, value: JsonValue, root: JsonSchema): JsonValue | undefined {
  // A format nobody checks is an annotation (JSON Schema 2020-12, 7.2.1).
  if (name === 'format') return typeof value === 'string' && isKnownFormat(value) ? value : undefined;
  const kind = SCHEMA_KEYWORDS.get(name)?.kind ?? 'annotation';
  if (name === '$defs' || kind === 'annotation') return undefined;
  return HOLDS_SCHEMAS.has(kind) ? expandHeld(value, kind, root) : value;
}

const HOLDS_SCHEMAS: ReadonlySet<KeywordKind> = new Set<KeywordKind>([
  'schema',
  'schema-list',
  'schema-map',
  'pattern-map',
]);

function expandHeld(value: JsonValue, kind: KeywordKind, root: JsonSchema): JsonValue {
  if (isJsonList(value)) return value.map((item) => expand(item, root));
  return kind !== 'schema' && isJsonObject(value)
    ? mapValues(value, (child) => expand(child, root))
    : expand(value, root);
}

function mapValues(map: JsonObject, change: (value: JsonValue) => JsonValue): JsonObject {
  const changed: Record<string, JsonValue> = Object.create(null);
  for (const key of Object.keys(map)) changed[key] = change(map[key] ?? null);
  return changed;
}
