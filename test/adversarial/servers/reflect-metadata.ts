/** What the certificate library's container of dependencies needs of the Reflect metadata proposal; to be imported before it. */
const tables = new WeakMap<object, Map<unknown, unknown>>();

const read = (key: unknown, target: object): unknown => tables.get(target)?.get(key);
const write = (key: unknown, value: unknown, target: object): void => {
  tables.set(target, new Map([...(tables.get(target) ?? []), [key, value]]));
};

Object.assign(Reflect, { getMetadata: read, getOwnMetadata: read, defineMetadata: write });
