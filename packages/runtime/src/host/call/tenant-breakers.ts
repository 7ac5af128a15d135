import type { Admission } from '../pool/circuit-breaker.ts';
import type { CallOutcome } from './call-outcome.ts';
import { SkillBreaker } from './skill-breaker.ts';

/**
 * One breaker for each tenant of a skill: who feeds a skill what makes it crash takes it away from nobody but himself. A
 * tenant without failures is not remembered.
 */
export class TenantBreakers {
  readonly #breakers = new Map<string, SkillBreaker>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Every admitted call must be recorded. */
  admit(tenant: string): Admission {
    return this.#breakers.get(tenant)?.admit(this.#now()) ?? { kind: 'admitted', trial: false };
  }

  /** @param outcome How the run ended; undefined when nothing ran. */
  record(tenant: string, admitted: { readonly trial: boolean }, outcome: CallOutcome | undefined): void {
    const breaker = this.#breakers.get(tenant) ?? new SkillBreaker();
    breaker.record(admitted, outcome, this.#now());
    if (breaker.status(this.#now()).failures === 0) this.#breakers.delete(tenant);
    else this.#breakers.set(tenant, breaker);
  }

  /** Tenants with failures. */
  get size(): number {
    return this.#breakers.size;
  }
}
