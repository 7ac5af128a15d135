import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { koffiAddon, openFiles } from '../../jail/launch-files.ts';
import { POOL_DEFAULTS } from '../../runtime-options.ts';
import { nodePoolPowers } from './pool-powers.ts';
import { ALL_LAYERS } from './spawn-worker.ts';
import { WorkerPool } from './worker-pool.ts';

/** A program in the place of the worker, in the real jail, that misbehaves before any call. */
const SEND = `
const { readSync, writeSync } = require('node:fs');
const send = (head) => {
  const text = Buffer.from(JSON.stringify(head));
  const prefix = Buffer.alloc(8);
  prefix.writeUInt32LE(4 + text.length, 0);
  prefix.writeUInt32LE(text.length, 4);
  writeSync(3, Buffer.concat([prefix, text]));
};
`;
const STAY = 'readSync(3, Buffer.alloc(1));';
const LIMITS = { ...POOL_DEFAULTS, spares: 1, maxSpares: 1, maxWorkers: 1, maxQueue: 1 };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carapace-boot-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function withPool(program: string, use: (pool: WorkerPool) => Promise<void>): Promise<void> {
  const path = join(folder, 'worker.js');
  writeFileSync(path, SEND + program + STAY);
  const files = openFiles(path, koffiAddon());
  const pool = new WorkerPool(nodePoolPowers, files, LIMITS, { jit: false, cpuSeconds: 30, layers: ALL_LAYERS });
  try {
    await use(pool);
  } finally {
    await pool.close();
    files.close();
  }
}

describe('a worker before its first call', () => {
  it.each([
    ['another protocol version', "send({ kind: 'ready', version: 2 });"],
    ['another message than ready', "send({ kind: 'loaded' });"],
    ['no message of the protocol', "send({ kind: 'grant' });"],
  ])('is refused and killed when it starts with %s', async (_name, program) => {
    await withPool(program, async (pool) => {
      await expect(pool.warmUp()).rejects.toMatchObject({
        code: 'ERR_CARAPACE_WORKER_START',
        message: expect.stringContaining('it spoke out of turn'),
      });
      await expect.poll(() => pool.stats).toMatchObject({ spares: 0, alive: 0, waiting: 0 });
    });
  });

  it('is no spare any more, and killed, when it speaks while it waits for a call', async () => {
    const late = 'for (const end = Date.now() + 300; Date.now() < end; );';
    await withPool(`send({ kind: 'ready', version: 1 }); ${late} send({ kind: 'loaded' });`, async (pool) => {
      await pool.warmUp();
      expect(pool.stats.spares).toBe(1);
      await expect.poll(() => pool.stats).toMatchObject({ spares: 0, alive: 0, waiting: 0 });
    });
  });
});
