import { CarapaceError, type CarapaceErrorOptions } from '@carapace/manifest/base';
import { RUNTIME_ERRORS, type RuntimeErrorCode } from './error-codes.ts';

/** An error of the runtime. `code` is the contract; see error-codes.ts for meaning and remedy of each. */
export class RuntimeFailure extends CarapaceError<RuntimeErrorCode> {
  constructor(code: RuntimeErrorCode, message: string, options: CarapaceErrorOptions = {}) {
    super(code, RUNTIME_ERRORS[code], message, options);
  }
}
