import { describe, expect, it } from 'vitest';
import { play, spent, violation } from './fixtures/hostile-worker.ts';

describe('CallSession against machine code that hides from the meters', () => {
  const LIBRARY = `
    const holder = { exports: {} };
    process.dlopen(holder, '/proc/self/fd/5');
    const library = holder.exports.load(null);
  `;

  it('kills a worker that starts more threads than Node does', async () => {
    const end = await play(`${LIBRARY}
      const sleep = library.func('void *dlsym(void *, const char *)')(null, 'sleep');
      const start = library.func('int pthread_create(void *, void *, void *, void *)');
      for (let i = 0; i < 100; i += 1) start(Buffer.alloc(8), null, sleep, Buffer.alloc(4096));
      stay();
    `);
    expect(end).toMatchObject({ outcome: violation('threads'), reason: 'protocol' });
  });

  it('counts a worker whose first thread is gone, and whose size cannot be read, as over its memory', async () => {
    const end = await play(`${LIBRARY}
      const { Worker } = require('node:worker_threads');
      new Worker("require('node:worker_threads').parentPort.postMessage(1); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);", { eval: true })
        .on('message', () => library.func('long syscall(long, long)')(60, 0));
    `);
    expect(end.outcome).toEqual(spent('ERR_CARAPACE_BUDGET_MEMORY'));
  });
});
