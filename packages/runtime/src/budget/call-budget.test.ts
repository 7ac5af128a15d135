import { resolveLimits } from '@carapace/manifest';
import { describe, expect, it } from 'vitest';
import { type BudgetKind, CallBudget } from './call-budget.ts';

const LIMITS = resolveLimits({ brokerCalls: 3, logKiB: 1, outputKiB: 1, fsReadMiB: 1, files: 2 });

describe('CallBudget', () => {
  it.each<[BudgetKind, number, string]>([
    ['brokerCalls', 3, 'ERR_CARAPACE_BUDGET_BROKER_CALLS'],
    ['logBytes', 1024, 'ERR_CARAPACE_BUDGET_LOGS'],
    ['outputBytes', 1024, 'ERR_CARAPACE_BUDGET_OUTPUT'],
    ['fsReadBytes', 1024 * 1024, 'ERR_CARAPACE_BUDGET_FS_READ'],
    ['files', 2, 'ERR_CARAPACE_BUDGET_FILES'],
  ])('covers %s up to its limit and not one more', (kind, limit, code) => {
    const budget = new CallBudget(LIMITS);
    expect(budget.charge(kind, limit)).toBe(true);
    expect(budget.spent).toBeUndefined();
    expect(budget.charge(kind, 1)).toBe(false);
    expect(budget.spent).toBe(code);
    expect(budget.used(kind)).toBe(limit);
  });

  it('stays spent, and keeps the first reason', () => {
    const budget = new CallBudget(LIMITS);
    budget.charge('files', 3);
    budget.charge('logBytes', 5000);
    expect(budget.charge('files', 1)).toBe(false);
    expect(budget.spent).toBe('ERR_CARAPACE_BUDGET_FILES');
  });
});
