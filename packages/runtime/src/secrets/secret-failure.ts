import { CarapaceError, type CarapaceErrorOptions } from '@carapace/manifest/base';
import { SECRET_ERRORS, type SecretErrorCode } from './secret-codes.ts';

/** The operator's secrets cannot be used. The message names secrets and sources, never a value. */
export class SecretFailure extends CarapaceError<SecretErrorCode> {
  constructor(code: SecretErrorCode, message: string, options: CarapaceErrorOptions = {}) {
    super(code, SECRET_ERRORS[code], message, options);
  }
}
