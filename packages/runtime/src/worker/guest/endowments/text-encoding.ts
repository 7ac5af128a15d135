import { decodeBase64, encodeBase64 } from '../base64.ts';
import { bytesOf } from '../bytes.ts';
import type { Endowment } from '../endowment.ts';
import { ask, createRefusal, tryAsk } from '../host-call.ts';
import {
  RangeErrorOf,
  StringOf,
  StringPrototypeToLowerCase,
  TypedArrayPrototypeGetByteLength,
  TypedArrayPrototypeGetName,
  TypedArrayPrototypeSet,
  TypeErrorOf,
  Uint8ArrayOf,
  uncurryThis,
} from '../primordials.ts';
import { DOMException } from './dom-exception.ts';

/** UTF-8, lone surrogates replaced. */
export function encodeText(text: string): Uint8Array<ArrayBuffer> {
  return text === '' ? new Uint8ArrayOf(0) : decodeBase64(ask('encode-utf8', text));
}

/** Encoding Standard §7.3. */
class TextEncoder {
  get encoding(): string {
    return 'utf-8';
  }
  encode(input: unknown = ''): Uint8Array<ArrayBuffer> {
    return encodeText(StringOf(input));
  }
  encodeInto(source: unknown, target: unknown): { readonly read: number; readonly written: number } {
    const text = StringOf(source);
    if (TypedArrayPrototypeGetName(target) !== 'Uint8Array') {
      throw new TypeErrorOf('Cannot encode: the target is not a Uint8Array');
    }
    const room = bytesOf(target, 'encode');
    const bytes = encodeText(text);
    const capacity = TypedArrayPrototypeGetByteLength(room);
    const length = TypedArrayPrototypeGetByteLength(bytes);
    if (length <= capacity) {
      TypedArrayPrototypeSet(room, bytes);
      return { read: text.length, written: length };
    }
    const written = boundary(bytes, capacity);
    const part = new Uint8ArrayOf(bytes.buffer, 0, written);
    TypedArrayPrototypeSet(room, part);
    return { read: decode(NO_STREAM, 'utf-8', 'b', part).length, written };
  }
  get [Symbol.toStringTag](): string {
    return 'TextEncoder';
  }
}

/** The last place at or before `end` where a character of UTF-8 starts. */
function boundary(bytes: Uint8Array, end: number): number {
  let at = end;
  while (at > 0 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at -= 1;
  return at;
}

const NO_STREAM = 0;
let lastDecoder = NO_STREAM;

/** Encoding Standard §7.2, for every label Node knows. */
export class TextDecoder {
  readonly #encoding: string;
  readonly #fatal: boolean;
  readonly #ignoreBom: boolean;
  #stream = NO_STREAM;

  constructor(label: unknown = 'utf-8', options?: { readonly fatal?: unknown; readonly ignoreBOM?: unknown }) {
    this.#encoding = encodingOf(StringOf(label));
    this.#fatal = Boolean(options?.fatal);
    this.#ignoreBom = Boolean(options?.ignoreBOM);
  }
  get encoding(): string {
    return this.#encoding;
  }
  get fatal(): boolean {
    return this.#fatal;
  }
  get ignoreBOM(): boolean {
    return this.#ignoreBom;
  }
  decode(input?: unknown, options?: { readonly stream?: unknown }): string {
    const bytes = input === undefined ? new Uint8ArrayOf(0) : bytesOf(input, 'decode');
    const stream = Boolean(options?.stream);
    if (stream && this.#stream === NO_STREAM) {
      lastDecoder += 1;
      this.#stream = lastDecoder;
    }
    const id = this.#stream;
    if (!stream) this.#stream = NO_STREAM;
    const flags = `${this.#fatal ? 'f' : ''}${this.#ignoreBom ? 'b' : ''}${stream ? 's' : ''}`;
    return decode(id, this.#encoding, flags, bytes);
  }
  get [Symbol.toStringTag](): string {
    return 'TextDecoder';
  }
}

/** `decoder.decode(input, options)`, whatever a skill has made of it. */
export const decodeWith: (decoder: TextDecoder, input?: unknown, options?: { readonly stream: boolean }) => string =
  uncurryThis(TextDecoder.prototype, 'decode');

function encodingOf(label: string): string {
  // Anything that has to be trimmed is asked for: the standard trims other white space than JavaScript.
  const known = StringPrototypeToLowerCase(label);
  if (known === 'utf-8' || known === 'utf8') return 'utf-8';
  const answer = tryAsk('decoder-label', label);
  if (answer.ok) return answer.payload;
  throw new RangeErrorOf(`Cannot create TextDecoder: the encoding "${label}" is not known`);
}

function decode(id: number, encoding: string, flags: string, bytes: Uint8Array): string {
  const answer = tryAsk('decode', `${StringOf(id)} ${encoding} ${flags}\n${encodeBase64(bytes)}`);
  if (answer.ok) return answer.payload;
  if (answer.code === 'invalid') throw new TypeErrorOf(`Cannot decode: the bytes are not valid ${encoding}`);
  throw createRefusal(answer.code);
}

/** UTF-8 in base64 to text, as `Response.text` has it: without a byte order mark, errors replaced. */
export function decodeBase64Text(base64: string): string {
  const answer = tryAsk('decode', `${StringOf(NO_STREAM)} utf-8 \n${base64}`);
  if (answer.ok) return answer.payload;
  throw createRefusal(answer.code);
}

/** UTF-8 to text, as above. */
export function decodeText(bytes: Uint8Array): string {
  return decode(NO_STREAM, 'utf-8', '', bytes);
}

/** One character for each byte, so that offsets in the text are offsets in the bytes; ASCII is itself. */
export function decodeBytewise(bytes: Uint8Array): string {
  return decode(NO_STREAM, 'windows-1252', '', bytes);
}

function base64Op(op: 'atob' | 'btoa', value: unknown): string {
  const answer = tryAsk(op, StringOf(value));
  if (answer.ok) return answer.payload;
  if (answer.code !== 'invalid') throw createRefusal(answer.code);
  const detail = op === 'atob' ? 'the text is not base64' : 'a character is outside Latin-1';
  throw new DOMException(`Cannot convert: ${detail}`, 'InvalidCharacterError');
}

export const textEncoding: Endowment = {
  names: ['TextEncoder', 'TextDecoder', 'atob', 'btoa'],
  install: () => ({
    TextEncoder,
    TextDecoder,
    atob: (text: unknown) => base64Op('atob', text),
    btoa: (text: unknown) => base64Op('btoa', text),
  }),
};
