import { defineValue, ReflectGet } from '../../primordials.ts';

/** Not among the types of the language level that the platform is written in. */
const SymbolAsyncDispose: unknown = ReflectGet(Symbol, 'asyncDispose');

/** Makes `await using` call `end`. */
export function disposeWith(prototype: object, end: () => Promise<void>): void {
  if (typeof SymbolAsyncDispose === 'symbol') defineValue(prototype, SymbolAsyncDispose, end, false);
}
