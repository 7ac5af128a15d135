/** What `JSON.parse` can produce. Objects made by this package have no prototype, so `__proto__` is never special. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** A JSON Schema 2020-12 document as the author wrote it; data from an adversary until `compileToolSchema` accepts it. */
export type JsonSchema = JsonObject;

/** True for a JSON object: not null, not a list. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for a JSON list. `Array.isArray` alone does not narrow a readonly union. */
export function isJsonList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
