import type { List } from './collections.ts';
import {
  ArrayBufferPrototypeSlice,
  TypedArrayPrototypeGetBuffer,
  TypedArrayPrototypeGetByteLength,
  TypedArrayPrototypeGetByteOffset,
  TypedArrayPrototypeSet,
  Uint8ArrayOf,
} from './primordials.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

/** In memory of its own. */
export function copyBytes(bytes: Bytes): Bytes {
  const start = TypedArrayPrototypeGetByteOffset(bytes);
  const end = start + TypedArrayPrototypeGetByteLength(bytes);
  return new Uint8ArrayOf(ArrayBufferPrototypeSlice(TypedArrayPrototypeGetBuffer(bytes), start, end));
}

/** A part of the same memory. */
export function partOf(bytes: Bytes, start: number, end: number): Bytes {
  const offset = TypedArrayPrototypeGetByteOffset(bytes) + start;
  return new Uint8ArrayOf(TypedArrayPrototypeGetBuffer(bytes), offset, end - start);
}

export function joinBytes(pieces: List<Bytes>): Bytes {
  let length = 0;
  for (let index = 0; index < pieces.length; index += 1) length += lengthOf(pieces[index]);
  const joined = new Uint8ArrayOf(length);
  let at = 0;
  for (let index = 0; index < pieces.length; index += 1) {
    const piece = pieces[index];
    if (piece === undefined) continue;
    TypedArrayPrototypeSet(partOf(joined, at, length), piece);
    at += lengthOf(piece);
  }
  return joined;
}

export function lengthOf(bytes: Uint8Array | undefined): number {
  return bytes === undefined ? 0 : TypedArrayPrototypeGetByteLength(bytes);
}
