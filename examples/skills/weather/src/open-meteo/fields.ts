/** An object out of somebody else's JSON: nothing about it is known until it has been looked at. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws Error with a sentence for the model when the answer has no such object. */
export function fieldsIn(fields: Fields, name: string): Fields {
  const value = fields[name];
  if (!isFields(value)) throw missing(name);
  return value;
}

export function textIn(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string') throw missing(name);
  return value;
}

/** A measured value. The service has none for every place and hour, and says `null` then. */
export function measureIn(fields: Fields, name: string): number | null {
  const value = fields[name];
  return typeof value === 'number' ? value : null;
}

export function listIn(fields: Fields, name: string): readonly unknown[] {
  const value = fields[name];
  if (!Array.isArray(value)) throw missing(name);
  return value;
}

function missing(name: string): Error {
  return new Error(`Open-Meteo did not answer as documented: "${name}" is missing`);
}
