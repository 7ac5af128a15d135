import { assertNever } from '@carapace/manifest/base';
import { type Admission, type AttemptOutcome, type BreakerStatus, CircuitBreaker } from '../pool/circuit-breaker.ts';
import type { CallOutcome } from './call-outcome.ts';

/** Five ends in a row of which each has cost a worker; who crashes on purpose must not keep the machine busy booting. */
const RULES = { threshold: 5, firstMs: 1_000, longestMs: 300_000 } as const;

/**
 * Suspends a skill whose worker crashed or broke the protocol several times in a row: for a second, twice as long each time
 * the one trial call after it ends as badly, five minutes at most. Every admitted call must be recorded, also one that
 * found no worker: as `undefined`.
 */
export class SkillBreaker {
  readonly #breaker = new CircuitBreaker(RULES);

  /** `retryInMs` of a refusal is 0 while the trial call runs. */
  admit(now: number): Admission {
    return this.#breaker.admit(now);
  }

  /** @param outcome How the run ended; undefined when nothing ran. */
  record(admitted: { readonly trial: boolean }, outcome: CallOutcome | undefined, now: number): void {
    this.#breaker.record(admitted, outcome === undefined ? 'unknown' : evidenceOf(outcome), now);
  }

  status(now: number): BreakerStatus {
    return this.#breaker.status(now);
  }
}

/** A call that was stopped from outside proves nothing: a skill that alternates between both must not start afresh each time. */
function evidenceOf(outcome: CallOutcome): AttemptOutcome {
  switch (outcome.kind) {
    case 'crashed':
    case 'violation':
      return 'bad';
    case 'value':
    case 'failure':
      return 'good';
    case 'spent':
    case 'aborted':
    case 'host-failed':
      return 'unknown';
    default:
      return assertNever(outcome);
  }
}
