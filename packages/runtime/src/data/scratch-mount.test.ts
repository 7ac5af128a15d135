import { readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { perform } from '../host/broker/fs/fixtures/ask-broker.ts';
import { openFdCount, UNLIMITED } from '../host/broker/fs/fixtures/temp-tree.ts';
import { createFsBroker } from '../host/broker/fs/fs-broker.ts';
import { openScratchMount } from './open-scratch-mount.ts';

describe('openScratchMount', () => {
  it('gives a call a bounded directory of its own, and takes it away', async () => {
    const scratchBase = await mkdtemp(join(tmpdir(), 'carapace-scratch-'));
    try {
      const before = openFdCount();
      {
        await using first = await openScratchMount({ scratchBase, quota: { bytes: 10, files: 2 } });
        await using second = await openScratchMount({ scratchBase, quota: { bytes: 10, files: 2 } });
        const names = readdirSync(scratchBase);
        expect(names).toHaveLength(2);
        for (const name of names) expect(statSync(join(scratchBase, name)).mode & 0o7777).toBe(0o700);
        await using one = createFsBroker([first.root], { meter: UNLIMITED });
        await using two = createFsBroker([second.root], { meter: UNLIMITED });
        const op = { family: 'fs', method: 'writeFile', path: '/tmp/a', mode: 'replace' } as const;
        expect((await perform(one, op, '0123456789')).kind).toBe('done');
        expect(await perform(one, { ...op, path: '/tmp/b' }, 'x')).toMatchObject({ rule: 'mount-quota-bytes' });
        expect(await perform(two, { family: 'fs', method: 'readFile', path: '/tmp/a' })).toMatchObject({
          rule: 'not-found',
        });
      }
      expect(readdirSync(scratchBase)).toEqual([]);
      expect(openFdCount()).toBe(before);
    } finally {
      await rm(scratchBase, { recursive: true, force: true });
    }
  });
});
