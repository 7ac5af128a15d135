import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AttemptOutcome, CircuitBreaker } from './circuit-breaker.ts';

const RULES = { threshold: 3, firstMs: 100, longestMs: 400 };

function opened(): CircuitBreaker {
  const breaker = new CircuitBreaker(RULES);
  for (let times = 0; times < 3; times += 1) breaker.record({ trial: false }, 'bad', 0);
  return breaker;
}

describe('CircuitBreaker', () => {
  it('opens at the threshold and not before', () => {
    const breaker = new CircuitBreaker(RULES);
    breaker.record({ trial: false }, 'bad', 0);
    breaker.record({ trial: false }, 'bad', 0);
    expect(breaker.status(0)).toEqual({ state: 'closed', failures: 2, retryInMs: 0 });
    breaker.record({ trial: false }, 'bad', 0);
    expect(breaker.status(40)).toEqual({ state: 'open', failures: 3, retryInMs: 60 });
  });

  it('lets one trial through after the wait, and nobody else while it is under way', () => {
    const breaker = opened();
    expect(breaker.admit(99)).toEqual({ kind: 'refused', retryInMs: 1 });
    expect(breaker.admit(100)).toEqual({ kind: 'admitted', trial: true });
    expect(breaker.admit(5_000)).toEqual({ kind: 'refused', retryInMs: 0 });
    expect(breaker.status(100)).toEqual({ state: 'half-open', failures: 3, retryInMs: 0 });
  });

  it('closes with a good trial and waits the first time again after that', () => {
    const breaker = opened();
    breaker.record({ trial: true }, 'bad', 100);
    expect(breaker.status(100).retryInMs).toBe(200);
    breaker.record({ trial: true }, 'good', 300);
    expect(breaker.status(300)).toEqual({ state: 'closed', failures: 0, retryInMs: 0 });
    for (let times = 0; times < 3; times += 1) breaker.record({ trial: false }, 'bad', 300);
    expect(breaker.status(300).retryInMs).toBe(100);
  });

  it('tries again after a trial that proved nothing', () => {
    const breaker = opened();
    breaker.admit(100);
    breaker.record({ trial: true }, 'unknown', 150);
    expect(breaker.admit(150)).toEqual({ kind: 'admitted', trial: true });
  });

  it('is moved by nothing that began before it opened', () => {
    const breaker = opened();
    breaker.record({ trial: false }, 'good', 10);
    breaker.record({ trial: false }, 'bad', 50);
    expect(breaker.status(50)).toEqual({ state: 'open', failures: 3, retryInMs: 50 });
  });

  it('never admits a second attempt while open, nor waits longer than it may', () => {
    const outcomes = fc.constantFrom<AttemptOutcome>('good', 'bad', 'unknown');
    fc.assert(
      fc.property(fc.array(fc.tuple(outcomes, fc.integer({ min: 0, max: 300 }))), (attempts) => {
        const breaker = new CircuitBreaker(RULES);
        let now = 0;
        for (const [outcome, pause] of attempts) {
          now += pause;
          const before = breaker.status(now);
          expect(before.retryInMs).toBeLessThanOrEqual(RULES.longestMs);
          const admission = breaker.admit(now);
          expect(admission.kind).toBe(before.state === 'open' ? 'refused' : 'admitted');
          if (admission.kind === 'refused') continue;
          expect(admission.trial).toBe(before.state === 'half-open');
          if (admission.trial) expect(breaker.admit(now)).toEqual({ kind: 'refused', retryInMs: 0 });
          breaker.record(admission, outcome, now);
        }
      }),
    );
  });
});
