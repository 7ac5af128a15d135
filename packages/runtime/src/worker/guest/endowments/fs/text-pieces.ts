import { TypedArrayPrototypeGetByteLength, uncurryThis } from '../../primordials.ts';
import { TextDecoder } from '../text-encoding.ts';

const decode: (self: TextDecoder, bytes: Uint8Array | undefined, options: { readonly stream: boolean }) => string =
  uncurryThis(TextDecoder.prototype, 'decode');

/** Turns pieces of UTF-8 that are cut anywhere into text. Called with nothing at the end. */
export function createTextJoiner(): (bytes: Uint8Array | undefined) => string {
  let decoder: TextDecoder | undefined;
  return (bytes) => {
    if (bytes !== undefined && TypedArrayPrototypeGetByteLength(bytes) === 0) return '';
    // The worker keeps a streaming decoder for each, so none is made for a file that holds nothing.
    if (decoder === undefined && bytes === undefined) return '';
    decoder ??= new TextDecoder('utf-8', { ignoreBOM: true, fatal: false });
    return decode(decoder, bytes, { stream: bytes !== undefined });
  };
}
