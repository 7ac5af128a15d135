import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';

const summary = { n: 10, p50: 4, p99: 9, min: 1 };
const taken = (bar: number): { readonly to: 'bare-pipe'; readonly ratio: number; readonly bar: number } => ({
  to: 'bare-pipe',
  ratio: 0.5,
  bar,
});
const lower = { better: 'lower', summary, ratios: [] } as const;

describe('judge', () => {
  it.each([
    ['p50 on the bar', { p50: 4 }, 'reached'],
    ['p50 above the bar', { p50: 3.9 }, 'missed'],
    ['p99 above the bar', { p50: 4, p99: 8 }, 'missed'],
    ['a bar of zero', { p99: 0 }, 'missed'],
    ['a bar without figures', {}, undefined],
  ])('judges %s where lower is better', (_, bar, verdict) => expect(judge({ ...lower, bar })).toBe(verdict));

  it('says nothing where nothing is asked for', () => {
    expect(judge({ ...lower, bar: undefined })).toBeUndefined();
    expect(judge({ ...lower, bar: undefined, ratios: [{ to: 'bare-pipe', ratio: 3 }] })).toBeUndefined();
  });

  it('judges ratios too, each by its own bar', () => {
    expect(judge({ ...lower, bar: { p50: 4 }, ratios: [taken(0.5)] })).toBe('reached');
    expect(judge({ ...lower, bar: { p50: 4 }, ratios: [taken(0.5), taken(0.4)] })).toBe('missed');
  });

  it('judges the other way round where higher is better', () => {
    expect(judge({ ...lower, better: 'higher', bar: { p50: 4 }, ratios: [taken(0.4)] })).toBe('reached');
    expect(judge({ ...lower, better: 'higher', bar: { p50: 4.1 } })).toBe('missed');
    expect(judge({ ...lower, better: 'higher', bar: undefined, ratios: [taken(0.6)] })).toBe('missed');
  });

  it('leaves open what could not be compared, unless another figure was missed', () => {
    const untaken = { to: 'bare-pipe', bar: 4 } as const;
    expect(judge({ ...lower, bar: { p50: 4 }, ratios: [untaken] })).toBe('open');
    expect(judge({ ...lower, bar: { p50: 3 }, ratios: [untaken] })).toBe('missed');
  });
});
