import { link, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ask, METHODS, OPENING } from './fixtures/ask-broker.ts';
import { CONTAINMENTS, codeOf, createTempTree, openRoot, UNLIMITED } from './fixtures/temp-tree.ts';
import { createFsBroker } from './fs-broker.ts';
import type { FsMeter } from './fs-limits.ts';
import type { MountGrant } from './mount-grant.ts';

/** match ["**\/*.pdf"], except ["private/**"]. */
const PDF_ONLY: Partial<MountGrant> = {
  matches: (path) => path.endsWith('.pdf') && !path.startsWith('private/'),
  matchesDirectory: (path) => path !== 'private' && !path.startsWith('private/'),
};

describe.each(CONTAINMENTS)('a grant that names some files only (%s)', (containment) => {
  it.each(METHODS)('%s gives one answer for an unmatched path, whatever is there', async (method) => {
    await using tree = await createTempTree({ 'private/a.pdf': 'a', 'note.txt': 'n', 'two.txt': 't' });
    await symlink('note.txt', join(tree.inside, 'linked.txt'));
    await link(join(tree.inside, 'two.txt'), join(tree.inside, 'hard.txt'));
    using root = await openRoot(tree.inside, containment, PDF_ONLY);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    const expected = method === 'write' ? 'ERR_CARAPACE_PERMISSION_FS_ACCESS' : 'ERR_CARAPACE_PERMISSION_FS_SCOPE';
    const unmatched = ['note.txt', 'note.txt/', 'none.txt', 'linked.txt', 'hard.txt', 'note.txt/x', 'none.txt/x'];
    const excluded = ['private', 'private/', 'private/a.pdf', 'private/none.pdf', 'private/deep/er'];
    for (const path of [...unmatched, ...excluded]) {
      expect(codeOf(await ask(broker, method, `/docs/${path}`)), path).toBe(expected);
    }
  });

  it('does not tell a file from nothing in the middle of a matching path', async () => {
    await using tree = await createTempTree({ 'note.txt': 'n' });
    using root = await openRoot(tree.inside, containment, PDF_ONLY);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    for (const path of ['/docs/note.txt/a.pdf', '/docs/none.txt/a.pdf']) {
      expect(codeOf(await ask(broker, 'readFile', path))).toBe('ERR_CARAPACE_FS_NOT_FOUND');
    }
  });

  it('lists granted names and ways to them only', async () => {
    await using tree = await createTempTree({ 'private/a.pdf': 'a', 'note.txt': 'n', 'x.pdf': 'x', 'sub/y.pdf': 'y' });
    await symlink('x.pdf', join(tree.inside, 'link.pdf'));
    await symlink('x.pdf', join(tree.inside, 'link.txt'));
    using root = await openRoot(tree.inside, containment, PDF_ONLY);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    expect(await ask(broker, 'readdir', '/docs')).toMatchObject({
      value: {
        entries: [
          { name: 'link.pdf', kind: 'other' },
          { name: 'sub', kind: 'directory' },
          { name: 'x.pdf', kind: 'file' },
        ],
      },
    });
    expect(await ask(broker, 'readdir', '/docs/sub')).toMatchObject({ value: { entries: [{ name: 'y.pdf' }] } });
  });

  it('says when a listing is cut, exactly above each cap', async () => {
    await using tree = await createTempTree({ 'a.pdf': '', 'b.pdf': '', 'c.txt': '' });
    using root = await openRoot(tree.inside, containment, PDF_ONLY);
    const cases = [
      [2, 3, 2, false],
      [1, 3, 1, true],
      [2, 2, undefined, true],
    ] as const;
    for (const [maxListEntries, maxScannedEntries, count, truncated] of cases) {
      await using broker = createFsBroker([root], { meter: UNLIMITED, limits: { maxListEntries, maxScannedEntries } });
      const outcome = await ask(broker, 'readdir', '/docs');
      expect(outcome).toMatchObject({ value: { truncated } });
      if (count !== undefined) expect(outcome).toMatchObject({ value: { entries: { length: count } } });
    }
  });

  it('charges one file per granted operation, and nothing for a refused path', async () => {
    await using tree = await createTempTree({ 'a.pdf': 'a' });
    using root = await openRoot(tree.inside, containment, PDF_ONLY);
    let files = 0;
    const counting: FsMeter = {
      charge(kind, amount) {
        if (kind === 'files') files += amount;
        return true;
      },
    };
    await using broker = createFsBroker([root], { meter: counting });
    for (const method of OPENING) await ask(broker, method, method === 'readdir' ? '/docs' : '/docs/a.pdf');
    expect(files).toBe(5);
    for (const path of ['/', '/docs/private/a.pdf', '/none/a', '/docs/../x']) await ask(broker, 'stat', path);
    expect(files).toBe(5);
    await using spent = createFsBroker([root], { meter: { charge: (kind) => kind !== 'files' } });
    for (const method of OPENING) {
      expect(codeOf(await ask(spent, method, '/docs/a.pdf'))).toMatch(/BUDGET_FILES|FS_SCOPE/);
    }
    expect(codeOf(await ask(spent, 'readFile', '/docs/a.pdf'))).toBe('ERR_CARAPACE_BUDGET_FILES');
  });
});
