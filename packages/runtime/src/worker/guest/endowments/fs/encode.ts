import type { ReplyForm } from '../../../guest-wire.ts';
import { decodeBase64, encodeBase64 } from '../../base64.ts';
import { ask } from '../../host-call.ts';
import { Uint8ArrayOf, uncurryThis } from '../../primordials.ts';
import type { Encoding } from './arguments.ts';

const toHex: (bytes: Uint8Array) => string = uncurryThis(Uint8Array.prototype, 'toHex');
const fromHex: (self: unknown, text: string) => Uint8Array<ArrayBuffer> = uncurryThis(Uint8Array, 'fromHex');

/** @throws SyntaxError when the text is not of that encoding. */
export function encodeText(text: string, encoding: Encoding): Uint8Array<ArrayBuffer> {
  if (text === '') return new Uint8ArrayOf(0);
  if (encoding === 'hex') return fromHex(Uint8ArrayOf, text);
  return decodeBase64(encoding === 'base64' ? text : ask('encode-utf8', text));
}

export function decodeBytes(bytes: Uint8Array, encoding: Encoding): Uint8Array | string {
  if (encoding === undefined) return bytes;
  if (encoding === 'hex') return toHex(bytes);
  const base64 = encodeBase64(bytes);
  // Not streaming, errors replaced, byte order mark kept: as Node reads files.
  return encoding === 'base64' ? base64 : ask('decode', `0 utf-8 b\n${base64}`);
}

/** UTF-8 is decoded in the worker, which is several times faster than decoding here. */
export function formFor(encoding: Encoding): ReplyForm {
  if (encoding === 'utf8') return 'text';
  return encoding === 'base64' ? 'bytes' : 'pieces';
}

/** Takes an answer of the form that `formFor` names. */
export function decodePayload(payload: string, bytes: Uint8Array | undefined, encoding: Encoding): Uint8Array | string {
  return bytes === undefined ? payload : decodeBytes(bytes, encoding);
}
