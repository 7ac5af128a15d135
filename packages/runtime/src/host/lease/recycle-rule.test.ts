import { describe, expect, it } from 'vitest';
import { RECYCLE_RULES, recycleReason } from './recycle-rule.ts';

const rule = { maxCalls: 10, maxAgeMs: 1_000, maxGrowthMiB: 8, maxIdleMs: 100 };
const fresh = { calls: 9, ageMs: 999, growthMiB: 8, cpuLeftMs: 501 };

describe('recycleReason', () => {
  it('lets a worker go on that is within every bound', () => {
    expect(recycleReason(rule, fresh, 500)).toBeUndefined();
  });

  it.each([
    ['calls', { calls: 10 }],
    ['age', { ageMs: 1_000 }],
    ['memory', { growthMiB: 8.1 }],
    ['processor time', { cpuLeftMs: 500 }],
  ])('ends one that has reached its bound of %s', (what, worn) => {
    expect(recycleReason(rule, { ...fresh, ...worn }, 500)).toBe(`recycled: ${what}`);
  });

  it('keeps a session longer than a worker without state, which loses nothing', () => {
    expect(RECYCLE_RULES.session.maxIdleMs).toBeGreaterThan(RECYCLE_RULES.skill.maxIdleMs);
    expect(RECYCLE_RULES.session.maxAgeMs).toBeGreaterThan(RECYCLE_RULES.skill.maxAgeMs);
  });
});
