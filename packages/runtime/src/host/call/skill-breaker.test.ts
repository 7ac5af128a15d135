import { describe, expect, it } from 'vitest';
import type { CallOutcome } from './call-outcome.ts';
import { SkillBreaker } from './skill-breaker.ts';

const CRASHED: CallOutcome = { kind: 'crashed', description: 'ended by SIGSEGV' };
const VIOLATION: CallOutcome = { kind: 'violation', rule: 'state', detail: '"loaded" twice' };
const VALUE: CallOutcome = { kind: 'value', json: '1' };
const SPENT: CallOutcome = { kind: 'spent', code: 'ERR_CARAPACE_BUDGET_CPU' };
const ABORTED: CallOutcome = { kind: 'aborted' };

/** Makes a call if the breaker lets it, and tells whether it did. */
function call(breaker: SkillBreaker, outcome: CallOutcome | undefined, now: number): boolean {
  const admission = breaker.admit(now);
  if (admission.kind === 'admitted') breaker.record(admission, outcome, now);
  return admission.kind === 'admitted';
}

describe('SkillBreaker', () => {
  it.each([
    ['crashes', CRASHED],
    ['breaks the protocol', VIOLATION],
  ])('suspends a skill that %s five times in a row, for a second', (_name, outcome) => {
    const breaker = new SkillBreaker();
    for (let times = 0; times < 5; times += 1) expect(call(breaker, outcome, 0)).toBe(true);
    expect(breaker.admit(0)).toEqual({ kind: 'refused', retryInMs: 1_000 });
    expect(breaker.admit(999)).toEqual({ kind: 'refused', retryInMs: 1 });
    expect(breaker.admit(1_000)).toEqual({ kind: 'admitted', trial: true });
  });

  it('counts only what comes in a row', () => {
    const breaker = new SkillBreaker();
    const failure: CallOutcome = {
      kind: 'failure',
      failure: { stage: 'run', name: 'E', message: '', stack: '' },
    };
    for (const good of [VALUE, failure]) {
      for (let times = 0; times < 4; times += 1) call(breaker, CRASHED, 0);
      call(breaker, good, 0);
    }
    expect(breaker.status(0)).toEqual({ state: 'closed', failures: 0, retryInMs: 0 });
  });

  it('does not let a skill start afresh by running into a budget in between', () => {
    const breaker = new SkillBreaker();
    const neither = [SPENT, ABORTED, { kind: 'host-failed', cause: undefined } as const, undefined, SPENT];
    for (const outcome of neither) {
      call(breaker, CRASHED, 0);
      call(breaker, outcome, 0);
    }
    expect(breaker.status(0)).toEqual({ state: 'open', failures: 5, retryInMs: 1_000 });
  });

  it('doubles the suspension with each trial that fails, up to five minutes', () => {
    const breaker = new SkillBreaker();
    for (let times = 0; times < 5; times += 1) call(breaker, CRASHED, 0);
    let now = 0;
    const waits: number[] = [];
    for (let trial = 0; trial < 10; trial += 1) {
      const { retryInMs } = breaker.status(now);
      waits.push(retryInMs);
      now += retryInMs;
      expect(call(breaker, CRASHED, now)).toBe(true);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300].map((seconds) => seconds * 1_000));
  });
});
