import {
  ArrayBufferIsView,
  ArrayBufferPrototypeGetByteLength,
  DataViewPrototypeGetBuffer,
  DataViewPrototypeGetByteLength,
  DataViewPrototypeGetByteOffset,
  TypedArrayPrototypeGetBuffer,
  TypedArrayPrototypeGetByteLength,
  TypedArrayPrototypeGetByteOffset,
  TypedArrayPrototypeGetName,
  TypeErrorOf,
  Uint8ArrayOf,
} from './primordials.ts';

/**
 * The bytes of an ArrayBuffer or of a view on one, without a copy. Reads internal slots only: an object that says
 * it is a buffer is not one.
 *
 * @throws {TypeError} for anything else.
 */
export function bytesOf(source: unknown, action: string): Uint8Array<ArrayBuffer> {
  if (isArrayBuffer(source)) return new Uint8ArrayOf(source);
  if (!ArrayBufferIsView(source)) throw new TypeErrorOf(`Cannot ${action}: the value is not a buffer or a view of one`);
  if (TypedArrayPrototypeGetName(source) === undefined) {
    return new Uint8ArrayOf(
      DataViewPrototypeGetBuffer(source),
      DataViewPrototypeGetByteOffset(source),
      DataViewPrototypeGetByteLength(source),
    );
  }
  return new Uint8ArrayOf(
    TypedArrayPrototypeGetBuffer(source),
    TypedArrayPrototypeGetByteOffset(source),
    TypedArrayPrototypeGetByteLength(source),
  );
}

export function isArrayBuffer(value: unknown): value is ArrayBuffer {
  if (typeof value !== 'object' || value === null) return false;
  try {
    ArrayBufferPrototypeGetByteLength(value);
    return true;
  } catch {
    return false;
  }
}
