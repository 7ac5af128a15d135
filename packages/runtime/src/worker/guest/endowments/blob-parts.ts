import { type Bytes, copyBytes, joinBytes } from '../byte-pieces.ts';
import { bytesOf, isArrayBuffer } from '../bytes.ts';
import { append, createList } from '../collections.ts';
import { forEachOf } from '../for-each-of.ts';
import {
  ArrayBufferIsView,
  MathMax,
  MathMin,
  MathTrunc,
  NumberOf,
  ReflectGet,
  StringOf,
  StringPrototypeCharCodeAt,
  StringPrototypeToLowerCase,
  TypeErrorOf,
} from '../primordials.ts';
import { replaceEach } from '../replace-each.ts';
import { encodeText } from './text-encoding.ts';

export interface BlobOptions {
  readonly nativeEndings: boolean;
  readonly type: string;
}

/** @throws {TypeError} when the value is no record of options. */
export function readBlobOptions(options: unknown): BlobOptions {
  if (options === undefined || options === null) return { nativeEndings: false, type: '' };
  if (typeof options !== 'object' && typeof options !== 'function') {
    throw new TypeErrorOf('Cannot create Blob: the options are not an object');
  }
  const endings: unknown = ReflectGet(options, 'endings');
  const wanted = endings === undefined ? 'transparent' : StringOf(endings);
  if (wanted !== 'transparent' && wanted !== 'native') {
    throw new TypeErrorOf('Cannot create Blob: "endings" is neither "transparent" nor "native"');
  }
  return { nativeEndings: wanted === 'native', type: normaliseType(ReflectGet(options, 'type')) };
}

/** File API §3.1: lower case, and nothing at all when a character is not printable ASCII. */
export function normaliseType(value: unknown): string {
  const type = value === undefined ? '' : StringOf(value);
  for (let index = 0; index < type.length; index += 1) {
    const code = StringPrototypeCharCodeAt(type, index);
    if (code < 0x20 || code > 0x7e) return '';
  }
  return StringPrototypeToLowerCase(type);
}

/**
 * The content of a blob as one piece of memory of its own.
 *
 * @param contentOf The bytes of a part that is a blob.
 * @throws {TypeError} when the parts are not iterable.
 */
export function gatherParts(
  parts: unknown,
  nativeEndings: boolean,
  contentOf: (part: unknown) => Bytes | undefined,
): Bytes {
  if ((typeof parts !== 'object' && typeof parts !== 'function') || parts === null) {
    throw new TypeErrorOf('Cannot create Blob: the parts are not a list');
  }
  const pieces = createList<Bytes>();
  forEachOf(parts, (part) => {
    const content = contentOf(part);
    if (content !== undefined) append(pieces, content);
    // A part may change while the others are gathered.
    else if (isArrayBuffer(part) || ArrayBufferIsView(part)) append(pieces, copyBytes(bytesOf(part, 'create Blob')));
    else append(pieces, encodeText(nativeEndings ? toNativeEndings(StringOf(part)) : StringOf(part)));
  });
  const only = pieces[0];
  return pieces.length === 1 && only !== undefined ? only : joinBytes(pieces);
}

function toNativeEndings(text: string): string {
  return replaceEach(replaceEach(text, '\r\n', '\n'), '\r', '\n');
}

/** An end of a slice: negative counts from the end. */
export function toOffset(value: unknown, absent: number, size: number): number {
  if (value === undefined) return absent;
  const whole = MathTrunc(NumberOf(value)) || 0;
  if (whole < 0) return MathMax(whole + size, 0);
  return MathMin(whole, size);
}
