import type { Endowment } from '../endowment.ts';
import { needArguments } from '../idl-arguments.ts';
import {
  DateNow,
  MathTrunc,
  NumberOf,
  ReflectGet,
  StringOf,
  StringPrototypeToWellFormed,
  SymbolIterator,
} from '../primordials.ts';
import { Blob, blobLink } from './blob.ts';

/** What code of ours does with files and a skill cannot. */
export interface FileLink {
  /** The blob itself when it is a file and keeps its name, otherwise a file of the same content. */
  of(source: Blob, name: string | undefined): File;
  nameOf(file: File): string;
  /** Another object with the same content. */
  copy(source: Blob): Blob;
}
export let fileLink: FileLink;

/** An iterable of nothing that no skill can fill. */
const NO_PARTS: object = {
  __proto__: null,
  [SymbolIterator]: () => ({ __proto__: null, next: () => ({ __proto__: null, done: true }) }),
};

/** File API §4: a blob with a name. It says nothing of any file system. */
export class File extends Blob {
  readonly #name: string;
  readonly #lastModified: number;

  static {
    fileLink = {
      of: (source, name) => {
        if (#name in source && name === undefined) return source;
        const file = new File(NO_PARTS, name ?? (#name in source ? source.#name : 'blob'));
        blobLink.adopt(file, source);
        return file;
      },
      nameOf: (file) => file.#name,
      copy: (source) => {
        if (!(#name in source)) return blobLink.create(blobLink.bytesOf(source), blobLink.typeOf(source));
        const file = new File(NO_PARTS, source.#name, { __proto__: null, lastModified: source.#lastModified });
        blobLink.adopt(file, source);
        return file;
      },
    };
  }

  constructor(...args: readonly unknown[]) {
    needArguments(args, 2, 'create File');
    // Nothing at all is no list of parts, other than with a blob.
    super(args[0] ?? null, args[2]);
    this.#name = StringPrototypeToWellFormed(StringOf(args[1]));
    this.#lastModified = readLastModified(args[2]);
  }
  get name(): string {
    return this.#name;
  }
  get lastModified(): number {
    return this.#lastModified;
  }
  override get [Symbol.toStringTag](): string {
    return 'File';
  }
}

function readLastModified(options: unknown): number {
  if ((typeof options !== 'object' && typeof options !== 'function') || options === null) return DateNow();
  const value: unknown = ReflectGet(options, 'lastModified');
  return value === undefined ? DateNow() : MathTrunc(NumberOf(value)) || 0;
}

export const file: Endowment = {
  names: ['File'],
  install: () => ({ File }),
};
