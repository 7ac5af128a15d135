import { encodeBase64 } from '../base64.ts';
import { type Bytes, copyBytes, lengthOf, partOf } from '../byte-pieces.ts';
import type { Endowment } from '../endowment.ts';
import { MathMax, PromiseOf, TypedArrayPrototypeGetBuffer, Uint8ArrayOf } from '../primordials.ts';
import { gatherParts, normaliseType, readBlobOptions, toOffset } from './blob-parts.ts';
import { streamOfBytes } from './streams/byte-source.ts';
import type { Stream } from './streams/web-streams.ts';
import { decodeBase64Text } from './text-encoding.ts';

/** What code of ours does with blobs and a skill cannot. */
export interface BlobLink {
  create(bytes: Bytes, type: string): Blob;
  /** Gives a blob that was just made the content of another. */
  adopt(target: Blob, source: Blob): void;
  is(value: unknown): value is Blob;
  /** Not a copy; nobody may write to it. */
  bytesOf(blob: Blob): Bytes;
  typeOf(blob: Blob): string;
}
export let blobLink: BlobLink;

/** File API §3. The content is in the isolate's memory and never changes, so slices share it. */
export class Blob {
  #bytes: Bytes = new Uint8ArrayOf(0);
  #type = '';

  static {
    blobLink = {
      create: (bytes, type) => {
        const blob = new Blob();
        blob.#bytes = bytes;
        blob.#type = type;
        return blob;
      },
      adopt: (target, source) => {
        target.#bytes = source.#bytes;
        target.#type = source.#type;
      },
      is: (value): value is Blob => typeof value === 'object' && value !== null && #bytes in value,
      bytesOf: (blob) => blob.#bytes,
      typeOf: (blob) => blob.#type,
    };
  }

  constructor(parts?: unknown, options?: unknown) {
    const { nativeEndings, type } = readBlobOptions(options);
    if (parts !== undefined) {
      this.#bytes = gatherParts(parts, nativeEndings, (part) => (blobLink.is(part) ? part.#bytes : undefined));
    }
    this.#type = type;
  }

  get size(): number {
    return lengthOf(this.#bytes);
  }
  get type(): string {
    return this.#type;
  }
  slice(start?: unknown, end?: unknown, type?: unknown): Blob {
    const size = lengthOf(this.#bytes);
    const from = toOffset(start, 0, size);
    const to = toOffset(end, size, size);
    return blobLink.create(partOf(this.#bytes, from, MathMax(from, to)), normaliseType(type));
  }
  arrayBuffer(): Promise<ArrayBuffer> {
    return new PromiseOf((resolve) => resolve(TypedArrayPrototypeGetBuffer(copyBytes(this.#bytes))));
  }
  bytes(): Promise<Bytes> {
    return new PromiseOf((resolve) => resolve(copyBytes(this.#bytes)));
  }
  text(): Promise<string> {
    return new PromiseOf((resolve) => resolve(decodeBase64Text(encodeBase64(this.#bytes))));
  }
  stream(): Stream {
    return streamOfBytes(this.#bytes);
  }
  get [Symbol.toStringTag](): string {
    return 'Blob';
  }
}

export const blob: Endowment = {
  names: ['Blob'],
  install: () => ({ Blob }),
};
