import { ReflectApply, ReflectGet, SymbolIterator } from '../../primordials.ts';
import { type Encoding, wrongType } from './arguments.ts';
import { type Content, contentOf, isWritable, type Piece } from './content.ts';
import { adopt, andThen, resolved } from './promise-chain.ts';

const SymbolAsyncIterator: typeof Symbol.asyncIterator = Symbol.asyncIterator;

/** Where the pieces of a whole file come from: one value, or an iterable of the skill (a stream, a generator). */
export interface PieceSource {
  next(): Promise<Piece | undefined>;
  /** Tells the iterable that nobody wants the rest. */
  cancel(): Promise<unknown>;
}

/** @throws TypeError for anything but text, bytes and iterables. */
export function sourceOf(data: unknown, encoding: Encoding): PieceSource {
  if (isWritable(data)) {
    const content = contentOf(data, encoding);
    return { next: () => resolved(content.next()), cancel: () => resolved(undefined) };
  }
  return sourceOfIterator(iteratorOf(data), encoding);
}

function sourceOfIterator(iterator: object, encoding: Encoding): PieceSource {
  let current: Content | undefined;
  const advance = (): Promise<Piece | undefined> => {
    const piece = current?.next();
    if (piece !== undefined) return resolved(piece);
    return andThen(step(iterator, 'next'), (result) => {
      if (ReflectGet(result, 'done')) return resolved(undefined);
      return andThen(adopt(ReflectGet(result, 'value')), (value) => {
        current = contentOf(value, encoding);
        return advance();
      });
    });
  };
  return { next: advance, cancel: () => step(iterator, 'return') };
}

function step(iterator: object, method: 'next' | 'return'): Promise<object> {
  const run: unknown = ReflectGet(iterator, method);
  if (method === 'return' && run === undefined) return resolved(iterator);
  if (typeof run !== 'function') throw wrongType('data', 'an iterable');
  return andThen(adopt(ReflectApply(run, iterator, [])), (result) => {
    if (typeof result !== 'object' || result === null) throw wrongType('data', 'an iterable');
    return resolved(result);
  });
}

function iteratorOf(data: unknown): object {
  if (typeof data === 'object' && data !== null) {
    const open: unknown = ReflectGet(data, SymbolAsyncIterator) ?? ReflectGet(data, SymbolIterator);
    const iterator: unknown = typeof open === 'function' ? ReflectApply(open, data, []) : undefined;
    if (typeof iterator === 'object' && iterator !== null) return iterator;
  }
  throw wrongType('data', 'a string, a buffer, a view of one or an iterable of these');
}
