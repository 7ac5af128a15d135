import { existsSync, statSync } from 'node:fs';
import { mkdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTempTree } from './fixtures/temp-tree.ts';
import { createFsPowers } from './fs-powers.ts';
import { makeScratchDirectory } from './scratch-directory.ts';

describe('makeScratchDirectory', () => {
  it('makes a private directory that goes with its disposal', async () => {
    await using tree = await createTempTree();
    const powers = await createFsPowers();
    let path = '';
    {
      await using scratch = await makeScratchDirectory(powers, tree.base);
      ({ path } = scratch);
      expect(statSync(path).mode & 0o7777).toBe(0o700);
    }
    expect(existsSync(path)).toBe(false);
  });

  it('sweeps nothing that belongs to another user', async () => {
    await using tree = await createTempTree();
    const powers = await createFsPowers();
    const left = join(tree.base, `carapace-${2 ** 31 - 1}-0123456789abcdef`);
    await mkdir(left);
    await utimes(left, 1, 1);
    await using foreign = await makeScratchDirectory({ ...powers, userId: powers.userId + 1 }, tree.base);
    expect([existsSync(left), existsSync(foreign.path)]).toEqual([true, true]);
    await using own = await makeScratchDirectory(powers, tree.base);
    expect([existsSync(left), existsSync(own.path)]).toEqual([false, true]);
  });

  it('takes no name that somebody has prepared', async () => {
    await using tree = await createTempTree();
    const powers = { ...(await createFsPowers()), randomDigits: () => '0123456789abcdef' };
    await mkdir(join(tree.base, `carapace-${powers.processId}-0123456789abcdef`));
    await expect(makeScratchDirectory(powers, tree.base)).rejects.toMatchObject({ code: 'EEXIST' });
  });
});
