import { TypedArrayPrototypeGetByteLength } from '../../primordials.ts';
import { option, toEncoding, toInteger, toPosition } from './arguments.ts';
import { bytesToWrite, cutBytes, view } from './content.ts';
import type { OpenFile } from './open-file.ts';
import { andThen, resolved } from './promise-chain.ts';

export interface WriteOutcome {
  readonly bytesWritten: number;
  /** What was handed in. */
  readonly buffer: unknown;
}

/** Node's `(buffer, offset, length, position)`, `(buffer, options)` and `(text, position, encoding)`. Writes all or fails. */
export function writeFrom(
  file: OpenFile,
  data: unknown,
  second: unknown,
  third: unknown,
  fourth: unknown,
): Promise<WriteOutcome> {
  if (typeof data === 'string') {
    const bytes = bytesToWrite(data, toEncoding(third));
    return writeBytes(file, bytes, toPosition(second), data);
  }
  const bytes = bytesToWrite(data, undefined);
  const byName = typeof second === 'object' && second !== null;
  const size = TypedArrayPrototypeGetByteLength(bytes);
  const offset = toInteger('offset', byName ? option(second, 'offset') : second, 0, size);
  const length = toInteger('length', byName ? option(second, 'length') : third, size - offset, size - offset);
  const position = toPosition(byName ? option(second, 'position') : fourth);
  return writeBytes(file, view(bytes, offset, length), position, data);
}

function writeBytes(
  file: OpenFile,
  bytes: Uint8Array<ArrayBuffer>,
  position: number | undefined,
  buffer: unknown,
): Promise<WriteOutcome> {
  const bytesWritten = TypedArrayPrototypeGetByteLength(bytes);
  const content = cutBytes(bytes);
  const writing = file.write(() => resolved(content.next()), position, undefined);
  return andThen(writing, () => resolved({ bytesWritten, buffer }));
}
