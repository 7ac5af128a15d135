import {
  defineValue,
  ReflectDefineProperty,
  ReflectDeleteProperty,
  ReflectGetPrototypeOf,
  ReflectSetPrototypeOf,
} from './primordials.ts';

type Part = 'pair' | 'name' | 'value';
type Step<Item> = { readonly value: Item | undefined; readonly done: boolean };

/** What a loop needs; that it can itself be looped over comes from the iterator prototype of the language. */
export interface PairIterator<Item> {
  next(): Step<Item>;
}

const SymbolToStringTag: typeof Symbol.toStringTag = Symbol.toStringTag;
const iteratorPrototype = ReflectGetPrototypeOf(ReflectGetPrototypeOf([].values()) ?? {});

/**
 * Web IDL §3.7.10.2: the iterators of one class whose instances are lists of pairs. They count and look again at each step, so a
 * change of the list between two steps shows.
 *
 * @param tag Name of the class.
 */
export function definePairIterators<Self, Value>(
  tag: string,
  pairAt: (self: Self, index: number) => readonly [name: string, value: Value] | undefined,
): (self: Self, part: Part) => PairIterator<[string, Value] | string | Value> {
  class Iterator {
    readonly #self: Self;
    readonly #part: Part;
    #index = 0;

    constructor(self: Self, part: Part) {
      this.#self = self;
      this.#part = part;
    }
    next(): Step<[string, Value] | string | Value> {
      const pair = pairAt(this.#self, this.#index);
      if (pair === undefined) return { value: undefined, done: true };
      this.#index += 1;
      return { value: pick(pair, this.#part), done: false };
    }
  }
  const { prototype } = Iterator;
  ReflectDeleteProperty(prototype, 'constructor');
  defineValue(prototype, 'next', prototype.next, true);
  ReflectDefineProperty(prototype, SymbolToStringTag, {
    value: `${tag} Iterator`,
    writable: false,
    enumerable: false,
    configurable: true,
  });
  ReflectSetPrototypeOf(prototype, iteratorPrototype);
  return (self, part) => new Iterator(self, part);
}

function pick<Value>(pair: readonly [string, Value], part: Part): [string, Value] | string | Value {
  if (part === 'pair') return [pair[0], pair[1]];
  return part === 'name' ? pair[0] : pair[1];
}
