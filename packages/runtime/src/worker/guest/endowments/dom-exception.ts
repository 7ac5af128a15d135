import { SafeMap } from '../collections.ts';
import type { Endowment } from '../endowment.ts';
import { defineConstants } from '../idl-constants.ts';
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

/** Web IDL, "DOMException names" table, from code 1 on. What nobody throws any more has a constant still. */
defineConstants(DOMException, 1, [
  'INDEX_SIZE_ERR',
  'DOMSTRING_SIZE_ERR',
  'HIERARCHY_REQUEST_ERR',
  'WRONG_DOCUMENT_ERR',
  'INVALID_CHARACTER_ERR',
  'NO_DATA_ALLOWED_ERR',
  'NO_MODIFICATION_ALLOWED_ERR',
  'NOT_FOUND_ERR',
  'NOT_SUPPORTED_ERR',
  'INUSE_ATTRIBUTE_ERR',
  'INVALID_STATE_ERR',
  'SYNTAX_ERR',
  'INVALID_MODIFICATION_ERR',
  'NAMESPACE_ERR',
  'INVALID_ACCESS_ERR',
  'VALIDATION_ERR',
  'TYPE_MISMATCH_ERR',
  'SECURITY_ERR',
  'NETWORK_ERR',
  'ABORT_ERR',
  'URL_MISMATCH_ERR',
  'QUOTA_EXCEEDED_ERR',
  'TIMEOUT_ERR',
  'INVALID_NODE_TYPE_ERR',
  'DATA_CLONE_ERR',
]);

export const domException: Endowment = {
  names: ['DOMException'],
  install: () => ({ DOMException }),
};
