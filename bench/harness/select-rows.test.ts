import { describe, expect, it } from 'vitest';
import type { BenchRow, RowId } from './row.ts';
import { selectRows } from './select-rows.ts';

const pipe: BenchRow = {
  id: 'bare-pipe',
  group: 'carapace',
  title: '',
  unit: 'ms',
  better: 'lower',
  samples: { full: 1, quick: 1 },
  measure: () => Promise.resolve({ samples: [1] }),
};
const child: BenchRow = { ...pipe, id: 'node-child', group: 'peers' };
const deno: BenchRow = { ...pipe, id: 'deno-child', group: 'peers', needs: 'deno' };
const warm: BenchRow = { ...pipe, id: 'call-warm', ratios: [{ to: 'deno-child' }, { to: 'node-child' }] };
const ALL = [pipe, child, deno, warm];

function selected(only: readonly RowId[] | undefined, peers: 'none' | 'with' | 'only'): readonly RowId[] {
  return selectRows(ALL, { only: only === undefined ? undefined : new Set(only), peers }).map(({ id }) => id);
}

describe('selectRows', () => {
  it('takes all without a wish', () =>
    expect(selected(undefined, 'with')).toEqual(['bare-pipe', 'node-child', 'deno-child', 'call-warm']));
  it('leaves out what has to be installed', () =>
    expect(selected(undefined, 'none')).toEqual(['bare-pipe', 'node-child', 'call-warm']));
  it('takes peers only', () => expect(selected(undefined, 'only')).toEqual(['node-child', 'deno-child']));
  it('adds the rows that ratios need', () =>
    expect(selected(['call-warm'], 'with')).toEqual(['node-child', 'deno-child', 'call-warm']));
  it('adds none that has to be installed when that is not wanted', () =>
    expect(selected(['call-warm'], 'none')).toEqual(['node-child', 'call-warm']));
  it('keeps what is named', () => expect(selected(['deno-child'], 'none')).toEqual(['deno-child']));
});
