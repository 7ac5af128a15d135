import type { ResultCode } from './result-codes.ts';

/** Codes for a failure that the skill itself has described. */
export type FailureCode = Extract<
  ResultCode,
  'ERR_CARAPACE_SKILL_THREW' | 'ERR_CARAPACE_SKILL_BAD_OUTPUT' | 'ERR_CARAPACE_SKILL_ENTRY' | 'ERR_CARAPACE_SKILL_LOAD'
>;

/** How a call ended, as the host saw it and before anything of it is sanitised. */
export type ResultOutcome =
  /** JSON text from the worker: untrusted, not yet parsed. */
  | { readonly kind: 'value'; readonly json: string }
  /** The host refused or stopped the call. `message` is the host's sentence; it may quote a path or field name. */
  | { readonly kind: 'refused'; readonly code: ResultCode; readonly message: string }
  /** The skill failed and says why. Every text is the skill's. */
  | {
      readonly kind: 'failure';
      readonly code: FailureCode;
      readonly stage: 'load' | 'entry' | 'run' | 'output';
      readonly name: string;
      readonly message: string;
      readonly stack: string;
    };
