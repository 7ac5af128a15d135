import type { ErrorCategory, ErrorRow } from './error-row.ts';
import type { JsonValue } from './json.ts';

// A registered symbol, because two copies of this package may be loaded and must recognise each other's errors.
// It identifies an error; it never decides trust, since anybody can stamp one.
const BRAND = 'carapace.error';

/** What an error may carry besides its code and message. */
export interface CarapaceErrorOptions {
  /** Facts for programs: JSON only, copied into an object without prototype. */
  readonly detail?: Readonly<Record<string, JsonValue>>;
  readonly cause?: unknown;
}

/**
 * Base of every error carapace throws on purpose. The contract is `code`; classes are a convenience.
 *
 * @example
 * if (isCarapaceError(error, 'ERR_CARAPACE_MANIFEST_TOO_LARGE')) report(error.message);
 */
export class CarapaceError<Code extends string = string> extends Error {
  readonly code: Code;
  readonly category: ErrorCategory;
  readonly retryable: boolean;
  readonly exitCode: number;
  readonly detail: Readonly<Record<string, JsonValue>>;

  constructor(code: Code, row: ErrorRow, message: string, options: CarapaceErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = new.target.name;
    this.code = code;
    this.category = row.category;
    this.retryable = row.retryable;
    this.exitCode = row.exitCode;
    this.detail = Object.freeze(Object.assign(Object.create(null), options.detail));
    Object.defineProperty(this, Symbol.for(BRAND), { value: true });
  }
}

/** Tells whether a caught value is an error of carapace, optionally of one code. Works across copies of the package. */
export function isCarapaceError<Code extends string = string>(
  error: unknown,
  code?: Code,
): error is CarapaceError<Code> {
  if (!(error instanceof Error)) return false;
  if (Reflect.get(error, Symbol.for(BRAND)) !== true) return false;
  return code === undefined || Reflect.get(error, 'code') === code;
}
