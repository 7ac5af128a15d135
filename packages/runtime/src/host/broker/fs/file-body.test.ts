import { appendFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EffectAnswer } from '../effect.ts';
import { FileBody } from './file-body.ts';
import { ask } from './fixtures/ask-broker.ts';
import { CONTAINMENTS, createTempTree, openFdCount, openRoot, textOf, UNLIMITED } from './fixtures/temp-tree.ts';
import { createFsBroker, type FsBroker } from './fs-broker.ts';
import { DEFAULT_FS_LIMITS, type FsLimits, type FsMeter } from './fs-limits.ts';

const CHUNK = 64 * 1024;
const LIMITS: FsLimits = { ...DEFAULT_FS_LIMITS, chunkBytes: CHUNK, maxReadBytes: 4 * CHUNK, maxOpenHandles: 2 };

function read(broker: FsBroker, path: string): Promise<EffectAnswer> {
  return ask(broker, 'readFile', path);
}

function streamOf(outcome: EffectAnswer): FileBody {
  if (outcome.kind === 'done' && outcome.body instanceof FileBody) return outcome.body;
  throw new Error('not a stream');
}

function meterFor(bytes: number): FsMeter {
  let left = bytes;
  return {
    charge(kind, amount) {
      if (kind === 'files') return true;
      left -= amount;
      return left >= 0;
    },
  };
}

describe.each(CONTAINMENTS)('a file body (%s)', (containment) => {
  it.each([0, 1, 4095, 4096, CHUNK - 1])('of %d bytes comes back whole, with nothing left open', async (size) => {
    await using tree = await createTempTree({ 'a.bin': 'x'.repeat(size) });
    using root = await openRoot(tree.inside, containment);
    await using broker = createFsBroker([root], { meter: UNLIMITED, limits: LIMITS });
    const before = openFdCount();
    const outcome = await read(broker, '/docs/a.bin');
    expect(outcome.kind === 'done' && outcome.body).toBeInstanceOf(Uint8Array);
    expect(await textOf(outcome)).toBe('x'.repeat(size));
    expect(outcome.trail?.bytes).toBe(size);
    expect(openFdCount()).toBe(before);
  });

  it.each([CHUNK, CHUNK + 1, 3 * CHUNK + 7, 4 * CHUNK])(
    'of %d bytes is streamed and closed at its end',
    async (size) => {
      await using tree = await createTempTree({ 'a.bin': 'x'.repeat(size) });
      using root = await openRoot(tree.inside, containment);
      await using broker = createFsBroker([root], { meter: UNLIMITED, limits: LIMITS });
      const before = openFdCount();
      const outcome = await read(broker, '/docs/a.bin');
      expect(openFdCount()).toBe(before + 1);
      let total = 0;
      for await (const chunk of streamOf(outcome)) {
        expect(chunk.byteLength).toBeLessThanOrEqual(CHUNK);
        expect(chunk.buffer.byteLength).toBe(chunk.byteLength);
        total += chunk.byteLength;
      }
      expect(total).toBe(size);
      expect(outcome.trail?.bytes).toBe(size);
      expect(openFdCount()).toBe(before);
    },
  );

  it('one byte over the cap is refused before it is read', async () => {
    await using tree = await createTempTree({ 'a.bin': 'x'.repeat(4 * CHUNK + 1) });
    using root = await openRoot(tree.inside, containment);
    await using broker = createFsBroker([root], { meter: UNLIMITED, limits: LIMITS });
    const before = openFdCount();
    expect(await read(broker, '/docs/a.bin')).toMatchObject({ code: 'ERR_CARAPACE_FS_TOO_LARGE', trail: { bytes: 0 } });
    expect(openFdCount()).toBe(before);
  });

  it('of a huge sparse file is refused without allocating it', async () => {
    await using tree = await createTempTree({ 'a.bin': '' });
    await truncate(join(tree.inside, 'a.bin'), 10 * 2 ** 30);
    using root = await openRoot(tree.inside, containment);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    expect(await read(broker, '/docs/a.bin')).toMatchObject({ code: 'ERR_CARAPACE_FS_TOO_LARGE' });
  });

  it('of a file that grows past the cap while it is read fails there', async () => {
    await using tree = await createTempTree({ 'a.bin': 'x'.repeat(CHUNK) });
    using root = await openRoot(tree.inside, containment);
    await using broker = createFsBroker([root], { meter: UNLIMITED, limits: LIMITS });
    const before = openFdCount();
    const outcome = await read(broker, '/docs/a.bin');
    await appendFile(join(tree.inside, 'a.bin'), 'x'.repeat(5 * CHUNK));
    await expect(textOf(outcome)).rejects.toMatchObject({ code: 'ERR_CARAPACE_FS_TOO_LARGE' });
    expect(openFdCount()).toBe(before);
  });

  it('of a file that shrinks ends early without an error', async () => {
    await using tree = await createTempTree({ 'a.bin': 'x'.repeat(2 * CHUNK) });
    using root = await openRoot(tree.inside, containment);
    await using broker = createFsBroker([root], { meter: UNLIMITED, limits: LIMITS });
    const outcome = await read(broker, '/docs/a.bin');
    await truncate(join(tree.inside, 'a.bin'), 10);
    expect(await textOf(outcome)).toBe('x'.repeat(10));
  });

  it('of a pseudo-file that reports size 0 is read to its end, over many short reads', async () => {
    using root = await openRoot('/proc', containment);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    const maps = await textOf(await read(broker, `/docs/${process.pid}/maps`));
    expect(maps.length).toBeGreaterThan(4096);
    expect(maps).toContain('[stack]');
  });

  it('ends with a budget code when the bytes are spent, in one piece or in the middle of a stream', async () => {
    await using tree = await createTempTree({ 'a.txt': 'x'.repeat(10), 'b.bin': 'x'.repeat(2 * CHUNK) });
    using root = await openRoot(tree.inside, containment);
    const before = openFdCount();
    const readWith = (bytes: number, path: string): Promise<EffectAnswer> =>
      read(createFsBroker([root], { meter: meterFor(bytes), limits: LIMITS }), path);
    expect((await readWith(10, '/docs/a.txt')).kind).toBe('done');
    expect(await readWith(9, '/docs/a.txt')).toMatchObject({ code: 'ERR_CARAPACE_BUDGET_FS_READ' });
    const stream = await readWith(2 * CHUNK - 1, '/docs/b.bin');
    await expect(textOf(stream)).rejects.toMatchObject({ code: 'ERR_CARAPACE_BUDGET_FS_READ' });
    expect(openFdCount()).toBe(before);
  });

  it('closes when a reader stops early', async () => {
    await using tree = await createTempTree({ 'a.bin': 'x'.repeat(3 * CHUNK) });
    using root = await openRoot(tree.inside, containment);
    await using broker = createFsBroker([root], { meter: UNLIMITED, limits: LIMITS });
    const before = openFdCount();
    for await (const chunk of streamOf(await read(broker, '/docs/a.bin'))) {
      expect(chunk.byteLength).toBe(CHUNK);
      break;
    }
    expect(openFdCount()).toBe(before);
  });

  it('closes on disposal, never started, half read or in the middle of a read, and then fails', async () => {
    await using tree = await createTempTree({ 'a.bin': 'x'.repeat(3 * CHUNK) });
    using root = await openRoot(tree.inside, containment);
    await using broker = createFsBroker([root], { meter: UNLIMITED, limits: LIMITS });
    const before = openFdCount();
    for (const preparation of ['none', 'read', 'reading'] as const) {
      const body = streamOf(await read(broker, '/docs/a.bin'));
      const chunks = body[Symbol.asyncIterator]();
      const first = preparation === 'none' ? undefined : chunks.next();
      if (preparation === 'read') await first;
      await body[Symbol.asyncDispose]();
      await first;
      expect(openFdCount()).toBe(before);
      await expect(chunks.next()).rejects.toMatchObject({ code: 'ERR_CARAPACE_FS_IO' });
    }
  });

  it('counts against the open handles until it ends, and ends with its broker', async () => {
    await using tree = await createTempTree({ 'a.bin': 'x'.repeat(CHUNK), 'b.txt': 'b' });
    using root = await openRoot(tree.inside, containment);
    const broker = createFsBroker([root], { meter: UNLIMITED, limits: LIMITS });
    const before = openFdCount();
    const first = await read(broker, '/docs/a.bin');
    await read(broker, '/docs/a.bin');
    expect(await read(broker, '/docs/b.txt')).toMatchObject({
      code: 'ERR_CARAPACE_FS_TOO_MANY',
      rule: 'open-handles',
    });
    const listing = await ask(broker, 'readdir', '/docs');
    expect(listing).toMatchObject({ rule: 'open-handles' });
    await textOf(first);
    expect((await read(broker, '/docs/b.txt')).kind).toBe('done');
    await broker[Symbol.asyncDispose]();
    expect(openFdCount()).toBe(before);
    expect(await read(broker, '/docs/b.txt')).toMatchObject({ code: 'ERR_CARAPACE_FS_IO', rule: 'broker-closed' });
  });

  it('or a listing in progress is waited for when the broker ends, and cut off', async () => {
    await using tree = await createTempTree({ 'a.txt': 'a' });
    using root = await openRoot(tree.inside, containment);
    const broker = createFsBroker([root], { meter: UNLIMITED, limits: LIMITS });
    const before = openFdCount();
    const listing = ask(broker, 'readdir', '/docs');
    await broker[Symbol.asyncDispose]();
    expect(openFdCount()).toBe(before);
    expect(await listing).toMatchObject({ rule: 'broker-closed' });
  });
});
