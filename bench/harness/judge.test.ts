import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';

const summary = { n: 10, p50: 4, p99: 9, min: 1 };

describe('judge', () => {
  it.each([
    ['a bar without figures', {}, true],
    ['p50 on the bar', { p50: 4 }, true],
    ['p50 above the bar', { p50: 3.9 }, false],
    ['p99 above the bar', { p50: 4, p99: 8 }, false],
    ['a ratio on the bar', { ratio: 0.5 }, true],
    ['a ratio above the bar', { p50: 4, ratio: 0.4 }, false],
  ])('judges %s where lower is better', (_, bar, passes) => expect(judge(bar, 'lower', summary, 0.5)).toBe(passes));

  it('judges the other way round where higher is better', () => {
    expect(judge({ p50: 4 }, 'higher', summary, undefined)).toBe(true);
    expect(judge({ p50: 4.1 }, 'higher', summary, undefined)).toBe(false);
  });

  it('fails a ratio that could not be taken, in both directions', () => {
    expect(judge({ ratio: 5 }, 'lower', summary, undefined)).toBe(false);
    expect(judge({ ratio: 5 }, 'higher', summary, undefined)).toBe(false);
  });
});
