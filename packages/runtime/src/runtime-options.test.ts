import { describe, expect, it } from 'vitest';
import { POOL_DEFAULTS, poolLimits } from './runtime-options.ts';

describe('poolLimits', () => {
  it('follows demand between two and four spares when nothing is said', () => {
    expect(poolLimits({})).toEqual(POOL_DEFAULTS);
    expect(POOL_DEFAULTS).toMatchObject({ spares: 2, maxSpares: 4, maxWorkers: 8, maxQueue: 32 });
  });

  it.each([
    ['keeps exactly the spares that were asked for', { spares: 1 }, { spares: 1, maxSpares: 1 }],
    ['keeps no spare where none was asked for', { spares: 0 }, { spares: 0, maxSpares: 0 }],
    ['keeps no more spares than workers', { maxWorkers: 1 }, { spares: 1, maxSpares: 1 }],
    ['keeps no more spares than it may', { maxSpares: 1 }, { spares: 1, maxSpares: 1 }],
    ['follows demand between both', { spares: 0, maxSpares: 6 }, { spares: 0, maxSpares: 6 }],
    ['takes another ceiling of memory', { maxWorkerMemoryMiB: 96 }, { maxWorkerMemoryMiB: 96 }],
  ])('%s', (_name, options, expected) => {
    expect(poolLimits(options)).toMatchObject(expected);
  });

  it.each([
    [{ spares: -1 }],
    [{ spares: 65 }],
    [{ maxSpares: 1.5 }],
    [{ maxSpares: 65, maxWorkers: 100 }],
    [{ spares: 3, maxSpares: 2 }],
    [{ maxSpares: 4, maxWorkers: 2 }],
    [{ maxWorkers: 0 }],
    [{ maxWorkers: 1_025 }],
    [{ maxQueue: Number.NaN }],
    [{ maxQueue: 100_001 }],
    [{ maxWorkerMemoryMiB: 95 }],
    [{ maxWorkerMemoryMiB: Number.POSITIVE_INFINITY }],
  ])('refuses %o', (options) => {
    expect(() => poolLimits(options)).toThrow(RangeError);
  });
});
