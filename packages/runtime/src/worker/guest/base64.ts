import { uncurryThis } from './primordials.ts';

/**
 * V8's own base64, which is some fifty times faster here than a loop. It is standard (ECMAScript 2026) and on by default
 * from Node 26; the worker is started with `--js-base-64` for Node 24.
 */
interface Base64Constructor {
  fromBase64(text: string): Uint8Array<ArrayBuffer>;
  readonly prototype: { toBase64(): string };
}

const constructor: unknown = Uint8Array;
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- lib es2024 does not know the two methods yet
const { fromBase64, prototype } = constructor as Base64Constructor;

const decode: (self: unknown, text: string) => Uint8Array<ArrayBuffer> = uncurryThis(fromBase64);

export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  return decode(constructor, text);
}

export const encodeBase64: (bytes: Uint8Array) => string = uncurryThis(prototype.toBase64);
