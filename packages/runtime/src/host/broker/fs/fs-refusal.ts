import { FS_CODES, FS_RULES, type FsCode, type FsRule } from './fs-codes.ts';

export interface FsRefusal {
  readonly kind: 'refused';
  readonly code: FsCode;
  readonly rule: FsRule;
}

export function refuse(rule: FsRule): FsRefusal {
  return { kind: 'refused', code: FS_RULES[rule], rule };
}

/** Thrown by a streamed body that cannot go on, where a refusal can no longer be returned. The message is guest-safe. */
export class FsReadFailure extends Error {
  override readonly name = 'FsReadFailure';
  readonly refusal: FsRefusal;

  constructor(refusal: FsRefusal) {
    super(FS_CODES[refusal.code].toSkill);
    this.refusal = refusal;
  }

  get code(): FsCode {
    return this.refusal.code;
  }
}
