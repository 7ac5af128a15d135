import { describe, expect, it } from 'vitest';
import { FS_CODES } from './fs-codes.ts';
import { FS_RULES } from './fs-rules.ts';

describe('FS_CODES', () => {
  it('has a rule for every code', () => {
    expect([...new Set(Object.values(FS_RULES))].toSorted()).toEqual(Object.keys(FS_CODES).toSorted());
  });

  it.each(Object.entries(FS_CODES))('%s follows the grammar of names and messages', (code, row) => {
    expect(code).toMatch(/^ERR_CARAPACE_(PERMISSION|FS|BUDGET)_[A-Z_]+$/);
    expect(row.toSkill).toMatch(/^Cannot \w[\w ]+: [a-z].*[^.]$/);
    expect(row.toSkill).not.toMatch(/\/|\bE[A-Z]{3,}/);
  });
});
