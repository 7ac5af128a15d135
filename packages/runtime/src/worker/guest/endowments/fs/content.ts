import { MAX_REQUEST_BODY_BYTES } from '../../../../protocol/messages.ts';
import { encodeBase64 } from '../../base64.ts';
import { bytesOf, isArrayBuffer } from '../../bytes.ts';
import {
  ArrayBufferIsView,
  MathMin,
  StringPrototypeCharCodeAt,
  StringPrototypeSlice,
  TypedArrayPrototypeGetBuffer,
  TypedArrayPrototypeGetByteLength,
  TypedArrayPrototypeGetByteOffset,
  Uint8ArrayOf,
} from '../../primordials.ts';
import type { RequestBody } from '../../requests.ts';
import { type Encoding, wrongType } from './arguments.ts';
import { encodeText } from './encode.ts';

/** Something to write, cut into pieces that fit one request each. */
export interface Content {
  /** Whether one piece is all. */
  readonly short: boolean;
  /** The next piece and its length in bytes; nothing at the end. */
  next(): Piece | undefined;
}

export interface Piece {
  readonly body: RequestBody;
  /** Nothing where it is text, whose length only the worker knows. */
  readonly bytes: number | undefined;
}

/** No character of UTF-16 takes more than three bytes of UTF-8 per code unit. */
const PIECE_UNITS = (MAX_REQUEST_BODY_BYTES - (MAX_REQUEST_BODY_BYTES % 3)) / 3;

export function isWritable(data: unknown): boolean {
  return typeof data === 'string' || ArrayBufferIsView(data) || isArrayBuffer(data);
}

/** @throws TypeError for anything but text and bytes. */
export function contentOf(data: unknown, encoding: Encoding): Content {
  if (typeof data === 'string') {
    if (encoding === undefined || encoding === 'utf8') return cutText(data);
    return cutBytes(encodeText(data, encoding));
  }
  return cutBytes(toBytes(data));
}

/** @throws TypeError for anything but text and bytes. */
export function bytesToWrite(data: unknown, encoding: Encoding): Uint8Array<ArrayBuffer> {
  return typeof data === 'string' ? encodeText(data, encoding) : toBytes(data);
}

function toBytes(data: unknown): Uint8Array<ArrayBuffer> {
  if (!isWritable(data)) throw wrongType('data', 'a string, a buffer, a view of one or an iterable of these');
  return bytesOf(data, 'write');
}

function cutText(text: string): Content {
  let from = 0;
  return {
    short: text.length <= PIECE_UNITS,
    next: () => {
      if (from >= text.length) return undefined;
      let end = from + PIECE_UNITS;
      // The two halves of a character must not go apart: each alone would arrive as U+FFFD.
      if (end < text.length && (StringPrototypeCharCodeAt(text, end - 1) & 0xfc00) === 0xd800) end -= 1;
      const piece = StringPrototypeSlice(text, from, end);
      from = end;
      return { body: { encoding: 'utf8', text: piece }, bytes: undefined };
    },
  };
}

export function cutBytes(bytes: Uint8Array<ArrayBuffer>): Content {
  const length = TypedArrayPrototypeGetByteLength(bytes);
  let from = 0;
  return {
    short: length <= MAX_REQUEST_BODY_BYTES,
    next: () => {
      if (from >= length) return undefined;
      const size = MathMin(length - from, MAX_REQUEST_BODY_BYTES);
      const piece = view(bytes, from, size);
      from += size;
      return { body: { encoding: 'base64', text: encodeBase64(piece) }, bytes: size };
    },
  };
}

/** @throws RangeError when the buffer does not reach that far (any more). */
export function view(bytes: Uint8Array, from: number, length: number): Uint8Array<ArrayBuffer> {
  return new Uint8ArrayOf(TypedArrayPrototypeGetBuffer(bytes), TypedArrayPrototypeGetByteOffset(bytes) + from, length);
}
