import { append, createList, type List, SafeMap, toArray } from '../collections.ts';
import type { Endowment } from '../endowment.ts';
import { exposeMembers } from '../expose-members.ts';
import { forEachOf } from '../for-each-of.ts';
import { ask } from '../host-call.ts';
import { needArguments } from '../idl-arguments.ts';
import { definePairIterators, type PairIterator } from '../pair-iterator.ts';
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
  uncurryThis,
} from '../primordials.ts';

export interface Pair {
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
let iterate: (params: URLSearchParams, part: 'pair' | 'name' | 'value') => PairIterator<unknown>;

/** URL Standard §6.2. Parsing and serialising are done by the worker's own implementation. */
export class URLSearchParams {
  #pairs: List<Pair> = createList();
  #changed: ((query: string) => void) | undefined;

  static {
    paramsLink = {
      replace: (params, query) => {
        params.#pairs = parseQuery(query);
      },
      connect: (params, changed) => {
        params.#changed = changed;
      },
    };
    iterate = definePairIterators('URLSearchParams', (params: URLSearchParams, index) => {
      const pair = params.#pairs[index];
      return pair === undefined ? undefined : [pair.name, pair.value];
    });
  }

  constructor(init?: unknown) {
    if (init === undefined) return;
    if ((typeof init !== 'object' && typeof init !== 'function') || init === null) {
      const text = toUsv(init);
      this.#pairs = parseQuery(StringPrototypeStartsWith(text, '?') ? StringPrototypeSlice(text, 1) : text);
    } else this.#pairs = fromObject(init);
  }

  get size(): number {
    return this.#pairs.length;
  }
  append(...args: readonly unknown[]): void {
    needArguments(args, 2, 'append to URLSearchParams');
    append(this.#pairs, { name: toUsv(args[0]), value: toUsv(args[1]) });
    this.#update();
  }
  delete(...args: readonly unknown[]): void {
    needArguments(args, 1, 'delete from URLSearchParams');
    const key = toUsv(args[0]);
    const only = args[1] === undefined ? undefined : toUsv(args[1]);
    this.#keep((pair) => pair.name !== key || (only !== undefined && pair.value !== only));
    this.#update();
  }
  get(...args: readonly unknown[]): string | null {
    needArguments(args, 1, 'get from URLSearchParams');
    return this.#find(toUsv(args[0]))?.value ?? null;
  }
  getAll(...args: readonly unknown[]): string[] {
    needArguments(args, 1, 'get from URLSearchParams');
    const key = toUsv(args[0]);
    const found = createList<string>();
    for (let index = 0; index < this.#pairs.length; index += 1) {
      const pair = this.#pairs[index];
      if (pair?.name === key) append(found, pair.value);
    }
    return toArray(found);
  }
  has(...args: readonly unknown[]): boolean {
    needArguments(args, 1, 'look into URLSearchParams');
    const key = toUsv(args[0]);
    const only = args[1] === undefined ? undefined : toUsv(args[1]);
    for (let index = 0; index < this.#pairs.length; index += 1) {
      const pair = this.#pairs[index];
      if (pair?.name === key && (only === undefined || pair.value === only)) return true;
    }
    return false;
  }
  set(...args: readonly unknown[]): void {
    needArguments(args, 2, 'set in URLSearchParams');
    const key = toUsv(args[0]);
    const text = toUsv(args[1]);
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
  entries(): PairIterator<unknown> {
    return iterate(this, 'pair');
  }
  keys(): PairIterator<unknown> {
    return iterate(this, 'name');
  }
  values(): PairIterator<unknown> {
    return iterate(this, 'value');
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

/** `params.toString()`, whatever a skill has made of it. */
export const serialiseParams: (params: URLSearchParams) => string = uncurryThis(URLSearchParams.prototype, 'toString');

/** Web IDL USVString: text without lone surrogates. */
function toUsv(value: unknown): string {
  return StringPrototypeToWellFormed(StringOf(value));
}

/** The pairs of a query without its question mark, or of an urlencoded form. */
export function parseQuery(query: string): List<Pair> {
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
  const iterator: unknown = ReflectGet(init, SymbolIterator);
  return iterator === undefined || iterator === null ? fromRecord(init) : fromPairs(init);
}

/** Names that become the same text are one name; the last value counts. */
function fromRecord(init: object): List<Pair> {
  const pairs = createList<Pair>();
  const known = new SafeMap<string, Pair>();
  const keys = ReflectOwnKeys(init);
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index];
    if (key === undefined || ReflectGetOwnPropertyDescriptor(init, key)?.enumerable !== true) continue;
    if (typeof key === 'symbol') throw new TypeErrorOf('Cannot create URLSearchParams: a name is a symbol');
    const pair = { name: toUsv(key), value: toUsv(ReflectGet(init, key)) };
    const earlier = known.get(pair.name);
    if (earlier === undefined) append(pairs, pair);
    else earlier.value = pair.value;
    if (earlier === undefined) known.set(pair.name, pair);
  }
  return pairs;
}

function fromPairs(init: object): List<Pair> {
  const pairs = createList<Pair>();
  forEachOf(init, (item) => {
    // A text of two characters can be iterated, and is no pair.
    if (typeof item === 'string') throw new TypeErrorOf('Cannot create URLSearchParams: an entry is not a pair');
    const parts = createList<unknown>();
    forEachOf(item, (part) => append(parts, part));
    if (parts.length !== 2) throw new TypeErrorOf('Cannot create URLSearchParams: an entry is not a pair');
    append(pairs, { name: toUsv(parts[0]), value: toUsv(parts[1]) });
  });
  return pairs;
}

export const urlSearchParams: Endowment = {
  names: ['URLSearchParams'],
  install: () => ({ URLSearchParams: exposeMembers(URLSearchParams) }),
};
