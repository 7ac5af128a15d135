import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { percentile, summarise } from './statistics.ts';

const samples = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 200 });

describe('percentile', () => {
  it('takes the nearest rank of unsorted samples', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(percentile(hundred, 50)).toBe(50);
    expect(percentile(hundred, 99)).toBe(99);
    expect(percentile(hundred, 100)).toBe(100);
    expect(percentile(hundred, 0)).toBe(1);
  });

  it('takes the worst of few samples for 99', () => expect(percentile([3, 9, 1], 99)).toBe(9));

  it('leaves the samples as they were', () => {
    const given = [3, 1, 2];
    percentile(given, 50);
    expect(given).toEqual([3, 1, 2]);
  });

  it.each([
    ['no samples', [], 50],
    ['NaN', [1, Number.NaN], 50],
    ['an endless sample', [1, Number.POSITIVE_INFINITY], 50],
    ['a percentage above 100', [1], 101],
    ['a percentage below 0', [1], -1],
    ['a percentage that is no number', [1], Number.NaN],
  ])('refuses %s', (_, given, percent) => expect(() => percentile(given, percent)).toThrow(RangeError));

  it('answers one of the samples, within which the asked share lies', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 100 }), (given, percent) => {
        const value = percentile(given, percent);
        expect(given).toContain(value);
        const within = given.filter((sample) => sample <= value).length;
        expect(within / given.length).toBeGreaterThanOrEqual(percent / 100 - Number.EPSILON);
      }),
    );
  });

  it('never falls when the percentage rises', () => {
    fc.assert(
      fc.property(samples, fc.nat(100), fc.nat(100), (given, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        expect(percentile(given, low)).toBeLessThanOrEqual(percentile(given, high));
      }),
    );
  });
});

describe('summarise', () => {
  it('looks at the slow end where lower is better', () =>
    expect(summarise([5, 1, 2, 3, 4], 'lower')).toEqual({ n: 5, p50: 3, p99: 5, min: 1 }));

  it('looks at the low end where higher is better', () =>
    expect(summarise([5, 1, 2, 3, 4], 'higher')).toEqual({ n: 5, p50: 3, p99: 1, min: 1 }));
});
