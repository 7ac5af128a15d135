import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultMemoryCeilingMiB, LEAST_CEILING_MIB } from './memory-ceiling.ts';
import { leaseGrowthMiB, MemoryLedger } from './memory-ledger.ts';

describe('MemoryLedger', () => {
  it('never promises more than there is, and forgets a share with its owner', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 0, max: 60 }))), (steps) => {
        const ledger = new MemoryLedger<string>(100);
        const shares = new Map<string, number>();
        for (const [owner, mib] of steps) {
          if (mib === 0) {
            ledger.release(owner);
            shares.delete(owner);
          } else if (mib <= ledger.freeMiB) {
            ledger.reserve(owner, mib);
            shares.set(owner, (shares.get(owner) ?? 0) + mib);
          } else expect(() => ledger.reserve(owner, mib)).toThrow(RangeError);
          const sum = [...shares.values()].reduce((total, share) => total + share, 0);
          expect(ledger.reservedMiB).toBe(sum);
          expect(ledger.freeMiB).toBe(100 - sum);
          expect(ledger.shareOf(owner)).toBe(shares.get(owner) ?? 0);
        }
      }),
    );
  });

  it('counts a call with its heap and what the watchdog lets it have beside it', () => {
    expect(leaseGrowthMiB(64)).toBe(112);
  });
});

describe('defaultMemoryCeilingMiB', () => {
  const MIB = 2 ** 20;
  it.each([
    ['the machine without a limit', 8_192, 0, 4_096],
    ['the machine under a limit that allows more than there is', 8_192, 2 ** 40, 4_096],
    ['the control group', 8_192, 1_024, 512],
    ['one small worker at least', 8_192, 64, LEAST_CEILING_MIB],
  ])('is half of %s', (_name, totalMiB, constrainedMiB, expected) => {
    const memory = { totalBytes: totalMiB * MIB, constrainedBytes: constrainedMiB * MIB };
    expect(defaultMemoryCeilingMiB(memory)).toBe(expected);
  });
});
