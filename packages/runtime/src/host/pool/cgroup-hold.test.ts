import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { CgroupParent } from '../../jail/cgroup/cgroup-parent.ts';
import { cgroupPlace } from '../../jail/cgroup/cgroup-place.ts';
import { clearCgroups, createWorkerCgroup } from '../../jail/cgroup/worker-cgroup.ts';
import { type LaunchFiles, openWorkerFiles } from '../../jail/launch-files.ts';
import { machineConfinement } from '../../testing/machine-namespaces.ts';
import { holdByCgroup } from './cgroup-hold.ts';
import { nodePoolPowers } from './pool-powers.ts';
import { ALL_LAYERS } from './spawn-worker.ts';
import { awaitStart, WorkerProcess } from './worker-process.ts';

describe('holdByCgroup', () => {
  it('reports nothing where nothing was looked for, and the reason where there is none', () => {
    expect(holdByCgroup(undefined, 1).layers).toEqual([]);
    const none = holdByCgroup({ kind: 'none', reason: 'not delegated' }, 1);
    expect(none.layers).toEqual([{ layer: 'cgroup', state: 'absent', detail: 'not delegated' }]);
    expect(() => {
      none.limitMemory(1);
      none.kill();
      none.release();
    }).not.toThrow();
  });

  it('goes on without a cgroup that could not be made, and says so', () => {
    const parent: CgroupParent = {
      controllers: ['memory', 'pids'],
      create: () => {
        throw new Error('ENOSPC');
      },
      close: () => undefined,
    };
    expect(holdByCgroup({ kind: 'delegated', parent }, 1).layers).toEqual([
      { layer: 'cgroup', state: 'absent', detail: 'ENOSPC' },
    ]);
  });
});

/** The kernel’s own tree. The controllers may all be in the hands of cgroup v1: membership and killing work without them. */
const place = cgroupPlace(readFileSync('/proc/self/cgroup', 'utf8'), readFileSync('/proc/self/mountinfo', 'utf8'));
const folder = place === undefined ? '' : join(place.root, `carapace-hold-${process.pid}`);

function canMake(): boolean {
  if (place === undefined) return false;
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

describe.runIf(canMake())('a worker in a cgroup of the kernel', () => {
  let files: LaunchFiles | undefined;
  afterAll(() => {
    files?.close();
    clearCgroups(folder);
  });

  it('is in it before it is ready, ends with it, and leaves none behind', async () => {
    const parent: CgroupParent = {
      controllers: ['memory', 'pids'],
      create: (limits) => createWorkerCgroup(join(folder, 'worker'), limits),
      close: () => undefined,
    };
    files = openWorkerFiles();
    const confinement = { ...(await machineConfinement()), cgroups: { kind: 'delegated', parent } as const };
    const profile = { jit: false, cpuSeconds: 30, layers: ALL_LAYERS, confinement };
    const worker = new WorkerProcess(nodePoolPowers, files, profile);
    const { layers } = await awaitStart(worker, () => true, 20_000);
    expect(layers).toContainEqual({ layer: 'cgroup', state: 'enforced', detail: 'limits of memory, pids' });
    expect(readFileSync(`/proc/${worker.pid}/cgroup`, 'utf8')).toContain('/worker');
    expect(readFileSync(join(folder, 'worker', 'cgroup.procs'), 'utf8').trim()).toBe(String(worker.pid));
    worker.limitMemory(2 ** 28);
    await worker.kill('call-ended');
    expect(existsSync(join(folder, 'worker'))).toBe(false);
  });
});
