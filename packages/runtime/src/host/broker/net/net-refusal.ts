import { EffectFailure, type EffectRefusal } from '../effect.ts';
import { NET_CODES, NET_RULES, type NetRule } from './net-codes.ts';

/** The refusal that a rule stands for. `remedy`: what would have to be declared or opened, where something could. */
export function netRefusal(rule: NetRule, remedy?: string): EffectRefusal {
  const code = NET_RULES[rule];
  const base = { code, rule, toSkill: NET_CODES[code].toSkill };
  return remedy === undefined ? base : { ...base, remedy };
}

/** Thrown inside the fetch broker wherever a request cannot go on; the broker turns it into its answer. */
export class NetFailure extends EffectFailure {
  override readonly name: string = 'NetFailure';

  static of(rule: NetRule, remedy?: string): NetFailure {
    return new NetFailure(netRefusal(rule, remedy));
  }
}
