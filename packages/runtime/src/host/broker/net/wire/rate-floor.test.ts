import { describe, expect, it } from 'vitest';
import { DEFAULT_NET_LIMITS } from '../net-limits.ts';
import { RateFloor } from './rate-floor.ts';

/** 64 bytes/s over windows of 10 s. */
function transfer(seconds: number, bytesPerSecond: number, awaitsPeer = true): number | undefined {
  const floor = new RateFloor(DEFAULT_NET_LIMITS, 0);
  for (let second = 1; second <= seconds; second += 1) {
    if (floor.isBelow(second * 1_000, { moved: second * bytesPerSecond, awaitsPeer })) return second;
  }
  return undefined;
}

describe('RateFloor', () => {
  it('NP-242 ends what is slower than the floor after one window', () => {
    expect(transfer(60, 63)).toBe(10);
    expect(transfer(60, 0)).toBe(10);
    expect(transfer(60, 64)).toBeUndefined();
  });

  it('counts no time in which the peer is not waited for', () => {
    expect(transfer(600, 0, false)).toBeUndefined();
    const floor = new RateFloor(DEFAULT_NET_LIMITS, 0);
    expect(floor.isBelow(9_000, { moved: 0, awaitsPeer: true })).toBe(false);
    expect(floor.isBelow(60_000, { moved: 0, awaitsPeer: false })).toBe(false);
    expect(floor.isBelow(61_000, { moved: 0, awaitsPeer: true })).toBe(true);
  });

  it('looks at each window anew', () => {
    const floor = new RateFloor(DEFAULT_NET_LIMITS, 0);
    expect(floor.isBelow(10_000, { moved: 1_000_000, awaitsPeer: true })).toBe(false);
    expect(floor.isBelow(20_000, { moved: 1_000_010, awaitsPeer: true })).toBe(true);
  });
});
