import { describe, expect, it } from 'vitest';
import { nodePoolPowers, type PoolPowers } from './pool-powers.ts';
import { openProcessMeter } from './process-meter.ts';
import { readSeal } from './seal-report.ts';
import { ALL_LAYERS } from './spawn-worker.ts';

const WORKER = 4711;
const UNFILTERED = { ...ALL_LAYERS, seccomp: false };

/** What the kernel says about this process and about the worker; undefined for one that is gone. */
function kernel(own: string | undefined, worker: string | undefined): PoolPowers {
  return {
    ...nodePoolPowers,
    openProcFile: (pid) => ({ read: () => (pid === WORKER ? worker : own), close: () => undefined }),
  };
}

const status = (filters: number): string => `Name:\tnode\nSeccomp:\t2\nSeccomp_filters:\t${filters}\nThreads:\t3\n`;

function stateOf(powers: PoolPowers, wanted: typeof ALL_LAYERS = ALL_LAYERS): string | undefined {
  return readSeal(powers, openProcessMeter(powers, WORKER), wanted)[0]?.state;
}

describe('readSeal', () => {
  it.each([
    ['both filters', 0, 2, 'enforced'],
    ['the launcher’s filter only', 0, 1, 'absent'],
    ['no filter', 0, 0, 'absent'],
    ['both, below those of a container', 3, 5, 'enforced'],
    ['the launcher’s only, below those of a container', 3, 4, 'absent'],
  ])('says of a worker with %s what stands', (_name, own, its, state) => {
    expect(stateOf(kernel(status(own), status(its)))).toBe(state);
  });

  it('counts one filter less where the launcher was told to set none', () => {
    expect(stateOf(kernel(status(1), status(2)), UNFILTERED)).toBe('enforced');
    expect(stateOf(kernel(status(1), status(1)), UNFILTERED)).toBe('absent');
  });

  it.each([
    ['of the worker', status(0), 'Name:\tnode\n'],
    ['of the host', 'Name:\tnode\n', status(2)],
    ['because the worker is gone', status(0), undefined],
  ])('believes nothing when the kernel does not tell the number %s', (_name, own, worker) => {
    expect(stateOf(kernel(own, worker))).toBe('absent');
  });

  it('reports no layer that was not asked for', () => {
    expect(stateOf(kernel(status(0), status(2)), { ...ALL_LAYERS, sealed: false })).toBeUndefined();
  });
});
