import { ReflectApply, ReflectGet, SymbolIterator, TypeErrorOf } from './primordials.ts';

/**
 * `for (const item of iterable)` over a value of the skill. Runs the skill's iterator, as the standard says; used only where
 * the skill hands in an iterable and only on that.
 */
export function forEachOf(iterable: unknown, visit: (item: unknown) => void): void {
  if (
    (typeof iterable !== 'object' && typeof iterable !== 'string' && typeof iterable !== 'function') ||
    iterable === null
  ) {
    throw new TypeErrorOf('Cannot iterate: the value is not iterable');
  }
  const boxed = Object(iterable);
  const iterator: unknown = ReflectApply(ReflectGet(boxed, SymbolIterator), iterable, []);
  if (typeof iterator !== 'object' || iterator === null) throw new TypeErrorOf('Cannot iterate: no iterator');
  const next = ReflectGet(iterator, 'next');
  for (;;) {
    const step: unknown = ReflectApply(next, iterator, []);
    if (typeof step !== 'object' || step === null) throw new TypeErrorOf('Cannot iterate: no iterator result');
    if (ReflectGet(step, 'done')) return;
    visit(ReflectGet(step, 'value'));
  }
}
