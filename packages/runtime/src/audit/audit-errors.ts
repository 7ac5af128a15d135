import { CarapaceError, type CarapaceErrorOptions, defineErrorCodes, type ErrorTable } from '@carapace/manifest/base';

/** Codes of AuditFailure. */
export type AuditErrorCode = 'ERR_CARAPACE_AUDIT_WRITE';

/** Meaning, remedy and exit code of each audit error. */
export const AUDIT_ERRORS: ErrorTable<AuditErrorCode> = defineErrorCodes<AuditErrorCode>({
  ERR_CARAPACE_AUDIT_WRITE: {
    category: 'system',
    retryable: false,
    exitCode: 74,
    meaning: 'An audit record could not be written, so the runtime performs no further effect.',
    fix: 'Repair the audit sink (disk space, permissions, the file itself), then create the runtime anew.',
  },
});

/** The trail is broken: what happens from here on would not be on record. */
export class AuditFailure extends CarapaceError<AuditErrorCode> {
  constructor(code: AuditErrorCode, message: string, options: CarapaceErrorOptions = {}) {
    super(code, AUDIT_ERRORS[code], message, options);
  }
}
