import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LaunchFiles, openWorkerFiles } from '../../jail/launch-files.ts';
import { nodePoolPowers } from './pool-powers.ts';
import { ALL_LAYERS } from './spawn-worker.ts';
import { WorkerProcess } from './worker-process.ts';

const PROFILE = { jit: false, cpuSeconds: 30, layers: ALL_LAYERS };

let files: LaunchFiles;
beforeEach(() => {
  files = openWorkerFiles();
});
afterEach(() => files.close());

describe('WorkerProcess', () => {
  it('throws when the process cannot be created, and leaves no event behind that would end the host', async () => {
    const uncaught: unknown[] = [];
    const note = (error: unknown): number => uncaught.push(error);
    const execPath = process.execPath;
    process.on('uncaughtExceptionMonitor', note);
    process.execPath = '/carapace-has-none/node';
    try {
      expect(() => new WorkerProcess(nodePoolPowers, files, PROFILE)).toThrow(/process could not be created/);
      await new Promise((resolve) => setImmediate(resolve));
      expect(uncaught).toEqual([]);
    } finally {
      process.execPath = execPath;
      process.off('uncaughtExceptionMonitor', note);
    }
  });

  it('ends a process whose use it cannot measure', async () => {
    let pid = 0;
    const blind = {
      ...nodePoolPowers,
      openProcFile: (worker: number): never => {
        pid = worker;
        throw new Error('EMFILE');
      },
    };
    expect(() => new WorkerProcess(blind, files, PROFILE)).toThrow(/cannot be measured/);
    await expect.poll(() => isAlive(pid)).toBe(false);
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
