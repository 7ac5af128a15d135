import { describe, expect, it } from 'vitest';
import { type BenchRow, Unavailable } from './row.ts';
import { runRows, selectRows } from './run-rows.ts';

const base: BenchRow = {
  id: 'bare-pipe',
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
  ratioTo: 'bare-pipe',
  bar: { p50: 5, ratio: 10 },
  measure: () => Promise.resolve({ samples: [0.3, 0.1, 0.2], note: 'seen' }),
};
const quiet = { quick: false, onRow: () => undefined };

describe('runRows', () => {
  it('compares rows of different units and judges the bar', async () => {
    const [first, second] = await runRows([base, row], quiet);
    expect(first).toEqual({
      id: 'bare-pipe',
      title: 'base',
      unit: 'µs',
      better: 'lower',
      n: 3,
      p50: 20,
      p99: 20,
      min: 20,
    });
    const compared = { ratioTo: 'bare-pipe', ratio: 10, bar: { p50: 5, ratio: 10 }, pass: true, note: 'seen' };
    expect(second).toEqual({
      id: 'call-warm',
      title: 'row',
      unit: 'ms',
      better: 'lower',
      n: 3,
      p50: 0.2,
      p99: 0.3,
      min: 0.1,
      ...compared,
    });
  });

  it('takes fewer samples with quick', async () => {
    const [first] = await runRows([base], { ...quiet, quick: true });
    expect(first).toMatchObject({ n: 1 });
  });

  it('leaves an unavailable row out with its reason, and fails a bar that needed it', async () => {
    const absent = { ...base, measure: () => Promise.reject(new Unavailable('no such file')) };
    const [first, second] = await runRows([absent, row], quiet);
    expect(first).toEqual({ id: 'bare-pipe', title: 'base', unit: 'µs', n: 0, skipped: 'no such file' });
    expect(second).toMatchObject({ pass: false });
    expect(second).not.toHaveProperty('ratio');
  });

  it('fails with the name of the row that failed', async () => {
    const broken = { ...base, measure: () => Promise.reject(new Error('broken')) };
    await expect(runRows([broken], quiet)).rejects.toThrow('Cannot measure "bare-pipe"');
  });
});

describe('selectRows', () => {
  it('takes all without a wish', () => expect(selectRows([base, row], undefined)).toEqual([base, row]));
  it('adds the row that a ratio needs', () =>
    expect(selectRows([base, row], new Set(['call-warm']))).toEqual([base, row]));
  it('leaves out the others', () => expect(selectRows([base, row], new Set(['bare-pipe']))).toEqual([base]));
});
