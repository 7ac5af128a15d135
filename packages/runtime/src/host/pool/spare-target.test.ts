import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SpareTarget } from './spare-target.ts';

const BOUNDS = { minimum: 1, ceiling: 4, holdMs: 10_000 };

describe('SpareTarget', () => {
  it('is the minimum without any demand', () => {
    const target = new SpareTarget(BOUNDS);
    expect(target.at(0)).toBe(1);
    expect(target.fallsInMs(0)).toBeUndefined();
  });

  it('is as many as were lent within one boot, and falls when that is forgotten', () => {
    const target = new SpareTarget(BOUNDS);
    for (const now of [0, 10, 20]) target.noteLease(now);
    expect(target.at(20)).toBe(3);
    expect(target.fallsInMs(20)).toBe(10_000);
    expect(target.at(10_019)).toBe(3);
    expect(target.at(10_020)).toBe(1);
    expect(target.fallsInMs(10_020)).toBeUndefined();
  });

  it('takes calls that are further apart than a boot for single ones', () => {
    const target = new SpareTarget({ ...BOUNDS, minimum: 0 });
    for (let now = 0; now < 10_000; now += 200) target.noteLease(now);
    expect(target.at(10_000)).toBe(1);
  });

  it('learns how long a boot takes', () => {
    const target = new SpareTarget(BOUNDS);
    for (let boot = 0; boot < 30; boot += 1) target.noteBoot(1_000);
    for (let now = 0; now < 1_000; now += 300) target.noteLease(now);
    expect(target.at(1_000)).toBe(4);
  });

  it('falls from peak to peak', () => {
    const target = new SpareTarget(BOUNDS);
    for (const now of [0, 0, 0, 5_000, 5_000]) target.noteLease(now);
    expect(target.at(9_999)).toBe(3);
    expect(target.at(10_000)).toBe(2);
    expect(target.fallsInMs(10_000)).toBe(5_000);
    expect(target.at(15_000)).toBe(1);
  });

  it('asks for nothing where nothing is allowed', () => {
    const target = new SpareTarget({ minimum: 0, ceiling: 0, holdMs: 10_000 });
    target.noteLease(0);
    expect(target.at(0)).toBe(0);
    expect(target.fallsInMs(0)).toBeUndefined();
  });

  it('is the largest number of leases within a boot that is not forgotten yet, within its bounds', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 80 }), fc.nat(4_000), (pauses, after) => {
        const target = new SpareTarget({ minimum: 1, ceiling: 5, holdMs: 2_000 });
        const leases: number[] = [];
        let now = 0;
        for (const pause of pauses) {
          now += pause;
          target.noteLease(now);
          leases.push(now);
        }
        now += after;
        const demands = leases.map((at, index) => {
          const within = leases.slice(0, index + 1).filter((other) => other > at - 150).length;
          return at > now - 2_000 ? within : 0;
        });
        expect(target.at(now)).toBe(Math.min(5, Math.max(1, ...demands)));
      }),
    );
  });
});
