/** An object out of somebody else's JSON: nothing about it is known until it has been looked at. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws Error with a sentence for the model when the answer has no such text. */
export function textIn(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string') throw missing(name);
  return value;
}

export function numberIn(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value !== 'number') throw missing(name);
  return value;
}

/** A list of objects. */
export function listIn(value: unknown, name: string): readonly Fields[] {
  if (!Array.isArray(value)) throw missing(name);
  return value.filter(isFields);
}

function missing(name: string): Error {
  return new Error(`GitHub did not answer as documented: "${name}" is missing`);
}
