/** A frame that no honest worker sends. The host kills the worker and records `rule`. */
export class ProtocolViolation extends Error {
  readonly rule: string;
  constructor(rule: string, detail: string) {
    super(`Cannot accept worker message: ${detail}`);
    this.name = 'ProtocolViolation';
    this.rule = rule;
  }
}

/** One object from the worker, read key by key; what was not read at the end is a violation. */
export class Fields {
  readonly #values: Map<string, unknown>;

  constructor(value: unknown) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new ProtocolViolation('shape', 'not an object');
    this.#values = new Map(Object.entries(value));
  }

  text(key: string, maxLength: number): string {
    const value = this.#take(key);
    if (typeof value !== 'string') throw new ProtocolViolation('type', `"${key}" is not a string`);
    if (value.length > maxLength) throw new ProtocolViolation('length', `"${key}" is longer than ${maxLength}`);
    return value;
  }

  integer(key: string, minimum: number, maximum: number): number {
    const value = this.#take(key);
    if (typeof value !== 'number' || !Number.isInteger(value))
      throw new ProtocolViolation('type', `"${key}" is not an integer`);
    if (value < minimum || value > maximum) throw new ProtocolViolation('range', `"${key}" is out of range`);
    return value;
  }

  /** A finite number from zero to 2^53 - 1, or nothing when the key is absent. JSON can spell infinity as `1e400`. */
  optionalFigure(key: string): number | undefined {
    if (!this.#values.has(key)) return undefined;
    const value = this.#take(key);
    if (typeof value !== 'number') throw new ProtocolViolation('type', `"${key}" is not a number`);
    if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER))
      throw new ProtocolViolation('range', `"${key}" is out of range`);
    return value;
  }

  id(key: 'id' | 'handle' | 'exchange' = 'id'): number {
    return this.integer(key, 1, Number.MAX_SAFE_INTEGER);
  }

  /** A whole number from zero to 2^53 - 1, or nothing when the key is absent. */
  optionalInteger(key: string): number | undefined {
    return this.#values.has(key) ? this.integer(key, 0, Number.MAX_SAFE_INTEGER) : undefined;
  }

  /** One of a closed list of words. The violation is named after the key. */
  word<Word extends string>(key: string, words: readonly Word[]): Word {
    const value = this.#take(key);
    const known = words.find((word) => word === value);
    if (known === undefined) throw new ProtocolViolation(key, `unknown "${key}"`);
    return known;
  }

  optionalWord<Word extends string>(key: string, words: readonly Word[]): Word | undefined {
    return this.#values.has(key) ? this.word(key, words) : undefined;
  }

  /** A list of pairs of texts, copied. */
  pairs(key: string, maxPairs: number, maxLength: number): readonly (readonly [string, string])[] {
    const value = this.#take(key);
    if (!Array.isArray(value)) throw new ProtocolViolation('type', `"${key}" is not a list`);
    if (value.length > maxPairs) throw new ProtocolViolation('length', `"${key}" has more than ${maxPairs} items`);
    return value.map((pair: unknown) => pairOf(key, pair, maxLength));
  }

  boolean(key: string): boolean {
    const value = this.#take(key);
    if (typeof value !== 'boolean') throw new ProtocolViolation('type', `"${key}" is not a boolean`);
    return value;
  }

  object(key: string): Fields {
    return new Fields(this.#take(key));
  }

  nothingElse(): void {
    if (this.#values.size > 0) throw new ProtocolViolation('fields', 'unexpected field');
  }

  #take(key: string): unknown {
    const value = this.#values.get(key);
    this.#values.delete(key);
    return value;
  }
}

function pairOf(key: string, pair: unknown, maxLength: number): readonly [string, string] {
  if (!Array.isArray(pair) || pair.length !== 2) throw new ProtocolViolation('type', `"${key}" holds no pair`);
  const [first, second]: readonly unknown[] = pair;
  if (typeof first !== 'string' || typeof second !== 'string')
    throw new ProtocolViolation('type', `"${key}" holds no texts`);
  if (first.length > maxLength || second.length > maxLength)
    throw new ProtocolViolation('length', `"${key}" holds a text longer than ${maxLength}`);
  return [first, second];
}
