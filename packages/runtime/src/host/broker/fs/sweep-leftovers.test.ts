import { readdirSync } from 'node:fs';
import { mkdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONTAINMENTS, createTempTree, openRoot } from './fixtures/temp-tree.ts';
import type { FsAccess } from './mount-grant.ts';

const DIGITS = '0123456789abcdef';
/** Above what Linux ever gives a process. */
const NOBODY = 2 ** 31 - 1;
const LONG_AGO = new Date('2020-01-01T00:00:00Z');

describe.each(CONTAINMENTS)('half-written files of a crash (%s)', (containment) => {
  it('are swept when a mount is opened for writing, and only they', async () => {
    await using tree = await createTempTree({ 'sub/deep/a.txt': 'a' });
    const old = [
      `.carapace-${NOBODY}-${DIGITS}.tmp`,
      `sub/deep/.carapace-${NOBODY}-${DIGITS}.tmp`,
      `.carapace-${process.pid}-${DIGITS}.tmp`,
      `.carapace-${process.ppid}-${DIGITS}.tmp`,
      '.carapace-note.tmp',
      'sub/plain.tmp',
    ];
    for (const name of old) {
      await writeFile(join(tree.inside, name), 'half');
      await utimes(join(tree.inside, name), LONG_AGO, LONG_AGO);
    }
    await writeFile(join(tree.inside, `sub/.carapace-${NOBODY}-${DIGITS}.tmp`), 'being written elsewhere');
    await mkdir(join(tree.inside, `.carapace-${NOBODY}-fedcba9876543210.tmp`));
    await symlink('../data-outside/canary.txt', join(tree.inside, `.carapace-${NOBODY}-aaaaaaaaaaaaaaaa.tmp`));
    const names = readdirSync(tree.inside, { recursive: true, encoding: 'utf8' });
    using reader = await openRoot(tree.inside, containment);
    expect(reader.grant.access.has('write')).toBe(false);
    expect(readdirSync(tree.inside, { recursive: true, encoding: 'utf8' })).toEqual(names);
    using writer = await openRoot(tree.inside, containment, { access: new Set<FsAccess>(['create']) });
    expect(writer.grant.access.has('create')).toBe(true);
    const left = new Set(readdirSync(tree.inside, { recursive: true, encoding: 'utf8' }));
    expect(names.filter((name) => !left.has(name)).toSorted()).toEqual(old.slice(0, 3).toSorted());
    expect(readdirSync(tree.outside)).toEqual(['canary.txt']);
  });
});
