import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HostIdentity, openCgroupParent } from './cgroup-parent.ts';
import { type CgroupPlace, cgroupPlace } from './cgroup-place.ts';
import { type CgroupFolders, clearCgroups, createWorkerCgroup } from './worker-cgroup.ts';

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

/** A folder with the files that the kernel puts into each: its controllers are those that the one above has enabled. */
function cgroup(path: string, controllers: string, enabled = ''): string {
  const folder = join(root, path);
  mkdirSync(folder, { recursive: true });
  const files = { 'cgroup.procs': '', 'cgroup.controllers': controllers, 'cgroup.subtree_control': enabled };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const IMITATED: CgroupFolders = {
  make: (folder) => {
    const enabled = readFileSync(join(dirname(folder), 'cgroup.subtree_control'), 'utf8').replaceAll('+', '');
    cgroup(relative(root, folder), enabled);
    const names = ['memory.max', 'memory.swap.max', 'memory.oom.group', 'pids.max', 'cpu.max', 'cgroup.kill'];
    for (const name of names) writeFileSync(join(folder, name), '');
  },
  remove: (folder) => rmSync(folder, { recursive: true }),
};
const text = (...path: readonly string[]): string => readFileSync(join(...path), 'utf8');
const ours = (around: string): readonly string[] => readdirSync(around).filter((name) => name.startsWith('carapace'));

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'carapace-cgroup-'));
  place = { own: join(root, 'app.service', 'host'), root };
});
afterEach(() => rmSync(root, { recursive: true }));

describe('openCgroupParent in a tree that imitates the kernel’s', () => {
  it.each([
    ['no cgroup v2 at all', (): CgroupPlace | undefined => undefined, /in no cgroup v2/],
    ['a host in the root', (): CgroupPlace => ({ own: root, root }), /root of its cgroups/],
    ['a slice of systemd', (): CgroupPlace => ({ own: join(root, 'user.slice', 'host'), root }), /systemd’s own/],
    ['a place that is not there to write to', (): CgroupPlace => place, /is not delegated/],
  ])('gives nothing in %s', (_name, at, reason) => {
    const support = openCgroupParent(at(), HOST, IMITATED);
    expect(support).toMatchObject({ kind: 'none', reason: expect.stringMatching(reason) });
  });

  it('gives nothing without the controllers that limits need, and leaves nothing behind', () => {
    const around = cgroup('app.service', 'cpu memory\n');
    expect(openCgroupParent(place, HOST, IMITATED)).toMatchObject({
      kind: 'none',
      reason: expect.stringContaining('the controllers pids are not available'),
    });
    expect(ours(around)).toEqual([]);
  });

  it('asks only for controllers that do not work there yet, and for no other', () => {
    const around = cgroup('app.service', 'cpu io memory pids\n', 'memory\n');
    openCgroupParent(place, HOST, IMITATED);
    expect(text(around, 'cgroup.subtree_control')).toBe('+pids +cpu');
  });

  it('makes a cgroup per runtime and one per worker in it, with limits, and removes them', () => {
    const around = cgroup('app.service', 'cpu memory pids\n', 'cpu memory pids\n');
    const support = openCgroupParent(place, HOST, IMITATED);
    if (support.kind === 'none') throw new Error(support.reason);
    expect(support.parent.controllers).toEqual(['memory', 'pids', 'cpu']);
    const worker = support.parent.create(LIMITS);
    expect(dirname(worker.folder)).toBe(join(around, ours(around)[0] ?? ''));
    expect(text(worker.folder, 'memory.max')).toBe(String(2 ** 28));
    expect(text(worker.folder, 'memory.swap.max')).toBe('0');
    expect(text(worker.folder, 'memory.oom.group')).toBe('1');
    expect(text(worker.folder, 'pids.max')).toBe('32');
    expect(text(worker.folder, 'cpu.max')).toBe('150000 100000');
    worker.join(4711);
    expect(text(worker.folder, 'cgroup.procs')).toBe('4711');
    worker.limitMemory(4096);
    expect(text(worker.folder, 'memory.max')).toBe('4096');
    worker.kill();
    expect(text(worker.folder, 'cgroup.kill')).toBe('1');
    expect(worker.remove()).toBe(true);
    support.parent.create(LIMITS);
    support.parent.close();
    expect(ours(around)).toEqual([]);
  });

  it('removes what dead hosts have left, and nothing of a living one or of anybody else', () => {
    const around = cgroup('app.service', 'memory pids\n', 'memory pids\n');
    for (const name of ['carapace-99-7-1/worker-1', 'carapace-100-6-1/worker-1', 'carapace-100-7-1/worker-1', 'other'])
      cgroup(`app.service/${name}`, '');
    openCgroupParent(place, { ...HOST, pid: 101 }, IMITATED);
    const left = readdirSync(around, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(left.map(({ name }) => name).toSorted()).toEqual([
      'carapace-100-7-1',
      expect.stringMatching(/^carapace-101-7-\d+$/),
      'other',
    ]);
  });
});

describe('createWorkerCgroup', () => {
  it('leaves no folder behind when a limit cannot be set', () => {
    const folders = { ...IMITATED, make: (folder: string) => mkdirSync(join(folder, 'pids.max'), { recursive: true }) };
    expect(() => createWorkerCgroup(join(root, 'worker'), LIMITS, folders)).toThrow();
    expect(existsSync(join(root, 'worker'))).toBe(false);
  });
});

/** The kernel’s own tree, where this machine lets the test make a cgroup in it. Controllers it may have or not. */
const real = cgroupPlace(readFileSync('/proc/self/cgroup', 'utf8'), readFileSync('/proc/self/mountinfo', 'utf8'));
const realFolder = real === undefined ? '' : join(real.root, `carapace-test-${process.pid}`);
function canMake(): boolean {
  if (real === undefined) return false;
  try {
    mkdirSync(realFolder);
    return true;
  } catch {
    return false;
  }
}
const made = canMake();

describe.runIf(made)('the kernel’s own cgroups', () => {
  afterAll(() => clearCgroups(realFolder));

  it('hold a process, kill it by one write, and are gone afterwards', async () => {
    const worker = createWorkerCgroup(join(realFolder, 'worker'), LIMITS);
    const child = spawn('/bin/sh', ['-c', 'sleep 100 & sleep 100'], { stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
    worker.join(child.pid ?? 0);
    expect(readFileSync(`/proc/${child.pid}/cgroup`, 'utf8')).toContain(`/carapace-test-${process.pid}/worker`);
    expect(() => worker.join(2 ** 30)).toThrow();
    expect(worker.remove()).toBe(false);
    worker.kill();
    expect(await ended).toBe('SIGKILL');
    await expect.poll(() => worker.remove(), { timeout: 5_000 }).toBe(true);
  });
});
