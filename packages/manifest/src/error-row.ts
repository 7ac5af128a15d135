/** Who has to act: the person who typed or wrote something, the machine, the security officer, or the skill's author. */
export type ErrorCategory = 'user' | 'system' | 'security' | 'skill';

/** One line of an error table: everything about a code that does not depend on the occasion. */
export interface ErrorRow {
  readonly category: ErrorCategory;
  /** True when the same action may succeed later without any change. */
  readonly retryable: boolean;
  /** Exit code of a command that ends with this error, after sysexits.h (64-78). */
  readonly exitCode: number;
  /** One sentence for the reference page: what has happened. */
  readonly meaning: string;
  /** One sentence for the reference page: what to do about it. */
  readonly fix: string;
}

/** A closed table of codes. It has no prototype: a code from outside can never hit `constructor`. */
export type ErrorTable<Code extends string> = Readonly<Record<Code, ErrorRow>>;

const CODE_FORM = /^ERR_CARAPACE_[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;

/**
 * Declares a package's error codes. Codes are never reused or renamed; messages may change.
 *
 * @throws TypeError when a code is not `ERR_CARAPACE_<AREA>_<CONDITION>`
 */
export function defineErrorCodes<const Code extends string>(rows: Readonly<Record<Code, ErrorRow>>): ErrorTable<Code> {
  for (const code of Object.keys(rows)) {
    if (!CODE_FORM.test(code))
      throw new TypeError(`Cannot define error code "${code}": not ERR_CARAPACE_AREA_CONDITION`);
  }
  return Object.freeze(Object.assign(Object.create(null), rows));
}
