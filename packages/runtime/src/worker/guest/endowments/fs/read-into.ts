import { bytesOf } from '../../bytes.ts';
import {
  ArrayBufferIsView,
  MathMin,
  TypedArrayPrototypeGetByteLength,
  TypedArrayPrototypeSet,
  Uint8ArrayOf,
} from '../../primordials.ts';
import { option, toInteger, toPosition, wrongType } from './arguments.ts';
import { view } from './content.ts';
import type { OpenFile } from './open-file.ts';
import { andThen, resolved } from './promise-chain.ts';

export interface ReadOutcome {
  readonly bytesRead: number;
  /** The one that was handed in. */
  readonly buffer: unknown;
}

/** The most that one `read` brings. Like a read of the kernel it may bring less than asked. */
const MAX_READ_BYTES = 1_048_576;
const DEFAULT_BYTES = 16_384;

/** Node's `(buffer, offset, length, position)`, `(buffer, options)` and `(options)`. */
export function readInto(
  file: OpenFile,
  first: unknown,
  second: unknown,
  third: unknown,
  fourth: unknown,
): Promise<ReadOutcome> {
  const named = !ArrayBufferIsView(first);
  const given = named ? option(first, 'buffer') : first;
  const buffer = given === undefined ? new Uint8ArrayOf(DEFAULT_BYTES) : given;
  if (!ArrayBufferIsView(buffer)) throw wrongType('buffer', 'a view of a buffer');
  const options = named ? first : second;
  const byName = named || (typeof second === 'object' && second !== null);
  const size = TypedArrayPrototypeGetByteLength(bytesOf(buffer, 'read'));
  const offset = toInteger('offset', byName ? option(options, 'offset') : second, 0, size);
  const length = toInteger('length', byName ? option(options, 'length') : third, size - offset, size - offset);
  const position = toPosition(byName ? option(options, 'position') : fourth);
  if (length === 0) return resolved({ bytesRead: 0, buffer });
  const wanted = MathMin(length, MAX_READ_BYTES);
  return andThen(file.read(wanted, position, undefined), (bytes) => {
    const bytesRead = TypedArrayPrototypeGetByteLength(bytes);
    TypedArrayPrototypeSet(view(bytesOf(buffer, 'read'), offset, bytesRead), bytes);
    return resolved({ bytesRead, buffer });
  });
}
