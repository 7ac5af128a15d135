import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { koffiAddon, type LaunchFiles, openFiles } from '../../jail/launch-files.ts';
import { machineConfinement, namespacesMissing } from '../../testing/machine-namespaces.ts';
import type { Confinement } from './confinement.ts';
import { exitInside, openEnclosedWorker } from './enclosed-worker.ts';
import { nodePoolPowers } from './pool-powers.ts';
import { parseParent } from './process-stat.ts';
import { ALL_LAYERS } from './spawn-worker.ts';
import { describeExit } from './worker-death.ts';
import { WorkerProcess } from './worker-process.ts';

/** Empty where workers get namespaces here. The tests that need them do not run otherwise, and their title says why. */
const missing = await namespacesMissing();
const withNamespaces = missing === undefined ? describe : describe.skip;
const where = missing === undefined ? 'in namespaces' : `in namespaces (not on this machine: ${missing})`;

const PRELUDE = `
const holder = { exports: {} };
process.dlopen(holder, '/proc/self/fd/5');
const koffi = holder.exports;
const raw = koffi.load(null).func('long syscall(long number, long a, long b, long c)');
const call = (number, a = 0, b = 0, c = 0) => Number(raw(number, a, b, c));
const { readSync } = require('node:fs');
`;
const STAY = 'readSync(3, Buffer.alloc(1));';

let folder: string;
let confinement: Confinement;
const running = new Set<WorkerProcess>();
const opened: LaunchFiles[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carapace-enclosed-'));
  confinement = await machineConfinement();
});
afterEach(async () => {
  await Promise.all([...running].map((worker) => worker.kill('closed')));
  running.clear();
  for (const files of opened.splice(0)) files.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A program in the place of the worker, once its launch report has been read. */
async function start(program: string, place: Confinement = confinement): Promise<WorkerProcess> {
  const path = join(folder, 'program.js');
  writeFileSync(path, PRELUDE + program);
  const files = openFiles(path, koffiAddon());
  opened.push(files);
  const profile = { jit: false, cpuSeconds: 1, layers: ALL_LAYERS, confinement: place };
  const worker = new WorkerProcess(nodePoolPowers, files, profile);
  running.add(worker);
  await new Promise<void>((resolve, reject) => {
    worker.attach({
      onFrame: () => resolve(),
      onViolation: (_rule, detail) => reject(new Error(detail)),
      onExit: () => reject(new Error(worker.stderrTail)),
    });
  });
  worker.attach({ onFrame: () => undefined, onViolation: () => undefined, onExit: () => undefined });
  return worker;
}

function parentOf(pid: number): number | undefined {
  return parseParent(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

withNamespaces(`a worker ${where}`, () => {
  it('is known by the number of the worker itself, and metered as such', async () => {
    const worker = await start(`globalThis.held = Buffer.alloc(40 * 2 ** 20, 1); ${STAY}`);
    const first = parentOf(worker.pid) ?? 0;
    const bwrap = parentOf(first) ?? 0;
    expect(parentOf(bwrap)).toBe(process.pid);
    // bwrap itself has about one MiB.
    await expect.poll(() => worker.meter.read().residentBytes, { timeout: 10_000 }).toBeGreaterThan(60 * 2 ** 20);
    expect(worker.meter.readPeak()).toBeGreaterThan(60 * 2 ** 20);
  });

  it('is gone, with process 1 and bwrap, when its end is told', async () => {
    const worker = await start(STAY);
    const { pid } = worker;
    const first = parentOf(pid) ?? 0;
    const bwrap = parentOf(first) ?? 0;
    const exit = await worker.kill('call-ended');
    expect(exit).toEqual({ code: null, signal: 'SIGKILL' });
    expect([pid, first, bwrap].filter(isThere)).toEqual([]);
  });

  it('is killed while it spins and while it has stopped itself', async () => {
    const spinning = await start('for (;;);');
    expect(await spinning.kill('budget')).toEqual({ code: null, signal: 'SIGKILL' });
    const SIGSTOP = 19;
    const stopped = await start(`call(234, process.pid, process.pid, ${SIGSTOP});`);
    await expect.poll(() => readFileSync(`/proc/${stopped.pid}/stat`, 'utf8'), { timeout: 10_000 }).toContain(') T ');
    expect(await stopped.kill('budget')).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it.each([
    ['SIGSYS', 'call(57, 0);call(500);'],
    ['SIGABRT', 'call(234, process.pid, process.pid, 6);'],
    ['SIGSEGV', 'call(234, process.pid, process.pid, 11);'],
    ['SIGXCPU', 'for (;;);'],
  ] as const)('that ends by %s says so', async (signal, program) => {
    const worker = await start(program);
    expect(await worker.exited).toEqual({ code: null, signal });
  });

  it('that exits by itself says with which code', async () => {
    const worker = await start('call(231, 3);');
    const exit = await worker.exited;
    expect(describeExit(exit)).toBe('exited with code 3');
  });

  it('dies with bwrap, whoever killed that', async () => {
    const worker = await start('for (;;);');
    const { pid } = worker;
    process.kill(parentOf(parentOf(pid) ?? 0) ?? 0, 'SIGKILL');
    await worker.exited;
    await expect.poll(() => isThere(pid), { timeout: 10_000 }).toBe(false);
  });

  it('is ended before it runs when it could not be killed alone', async () => {
    const { enclosure } = confinement;
    await expect(start(STAY, { enclosure })).rejects.toThrow(/no pidfd/);
  });
});

withNamespaces(`openEnclosedWorker ${where}`, () => {
  it('refuses the number of a process that is not in the namespace', async () => {
    const worker = await start(STAY);
    const { killer } = confinement;
    if (killer === undefined) throw new Error('no killer');
    const bwrap = parentOf(parentOf(worker.pid) ?? 0) ?? 0;
    const open = (pid: number): unknown => openEnclosedWorker(nodePoolPowers, bwrap, pid, killer);
    expect(() => open(process.pid)).toThrow(/not in the namespace/);
    expect(() => open(bwrap)).toThrow(/not in the namespace/);
    const other = await start(STAY);
    expect(() => open(other.pid)).toThrow(/not in the namespace/);
  });
});

describe('ProcessKiller', () => {
  it('IP-151 sends nothing to a process that is not the one any more, nor to none', async () => {
    const killer = await nodePoolPowers.loadKiller();
    if (killer === undefined) throw new Error('this kernel has no pidfd');
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const pid = child.pid ?? 0;
    const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
    expect(killer.kill(pid, () => false)).toBe(false);
    expect(isThere(pid)).toBe(true);
    expect(killer.kill(pid, () => true)).toBe(true);
    expect(await ended).toBe('SIGKILL');
    expect(killer.kill(pid, () => true)).toBe(false);
  });
});

describe('exitInside', () => {
  it('reads the signal that bwrap reports as 128 + n', () => {
    expect(exitInside({ code: 137, signal: null })).toEqual({ code: null, signal: 'SIGKILL' });
    expect(exitInside({ code: 159, signal: null })).toEqual({ code: null, signal: 'SIGSYS' });
    expect(exitInside({ code: 152, signal: null })).toEqual({ code: null, signal: 'SIGXCPU' });
  });

  it('leaves every other end as it is', () => {
    for (const exit of [
      { code: 0, signal: null },
      { code: 128, signal: null },
      { code: 255, signal: null },
      { code: null, signal: 'SIGKILL' },
    ] as const)
      expect(exitInside(exit)).toEqual(exit);
  });
});
