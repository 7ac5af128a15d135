import { Uint8ArrayOf, uncurryThis } from './primordials.ts';

/**
 * V8's own base64, which is some fifty times faster here than a loop. It is standard (ECMAScript 2026) and on by default
 * from Node 26; the worker is started with `--js-base-64` for Node 24.
 */
const decode: (self: unknown, text: string) => Uint8Array<ArrayBuffer> = uncurryThis(Uint8Array, 'fromBase64');

export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  return decode(Uint8ArrayOf, text);
}

export const encodeBase64: (bytes: Uint8Array) => string = uncurryThis(Uint8Array.prototype, 'toBase64');
