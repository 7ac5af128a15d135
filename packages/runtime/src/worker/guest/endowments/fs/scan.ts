import { MathMin, TypedArrayPrototypeGetByteLength } from '../../primordials.ts';
import { option, toInteger } from './arguments.ts';
import { type OpenFile, READ_BYTES } from './open-file.ts';
import { andThen, attempt, concluding, resolved } from './promise-chain.ts';

/** Reads a file from front to back, one piece when it is asked for. */
export interface Scan {
  /** The next piece; nothing at the end. */
  next(): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Nobody wants the rest. */
  close(): Promise<void>;
}

export interface ScanOptions {
  /** Nothing: where the last read ended. */
  readonly start: number | undefined;
  /** Last byte that is read. */
  readonly end: number | undefined;
  readonly pieceBytes: number;
  readonly signal: unknown;
  /** Whether the end of the scan closes the file. */
  readonly autoClose: boolean;
}

const MAX_PIECE_BYTES = 1_048_576;

/** Node's names: `start` and `end` (inclusive), `highWaterMark`, `signal`, `autoClose`. */
export function scanOptions(options: unknown, closesByDefault: boolean): ScanOptions {
  const start = option(options, 'start');
  const end = option(options, 'end');
  const autoClose = option(options, 'autoClose');
  const pieceBytes = toInteger('highWaterMark', option(options, 'highWaterMark'), READ_BYTES, MAX_PIECE_BYTES);
  return {
    start: start === undefined ? undefined : toInteger('start', start, 0),
    end: end === undefined || end === Infinity ? undefined : toInteger('end', end, 0),
    pieceBytes: pieceBytes === 0 ? 1 : pieceBytes,
    signal: option(options, 'signal'),
    autoClose: autoClose === undefined ? closesByDefault : Boolean(autoClose),
  };
}

/** @param open Called with the first piece, so that a stream nobody reads opens nothing. */
export function scanFile(open: () => Promise<OpenFile>, options: ScanOptions): Scan {
  const { start, end, pieceBytes, signal, autoClose } = options;
  let file: OpenFile | undefined;
  let position = start;
  let left = end === undefined ? Infinity : end - (start ?? 0) + 1;
  let ended = false;

  const close = (): Promise<void> => {
    ended = true;
    return file !== undefined && autoClose ? file.close(false) : resolved(undefined);
  };
  const opened = (): Promise<OpenFile> => {
    if (file !== undefined) return resolved(file);
    return andThen(open(), (found) => {
      file = found;
      return resolved(found);
    });
  };
  const readPiece = (): Promise<Uint8Array<ArrayBuffer> | undefined> =>
    andThen(opened(), (found) => {
      const length = MathMin(left, pieceBytes);
      if (ended || length <= 0) return resolved(undefined);
      return andThen(found.read(length, position, signal), (bytes) => {
        const size = TypedArrayPrototypeGetByteLength(bytes);
        if (position !== undefined) position += size;
        left -= size;
        return resolved(size === 0 ? undefined : bytes);
      });
    });
  return {
    next: () => {
      if (ended) return resolved(undefined);
      let atEnd = false;
      const reading = andThen(attempt(readPiece), (bytes) => {
        atEnd = bytes === undefined;
        return resolved(bytes);
      });
      return concluding(reading, (failed) => (failed || atEnd ? close() : resolved(undefined)));
    },
    close,
  };
}
