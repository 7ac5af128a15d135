import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { koffiAddon, type LaunchFiles, openFiles } from '../../jail/launch-files.ts';
import { nodePoolPowers } from './pool-powers.ts';
import { ALL_LAYERS } from './spawn-worker.ts';
import { WorkerProcess } from './worker-process.ts';

const PROFILE = { jit: false, cpuSeconds: 30, layers: ALL_LAYERS };
const PRELUDE = `
const { writeSync } = require('node:fs');
const holder = { exports: {} };
process.dlopen(holder, '/proc/self/fd/5');
const call = holder.exports.load(null).func('long syscall(long number, long a, long b, long c)');
const send = (message) => {
  const text = Buffer.from(JSON.stringify(message));
  const prefix = Buffer.alloc(8);
  prefix.writeUInt32LE(4 + text.length, 0);
  prefix.writeUInt32LE(text.length, 4);
  writeSync(3, Buffer.concat([prefix, text]));
};
`;

let folder: string;
let files: LaunchFiles;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carapace-spawn-'));
});
afterEach(() => {
  files.close();
  rmSync(folder, { recursive: true });
});

/** Runs a program in the place of the worker and answers what it sent after the launch report. */
async function run(program: string): Promise<readonly unknown[]> {
  const path = join(folder, 'program.js');
  writeFileSync(path, `${PRELUDE}${program}\ncall(231, 0, 0, 0);`);
  files = openFiles(path, koffiAddon());
  const worker = new WorkerProcess(nodePoolPowers, files, PROFILE);
  const heads: unknown[] = [];
  worker.attach({ onFrame: ({ head }) => heads.push(head), onViolation: () => undefined, onExit: () => undefined });
  await worker.exited;
  return heads.slice(1);
}

/** Position and flags of a descriptor of this process, as the kernel has them. */
function descriptionOf(fd: number): string {
  return readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8').split('\n', 2).join(' ').replaceAll(/\s+/g, ' ');
}

describe('spawnWorker', () => {
  it('shares no description with the worker, in which it could leave something for the next', async () => {
    const O_APPEND_NONBLOCK = 0o6000;
    const heads = await run(`
      send([4, 5].map((fd) => [Number(call(8, fd, 1234, 0)), Number(call(72, fd, 4, ${O_APPEND_NONBLOCK}))]));
    `);
    expect(heads).toEqual([
      [
        [1234, 0],
        [1234, 0],
      ],
    ]);
    for (const fd of [files.bundle, files.addon]) expect(descriptionOf(fd)).toBe('pos: 0 flags: 02100000');
  });

  it('tells the worker nothing of the folder that the host runs in', async () => {
    expect(await run('send({ folder: process.cwd() });')).toEqual([{ folder: '/' }]);
  });
});
