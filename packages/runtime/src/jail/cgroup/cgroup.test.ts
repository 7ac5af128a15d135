import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HostIdentity, openCgroupParent } from './cgroup-parent.ts';
import { type CgroupPlace, cgroupPlace } from './cgroup-place.ts';
import { clearCgroups, createWorkerCgroup } from './worker-cgroup.ts';

const MOUNTS = [
  '30 24 0:26 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory',
  '31 24 0:27 / /sys/fs/cgroup/unified rw,nosuid shared:10 master:2 - cgroup2 cgroup2 rw',
].join('\n');

describe('cgroupPlace', () => {
  it('joins the path of the process with the mount of the unified hierarchy, among others', () => {
    expect(cgroupPlace('3:memory:/a\n0::/user.slice/x.service/host\n', MOUNTS)).toEqual({
      own: '/sys/fs/cgroup/unified/user.slice/x.service/host',
      root: '/sys/fs/cgroup/unified',
    });
  });

  it('knows a mount of a part of the tree', () => {
    const mounts = '31 24 0:27 /docker/1 /sys/fs/cgroup ro - cgroup2 cgroup rw';
    expect(cgroupPlace('0::/docker/1/host\n', mounts)).toEqual({ own: '/sys/fs/cgroup/host', root: '/sys/fs/cgroup' });
    expect(cgroupPlace('0::/docker/2\n', mounts)).toBeUndefined();
  });

  it('is nothing without cgroup v2', () => {
    expect(cgroupPlace('3:memory:/a\n', MOUNTS)).toBeUndefined();
    expect(cgroupPlace('0::/a\n', '30 24 0:26 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory')).toBeUndefined();
  });
});

/** Plain files in the place of cgroupfs: what is written to them stays, and nothing else happens. */
let root: string;
let place: CgroupPlace;
const HOST: HostIdentity = { pid: 100, startTime: '7', startTimeOf: (pid) => (pid === 100 ? '7' : undefined) };
const LIMITS = { memoryBytes: 2 ** 28, processes: 32, cpuPercent: 150 };

/** A folder with the files that the kernel puts into each. */
function cgroup(path: string, controllers: string, enabled = ''): string {
  const folder = join(root, path);
  mkdirSync(folder, { recursive: true });
  const files = { 'cgroup.procs': '', 'cgroup.controllers': controllers, 'cgroup.subtree_control': enabled };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'carapace-cgroup-'));
  place = { own: join(root, 'app.service', 'host'), root };
});
afterEach(() => rmSync(root, { recursive: true }));

describe('openCgroupParent in a tree of plain files', () => {
  it.each([
    ['no cgroup v2 at all', (): CgroupPlace | undefined => undefined, /in no cgroup v2/],
    ['a host in the root', (): CgroupPlace => ({ own: root, root }), /root of its cgroups/],
    ['a slice of systemd', (): CgroupPlace => ({ own: join(root, 'user.slice', 'host'), root }), /systemd’s own/],
    ['a place that is not there to write to', (): CgroupPlace => place, /is not delegated/],
  ])('gives nothing in %s', (_name, at, reason) => {
    const support = openCgroupParent(at(), HOST);
    expect(support).toMatchObject({ kind: 'none', reason: expect.stringMatching(reason) });
  });

  it('gives nothing without the controllers that limits need, and leaves nothing behind', () => {
    const around = cgroup('app.service', 'cpu memory\n');
    expect(openCgroupParent(place, HOST)).toMatchObject({
      kind: 'none',
      reason: expect.stringContaining('the controllers pids are not available'),
    });
    expect(readdirSync(around).filter((name) => name.startsWith('carapace'))).toEqual([]);
  });

  it('asks only for controllers that do not work there yet', () => {
    const around = cgroup('app.service', 'cpu io memory pids\n', 'memory\n');
    // A new folder of plain files lacks the kernel's, so nothing is delegated in the end.
    expect(openCgroupParent(place, HOST)).toMatchObject({ kind: 'none' });
    expect(readFileSync(join(around, 'cgroup.subtree_control'), 'utf8')).toBe('+pids +cpu');
  });
});

describe('createWorkerCgroup', () => {
  it('sets what there is a file for, as soon as there is one', () => {
    const folder = join(root, 'worker');
    const worker = createWorkerCgroup(folder, LIMITS);
    expect(readdirSync(folder)).toEqual([]);
    for (const name of ['memory.max', 'cgroup.kill']) writeFileSync(join(folder, name), '');
    worker.limitMemory(4096);
    worker.kill();
    expect(readFileSync(join(folder, 'memory.max'), 'utf8')).toBe('4096');
    expect(readFileSync(join(folder, 'cgroup.kill'), 'utf8')).toBe('1');
    expect(worker.remove()).toBe(false);
  });

  it('throws when a process does not arrive', () => {
    const worker = createWorkerCgroup(join(root, 'worker'), LIMITS);
    mkdirSync(join(root, 'worker', 'cgroup.procs'));
    expect(() => worker.join(1)).toThrow();
  });
});
