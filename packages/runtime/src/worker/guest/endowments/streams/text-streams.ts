import {
  StringOf,
  StringPrototypeCharCodeAt,
  StringPrototypeSlice,
  TypedArrayPrototypeGetByteLength,
} from '../../primordials.ts';
import { decodeWith, encodeText, TextDecoder } from '../text-encoding.ts';
import {
  type Stream,
  type Transform,
  type TransformController,
  type WritableStream,
  webStreams,
} from './web-streams.ts';

const STREAM = { __proto__: null, stream: true } as const;

/** Encoding Standard §7.5. */
export class TextDecoderStream {
  readonly #decoder: TextDecoder;
  readonly #transform: Transform;

  constructor(label: unknown = 'utf-8', options?: { readonly fatal?: unknown; readonly ignoreBOM?: unknown }) {
    const decoder = new TextDecoder(label, options);
    this.#decoder = decoder;
    this.#transform = createTransform(
      (chunk) => decodeWith(decoder, chunk, STREAM),
      () => decodeWith(decoder),
      () => giveBack(decoder),
    );
  }
  get encoding(): string {
    return this.#decoder.encoding;
  }
  get fatal(): boolean {
    return this.#decoder.fatal;
  }
  get ignoreBOM(): boolean {
    return this.#decoder.ignoreBOM;
  }
  get readable(): Stream {
    return webStreams().readableOf(this.#transform);
  }
  get writable(): WritableStream {
    return webStreams().writableOf(this.#transform);
  }
  get [Symbol.toStringTag](): string {
    return 'TextDecoderStream';
  }
}

/** Encoding Standard §7.6. A pair of surrogates may arrive in two chunks. */
export class TextEncoderStream {
  readonly #transform: Transform;
  #pending = '';

  constructor() {
    this.#transform = createTransform(
      (chunk) => this.#encode(StringOf(chunk)),
      () => encodeText(this.#pending),
    );
  }
  get encoding(): string {
    return 'utf-8';
  }
  get readable(): Stream {
    return webStreams().readableOf(this.#transform);
  }
  get writable(): WritableStream {
    return webStreams().writableOf(this.#transform);
  }
  get [Symbol.toStringTag](): string {
    return 'TextEncoderStream';
  }

  #encode(chunk: string): Uint8Array {
    const text = `${this.#pending}${chunk}`;
    const end = text.length - (endsInHighSurrogate(text) ? 1 : 0);
    this.#pending = StringPrototypeSlice(text, end);
    return encodeText(StringPrototypeSlice(text, 0, end));
  }
}

function endsInHighSurrogate(text: string): boolean {
  const last = StringPrototypeCharCodeAt(text, text.length - 1);
  return last >= 0xd800 && last <= 0xdbff;
}

/** The worker keeps the state of a decoder in the middle of a text, and of so many only. */
function giveBack(decoder: TextDecoder): void {
  try {
    decodeWith(decoder);
  } catch {
    // The rest was no text, and nobody wants it.
  }
}

/** Pieces that come to nothing are not passed on. */
function createTransform(
  convert: (chunk: unknown) => string | Uint8Array,
  finish: () => string | Uint8Array,
  abandon?: () => void,
): Transform {
  const pass = (piece: string | Uint8Array, controller: TransformController): void => {
    const length = typeof piece === 'string' ? piece.length : TypedArrayPrototypeGetByteLength(piece);
    if (length > 0) webStreams().enqueueTransformed(controller, piece);
  };
  return webStreams().createTransform({
    transform: (chunk: unknown, controller: TransformController) => pass(convert(chunk), controller),
    flush: (controller: TransformController) => pass(finish(), controller),
    cancel: () => abandon?.(),
  });
}
