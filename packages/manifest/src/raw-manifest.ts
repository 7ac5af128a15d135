import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import { childPointer } from './json-pointer.ts';

/** A value of a manifest that has not been accepted yet, and where it stands. */
export interface Located<Value extends JsonValue = JsonValue> {
  readonly pointer: string;
  readonly value: Value;
}

/** A tool and its name. */
export interface LocatedTool extends Located<JsonObject> {
  readonly name: string;
}

/**
 * A manifest as rules see it. Whatever has the wrong type is simply not there (the schema reports it), so that rules can
 * run on a manifest that is wrong elsewhere and every mistake is shown at once.
 */
export interface RawManifest {
  readonly root: Located<JsonObject>;
  readonly tools: readonly LocatedTool[];
  readonly fs: readonly Located<JsonObject>[];
  readonly net: readonly Located<JsonObject>[];
  readonly secrets: readonly Located<JsonObject>[];
  readonly data?: Located<JsonObject>;
}

/** Opens a document for the rules. */
export function rawManifest(document: JsonObject): RawManifest {
  const root = { pointer: '', value: document };
  const tools = objectAt(root, 'tools');
  const permissions = objectAt(root, 'permissions');
  const data = permissions === undefined ? undefined : objectAt(permissions, 'data');
  return {
    root,
    tools: tools === undefined ? [] : Object.keys(tools.value).flatMap((name) => withName(objectAt(tools, name), name)),
    fs: objectsIn(permissions, 'fs'),
    net: objectsIn(permissions, 'net'),
    secrets: objectsIn(permissions, 'secrets'),
    ...(data === undefined ? {} : { data }),
  };
}

/** The member of an object, if it is there. */
export function valueAt(parent: Located<JsonObject>, key: string): Located | undefined {
  const value = Object.hasOwn(parent.value, key) ? parent.value[key] : undefined;
  return value === undefined ? undefined : { pointer: childPointer(parent.pointer, key), value };
}

/** The member of an object, if it is a string. */
export function stringAt(parent: Located<JsonObject>, key: string): Located<string> | undefined {
  const found = valueAt(parent, key);
  return typeof found?.value === 'string' ? { pointer: found.pointer, value: found.value } : undefined;
}

/** The member of an object, if it is an object. */
export function objectAt(parent: Located<JsonObject>, key: string): Located<JsonObject> | undefined {
  const found = valueAt(parent, key);
  return found !== undefined && isJsonObject(found.value) ? { pointer: found.pointer, value: found.value } : undefined;
}

/** The items of a list that is a member of an object; none when it is missing or not a list. */
export function itemsAt(parent: Located<JsonObject>, key: string): readonly Located[] {
  const found = valueAt(parent, key);
  if (found === undefined || !isJsonList(found.value)) return [];
  return found.value.map((value, index) => ({ pointer: childPointer(found.pointer, index), value }));
}

/** The strings of a list that is a member of an object. */
export function stringsAt(parent: Located<JsonObject>, key: string): readonly Located<string>[] {
  return itemsAt(parent, key).flatMap(({ pointer, value }) => (typeof value === 'string' ? [{ pointer, value }] : []));
}

function objectsIn(parent: Located<JsonObject> | undefined, key: string): readonly Located<JsonObject>[] {
  if (parent === undefined) return [];
  return itemsAt(parent, key).flatMap(({ pointer, value }) => (isJsonObject(value) ? [{ pointer, value }] : []));
}

function withName(tool: Located<JsonObject> | undefined, name: string): readonly LocatedTool[] {
  return tool === undefined ? [] : [{ ...tool, name }];
}
