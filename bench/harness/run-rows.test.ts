import { describe, expect, it } from 'vitest';
import { type BenchRow, Unavailable } from './row.ts';
import { runRows } from './run-rows.ts';

const base: BenchRow = {
  id: 'bare-pipe',
  group: 'carapace',
  title: 'base',
  unit: 'µs',
  better: 'lower',
  samples: { full: 3, quick: 1 },
  measure: (samples) => Promise.resolve({ samples: Array.from({ length: samples }, () => 20) }),
};
const row: BenchRow = {
  ...base,
  id: 'call-warm',
  title: 'row',
  unit: 'ms',
  ratios: [{ to: 'bare-pipe', bar: 10 }, { to: 'node-child' }],
  bar: { p50: 5 },
  measure: () => Promise.resolve({ samples: [0.3, 0.1, 0.2], note: 'seen' }),
};
const quiet = { quick: false, onRow: () => undefined };
const baseFigures = { unit: 'µs', better: 'lower', n: 3, p50: 20, p99: 20, min: 20 };

describe('runRows', () => {
  it('compares rows of different units, with later ones too, and judges the bar', async () => {
    const [first, second] = await runRows([row, base], quiet);
    expect(second).toEqual({ id: 'bare-pipe', group: 'carapace', title: 'base', ...baseFigures });
    const figures = { unit: 'ms', better: 'lower', n: 3, p50: 0.2, p99: 0.3, min: 0.1 };
    expect(first).toEqual({
      id: 'call-warm',
      group: 'carapace',
      title: 'row',
      note: 'seen',
      ...figures,
      ratios: [{ to: 'bare-pipe', ratio: 10, bar: 10 }],
      bar: { p50: 5 },
      verdict: 'reached',
    });
  });

  it('takes fewer samples with quick', async () => {
    const [first] = await runRows([base], { ...quiet, quick: true });
    expect(first).toMatchObject({ n: 1 });
  });

  it('leaves an unavailable row out with its reason, and a bar that needed it open', async () => {
    const absent = { ...base, measure: () => Promise.reject(new Unavailable('no such file')) };
    const [first, second] = await runRows([absent, row], quiet);
    const expected = { id: 'bare-pipe', group: 'carapace', title: 'base', unit: 'µs', n: 0, skipped: 'no such file' };
    expect(first).toEqual(expected);
    expect(second).toMatchObject({ verdict: 'open', ratios: [{ to: 'bare-pipe', bar: 10 }] });
  });

  it('reports a row that failed as failed and goes on', async () => {
    const broken = { ...row, measure: () => Promise.reject(new RangeError('broken')) };
    const [first, second] = await runRows([broken, base], quiet);
    expect(first).toMatchObject({ id: 'call-warm', skipped: 'RangeError: broken', failed: true });
    expect(second).toMatchObject({ id: 'bare-pipe', n: 3 });
  });
});
