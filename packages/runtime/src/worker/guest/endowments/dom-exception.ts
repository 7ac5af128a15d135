import { SafeMap } from '../collections.ts';
import type { Endowment } from '../endowment.ts';
import { defineValue, ErrorOf, StringOf } from '../primordials.ts';

/** Legacy codes by name. Source: Web IDL, "DOMException names" table. */
const CODES = new SafeMap<string, number>();
CODES.set('IndexSizeError', 1);
CODES.set('HierarchyRequestError', 3);
CODES.set('WrongDocumentError', 4);
CODES.set('InvalidCharacterError', 5);
CODES.set('NoModificationAllowedError', 7);
CODES.set('NotFoundError', 8);
CODES.set('NotSupportedError', 9);
CODES.set('InUseAttributeError', 10);
CODES.set('InvalidStateError', 11);
CODES.set('SyntaxError', 12);
CODES.set('InvalidModificationError', 13);
CODES.set('NamespaceError', 14);
CODES.set('InvalidAccessError', 15);
CODES.set('TypeMismatchError', 17);
CODES.set('SecurityError', 18);
CODES.set('NetworkError', 19);
CODES.set('AbortError', 20);
CODES.set('URLMismatchError', 21);
CODES.set('QuotaExceededError', 22);
CODES.set('TimeoutError', 23);
CODES.set('InvalidNodeTypeError', 24);
CODES.set('DataCloneError', 25);

export class DOMException extends ErrorOf {
  readonly #name: string;

  constructor(message = '', options: unknown = 'Error') {
    super(StringOf(message));
    if (typeof options === 'object' && options !== null) {
      this.#name = 'name' in options ? StringOf(options.name) : 'Error';
      if ('cause' in options) {
        defineValue(this, 'cause', options.cause, false);
      }
    } else this.#name = StringOf(options);
  }

  override get name(): string {
    return this.#name;
  }

  get code(): number {
    return CODES.get(this.#name) ?? 0;
  }

  get [Symbol.toStringTag](): string {
    return 'DOMException';
  }
}

export const domException: Endowment = {
  names: ['DOMException'],
  install: () => ({ DOMException }),
};
