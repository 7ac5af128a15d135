import { EffectFailure, type EffectRefusal } from '../effect.ts';
import { FS_CODES, type FsCode } from './fs-codes.ts';
import { FS_RULES, type FsRule } from './fs-rules.ts';

export interface FsRefusal extends EffectRefusal {
  readonly kind: 'refused';
  readonly code: FsCode;
  readonly rule: FsRule;
}

/** `remedy`: the smallest line of manifest or grant that would allow it, for the operator alone. */
export function refuse(rule: FsRule, remedy?: string): FsRefusal {
  const code = FS_RULES[rule];
  const refusal: FsRefusal = { kind: 'refused', code, rule, toSkill: FS_CODES[code].toSkill };
  return remedy === undefined ? refusal : { ...refusal, remedy };
}

/** Thrown where a refusal can no longer be returned, as by a body that cannot go on. The message is guest-safe. */
export class FsFailure extends EffectFailure {
  override readonly name = 'FsFailure';
  readonly refusal: FsRefusal;

  constructor(refusal: FsRefusal) {
    super(refusal);
    this.refusal = refusal;
  }

  get code(): FsCode {
    return this.refusal.code;
  }
}
