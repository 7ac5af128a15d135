import { append, createList, type List, toArray } from '../collections.ts';
import type { Endowment } from '../endowment.ts';
import { forEachOf } from '../for-each-of.ts';
import { ask } from '../host-call.ts';
import {
  ArrayPrototypeSort,
  JSONParse,
  JSONStringify,
  ReflectApply,
  ReflectDefineProperty,
  ReflectGet,
  ReflectGetOwnPropertyDescriptor,
  ReflectOwnKeys,
  StringOf,
  StringPrototypeSlice,
  StringPrototypeStartsWith,
  StringPrototypeToWellFormed,
  SymbolIterator,
  TypeErrorOf,
} from '../primordials.ts';

interface Pair {
  readonly name: string;
  value: string;
}

/** How a URL and its `searchParams` keep each other up to date; out of reach of the skill. */
export interface ParamsLink {
  /** Replaces the list after `url.search` or `url.href` changed. */
  replace(params: URLSearchParams, query: string): void;
  /** Called with the new query after each change of the list. */
  connect(params: URLSearchParams, changed: (query: string) => void): void;
}
export let paramsLink: ParamsLink;

/** URL Standard §6.2. Parsing and serialising are done by the worker's own implementation. */
export class URLSearchParams {
  #pairs: List<Pair> = createList();
  #changed: ((query: string) => void) | undefined;

  static {
    paramsLink = {
      replace: (params, query) => {
        params.#pairs = parse(query);
      },
      connect: (params, changed) => {
        params.#changed = changed;
      },
    };
  }

  constructor(init?: unknown) {
    if (init === undefined || init === null) return;
    if (typeof init !== 'object' && typeof init !== 'function') {
      const text = toUsv(init);
      this.#pairs = parse(StringPrototypeStartsWith(text, '?') ? StringPrototypeSlice(text, 1) : text);
    } else this.#pairs = fromObject(init);
  }

  get size(): number {
    return this.#pairs.length;
  }
  append(name: unknown, value: unknown): void {
    append(this.#pairs, { name: toUsv(name), value: toUsv(value) });
    this.#update();
  }
  delete(name: unknown, value?: unknown): void {
    const key = toUsv(name);
    const only = value === undefined ? undefined : toUsv(value);
    this.#keep((pair) => pair.name !== key || (only !== undefined && pair.value !== only));
    this.#update();
  }
  get(name: unknown): string | null {
    return this.#find(toUsv(name))?.value ?? null;
  }
  getAll(name: unknown): string[] {
    const key = toUsv(name);
    const found = createList<string>();
    for (let index = 0; index < this.#pairs.length; index += 1) {
      const pair = this.#pairs[index];
      if (pair?.name === key) append(found, pair.value);
    }
    return toArray(found);
  }
  has(name: unknown, value?: unknown): boolean {
    const key = toUsv(name);
    const only = value === undefined ? undefined : toUsv(value);
    for (let index = 0; index < this.#pairs.length; index += 1) {
      const pair = this.#pairs[index];
      if (pair?.name === key && (only === undefined || pair.value === only)) return true;
    }
    return false;
  }
  set(name: unknown, value: unknown): void {
    const key = toUsv(name);
    const text = toUsv(value);
    const first = this.#find(key);
    if (first === undefined) append(this.#pairs, { name: key, value: text });
    else {
      first.value = text;
      this.#keep((pair) => pair === first || pair.name !== key);
    }
    this.#update();
  }
  /** Stable, by code units of the names. */
  sort(): void {
    ArrayPrototypeSort(this.#pairs, (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    this.#update();
  }
  forEach(callback: (value: string, name: string, params: URLSearchParams) => void, self?: unknown): void {
    if (typeof callback !== 'function') throw new TypeErrorOf('Cannot iterate: the callback is not a function');
    for (let index = 0; index < this.#pairs.length; index += 1) {
      const pair = this.#pairs[index];
      if (pair !== undefined) ReflectApply(callback, self, [pair.value, pair.name, this]);
    }
  }
  *entries(): Generator<[string, string], undefined, undefined> {
    for (let index = 0; index < this.#pairs.length; index += 1) {
      const pair = this.#pairs[index];
      if (pair !== undefined) yield [pair.name, pair.value];
    }
  }
  *keys(): Generator<string, undefined, undefined> {
    for (let index = 0; index < this.#pairs.length; index += 1) yield this.#pairs[index]?.name ?? '';
  }
  *values(): Generator<string, undefined, undefined> {
    for (let index = 0; index < this.#pairs.length; index += 1) yield this.#pairs[index]?.value ?? '';
  }
  toString(): string {
    if (this.#pairs.length === 0) return '';
    const flat = createList<string>();
    for (let index = 0; index < this.#pairs.length; index += 1) {
      const pair = this.#pairs[index];
      if (pair === undefined) continue;
      append(flat, pair.name);
      append(flat, pair.value);
    }
    return ask('params-serialise', JSONStringify(flat));
  }
  get [Symbol.toStringTag](): string {
    return 'URLSearchParams';
  }

  #find(name: string): Pair | undefined {
    for (let index = 0; index < this.#pairs.length; index += 1) {
      const pair = this.#pairs[index];
      if (pair?.name === name) return pair;
    }
    return undefined;
  }
  #keep(wanted: (pair: Pair) => boolean): void {
    const kept = createList<Pair>();
    for (let index = 0; index < this.#pairs.length; index += 1) {
      const pair = this.#pairs[index];
      if (pair !== undefined && wanted(pair)) append(kept, pair);
    }
    this.#pairs = kept;
  }
  #update(): void {
    this.#changed?.(this.toString());
  }
}

ReflectDefineProperty(URLSearchParams.prototype, SymbolIterator, {
  value: ReflectGet(URLSearchParams.prototype, 'entries'),
  writable: true,
  configurable: true,
});

/** Web IDL USVString: text without lone surrogates. */
function toUsv(value: unknown): string {
  return StringPrototypeToWellFormed(StringOf(value));
}

function parse(query: string): List<Pair> {
  const pairs = createList<Pair>();
  if (query === '') return pairs;
  const parsed: readonly (readonly [string, string])[] = JSONParse(ask('params-parse', JSONStringify(query)));
  for (let index = 0; index < parsed.length; index += 1) {
    const pair = parsed[index];
    if (pair !== undefined) append(pairs, { name: pair[0], value: pair[1] });
  }
  return pairs;
}

/** An iterable of pairs, or a record of own enumerable properties. */
function fromObject(init: object): List<Pair> {
  const pairs = createList<Pair>();
  const iterate: unknown = ReflectGet(init, SymbolIterator);
  if (iterate === undefined || iterate === null) {
    const keys = ReflectOwnKeys(init);
    for (let index = 0; index < keys.length; index += 1) {
      const key = keys[index];
      if (typeof key !== 'string' || ReflectGetOwnPropertyDescriptor(init, key)?.enumerable !== true) continue;
      append(pairs, { name: toUsv(key), value: toUsv(ReflectGet(init, key)) });
    }
    return pairs;
  }
  forEachOf(init, (item) => {
    const parts = createList<unknown>();
    forEachOf(item, (part) => append(parts, part));
    if (parts.length !== 2) throw new TypeErrorOf('Cannot create URLSearchParams: an entry is not a pair');
    append(pairs, { name: toUsv(parts[0]), value: toUsv(parts[1]) });
  });
  return pairs;
}

export const urlSearchParams: Endowment = {
  names: ['URLSearchParams'],
  install: () => ({ URLSearchParams }),
};
