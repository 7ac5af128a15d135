import { append, createList, toArray } from '../../collections.ts';
import type { Endowment } from '../../endowment.ts';
import { forEachOf } from '../../for-each-of.ts';
import { needArguments } from '../../idl-arguments.ts';
import { definePairIterators, type PairIterator } from '../../pair-iterator.ts';
import {
  ReflectApply,
  ReflectDefineProperty,
  ReflectGet,
  ReflectGetOwnPropertyDescriptor,
  ReflectOwnKeys,
  SymbolIterator,
  TypeErrorOf,
} from '../../primordials.ts';
import { combined, copyList, type HeaderLine, type HeaderList, sortAndCombine, without } from './header-list.ts';
import { toHeaderName, toHeaderValue } from './header-text.ts';

/** What code of ours does with headers and a skill cannot. */
export interface HeadersLink {
  /** @param list Taken as it is: names in lower case, values as they go over the wire. */
  create(list: HeaderList, immutable: boolean): Headers;
  /** The same lines, as read-only as they were. */
  copy(headers: Headers): Headers;
  listOf(headers: Headers): HeaderList;
}
export let headersLink: HeadersLink;
let iterate: (headers: Headers, part: 'pair' | 'name' | 'value') => PairIterator<unknown>;

/**
 * Fetch Standard §5.1, without the lists of forbidden names: they protect a browser's user from a page. Which headers a skill
 * may send is decided by the host.
 */
export class Headers {
  #list: HeaderList = createList();
  /** What iteration shows, until the next change. */
  #sorted: HeaderList | undefined;
  #immutable = false;

  static {
    headersLink = {
      create: (list, immutable) => {
        const headers = new Headers();
        headers.#list = list;
        headers.#immutable = immutable;
        return headers;
      },
      copy: (headers) => headersLink.create(copyList(headers.#list), headers.#immutable),
      listOf: (headers) => headers.#list,
    };
    iterate = definePairIterators('Headers', (headers: Headers, index) => {
      const line = headers.#lineAt(index);
      return line === undefined ? undefined : [line.name, line.value];
    });
  }

  constructor(init?: unknown) {
    if (init !== undefined) this.#fill(init);
  }

  append(...args: readonly unknown[]): void {
    needArguments(args, 2, 'append header');
    this.#append(args[0], args[1]);
  }
  delete(...args: readonly unknown[]): void {
    needArguments(args, 1, 'delete header');
    const key = toHeaderName(args[0]);
    this.#mayChange();
    this.#list = without(this.#list, key);
  }
  get(...args: readonly unknown[]): string | null {
    needArguments(args, 1, 'get header');
    return combined(this.#list, toHeaderName(args[0])) ?? null;
  }
  getSetCookie(): string[] {
    const found = createList<string>();
    for (let index = 0; index < this.#list.length; index += 1) {
      const line = this.#list[index];
      if (line?.name === 'set-cookie') append(found, line.value);
    }
    return toArray(found);
  }
  has(...args: readonly unknown[]): boolean {
    needArguments(args, 1, 'look for header');
    return combined(this.#list, toHeaderName(args[0])) !== undefined;
  }
  set(...args: readonly unknown[]): void {
    needArguments(args, 2, 'set header');
    const key = toHeaderName(args[0]);
    const text = toHeaderValue(key, args[1]);
    this.#mayChange();
    const changed: HeaderList = createList();
    let placed = false;
    for (let index = 0; index < this.#list.length; index += 1) {
      const line = this.#list[index];
      if (line === undefined || (line.name === key && placed)) continue;
      append(changed, line.name === key ? { name: key, value: text } : line);
      placed ||= line.name === key;
    }
    if (!placed) append(changed, { name: key, value: text });
    this.#list = changed;
  }
  forEach(callback: (value: string, name: string, headers: Headers) => void, self?: unknown): void {
    if (typeof callback !== 'function') throw new TypeErrorOf('Cannot iterate: the callback is not a function');
    for (let index = 0; ; index += 1) {
      const line = this.#lineAt(index);
      if (line === undefined) return;
      ReflectApply(callback, self, [line.value, line.name, this]);
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
  get [Symbol.toStringTag](): string {
    return 'Headers';
  }

  #lineAt(index: number): HeaderLine | undefined {
    this.#sorted ??= sortAndCombine(this.#list);
    return this.#sorted[index];
  }

  #mayChange(): void {
    this.#sorted = undefined;
    if (this.#immutable) throw new TypeErrorOf('Cannot change headers: those of a received response are read-only');
  }

  #append(name: unknown, value: unknown): void {
    const key = toHeaderName(name);
    const text = toHeaderValue(key, value);
    this.#mayChange();
    append(this.#list, { name: key, value: text });
  }

  /** Another Headers, an iterable of pairs, or a record of own enumerable properties. */
  #fill(init: unknown): void {
    if ((typeof init !== 'object' && typeof init !== 'function') || init === null) {
      throw new TypeErrorOf('Cannot create Headers: the value is neither a record nor a list of pairs');
    }
    const iterate: unknown = ReflectGet(init, SymbolIterator);
    if (#list in init && iterate === ENTRIES) this.#list = copyList(init.#list);
    else if (iterate === undefined || iterate === null) this.#fillFromRecord(init);
    else forEachOf(init, (pair) => this.#appendPair(pair));
  }

  #appendPair(pair: unknown): void {
    if (typeof pair !== 'object') throw new TypeErrorOf('Cannot create Headers: an entry is not a pair');
    const parts = createList<unknown>();
    forEachOf(pair, (part) => append(parts, part));
    if (parts.length !== 2) throw new TypeErrorOf('Cannot create Headers: an entry is not a pair');
    this.#append(parts[0], parts[1]);
  }

  #fillFromRecord(init: object): void {
    const keys = ReflectOwnKeys(init);
    for (let index = 0; index < keys.length; index += 1) {
      const key = keys[index];
      if (key === undefined || ReflectGetOwnPropertyDescriptor(init, key)?.enumerable !== true) continue;
      if (typeof key !== 'string') throw new TypeErrorOf('Cannot create Headers: a name is a symbol');
      this.#append(key, ReflectGet(init, key));
    }
  }
}

const ENTRIES: unknown = ReflectGet(Headers.prototype, 'entries');
ReflectDefineProperty(Headers.prototype, SymbolIterator, { value: ENTRIES, writable: true, configurable: true });

export const headers: Endowment = {
  names: ['Headers'],
  install: () => ({ Headers }),
};
