import { linkSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { value } from '../../expected.ts';
import type { FileCase } from '../../file-case.ts';
import type { Playground } from '../../playground.ts';

const LINK = 'PERMISSION_FS_LINK';

/** What reads or writes through a name. Taking the name itself away is another matter. */
const THROUGH =
  "['readFile', 'stat', 'lstat', 'access', 'access for writing', 'open r', 'open r+', 'open a', 'open w', 'copy from', 'copy to', 'appendFile', 'writeFile', 'truncate']";

function linked(title: string, target: (playground: Playground) => string): FileCase {
  return {
    id: 'FS-164',
    title,
    lay: (playground) => symlinkSync(target(playground), join(playground.inside, 'link')),
    run: `return await everywhere('/docs/link', ${THROUGH});`,
    expect: value([LINK]),
  };
}

const OUTWARD: readonly FileCase[] = [
  linked('an absolute link to a file outside', ({ outside }) => join(outside, 'secret.txt')),
  linked('a relative link to a file outside', () => '../outside/secret.txt'),
  linked('a link through /proc to the host’s own root', () => '/proc/self/root/etc/passwd'),
  {
    id: 'FS-164',
    title: 'a directory link on the way',
    lay: ({ inside, outside }) => symlinkSync(outside, join(inside, 'link')),
    run: "return [await everywhere('/docs/link/secret.txt'), await everywhere('/docs/link/new.txt')];",
    limits: { files: 1_000 },
    expect: value([[LINK], [LINK]]),
  },
  {
    id: 'FS-164',
    title: 'a link in a link',
    lay: ({ inside, outside }) => {
      symlinkSync(outside, join(inside, 'folder/link'));
      symlinkSync('folder/link', join(inside, 'first'));
    },
    run: "return await everywhere('/docs/first/secret.txt');",
    expect: value([LINK]),
  },
];

const INWARD: readonly FileCase[] = [
  {
    id: 'FS-165',
    title: 'a link to a neighbour inside is refused like any other',
    lay: ({ inside }) => symlinkSync('a.txt', join(inside, 'link')),
    run: `return await everywhere('/docs/link', ${THROUGH});`,
    expect: value([LINK]),
    after: ({ inside }) => {
      if (readFileSync(join(inside, 'a.txt'), 'utf8') !== 'inside') throw new Error('written through the link');
    },
  },
  {
    id: 'FS-165',
    title: 'and so is a directory link inside',
    lay: ({ inside }) => symlinkSync('folder', join(inside, 'link')),
    run: "return [await everywhere('/docs/link/b.txt'), await everywhere('/docs/link/', ['readdir', 'opendir', 'stat'])];",
    expect: value([[LINK], [LINK]]),
  },
  {
    id: 'FS-167',
    title: 'a dangling link as the target of a write creates nothing at its far end',
    lay: ({ inside, outside }) => symlinkSync(join(outside, 'planted.txt'), join(inside, 'link')),
    run: `return await everywhere('/docs/link', ${THROUGH});`,
    expect: value([LINK]),
  },
  {
    id: 'FS-167',
    title: 'nor does an exclusive create, which follows no link',
    lay: ({ inside, outside }) => symlinkSync(join(outside, 'planted.txt'), join(inside, 'link')),
    run: "const made = await each('/docs/link', ['open wx', 'mkdir', 'mkdir -p']); return Object.values(made).includes('done');",
    expect: value(false),
  },
];

const HARD: readonly FileCase[] = [
  {
    id: 'FS-171',
    title: 'a second name of a file outside is neither read nor written',
    lay: ({ inside, outside }) => linkSync(join(outside, 'secret.txt'), join(inside, 'second')),
    run: "return await everywhere('/docs/second', ['readFile', 'open r', 'open r+', 'open a', 'open w', 'copy from', 'copy to', 'appendFile', 'writeFile', 'truncate']);",
    expect: value([LINK]),
  },
  {
    id: 'FS-171',
    title: 'nor when both names are inside',
    lay: ({ inside }) => linkSync(join(inside, 'a.txt'), join(inside, 'second')),
    run: "return await everywhere('/docs/second', ['readFile', 'open r', 'open r+', 'appendFile', 'writeFile', 'truncate', 'copy from']);",
    expect: value([LINK]),
  },
];

const TAKEN_AWAY: readonly FileCase[] = [
  {
    id: 'FS-186',
    title: 'a link that is moved, removed or replaced leaves its far end alone',
    lay: ({ inside, outside }) => {
      for (const name of ['one', 'two', 'three', 'four']) symlinkSync(join(outside, 'secret.txt'), join(inside, name));
      symlinkSync(outside, join(inside, 'folder-link'));
    },
    run: `const moved = await all({
        rename: () => fs.rename('/docs/one', '/docs/moved'), onto: () => fs.rename('/docs/a.txt', '/docs/two'),
        unlink: () => fs.unlink('/docs/three'), rm: () => fs.rm('/docs/four', { recursive: true }),
        folder: () => fs.rm('/docs/folder-link', { recursive: true, force: true }), rmdir: () => fs.rmdir('/docs/folder-link'),
      });
      return [Object.keys(moved).length, await outcome(() => fs.readFile('/docs/moved'))];`,
    expect: value([6, 'FS_NOT_FOUND']),
  },
  {
    id: 'FS-187',
    title: 'taking away a directory with everything in it stops at a link in it',
    lay: ({ inside, outside }) => {
      symlinkSync(outside, join(inside, 'folder/link'));
      writeFileSync(join(inside, 'folder/c.txt'), 'c');
    },
    run: "await outcome(() => fs.rm('/docs/folder', { recursive: true, force: true })); return (await fs.readdir('/docs')).includes('a.txt');",
    expect: value(true),
  },
];

export const LINK_CASES: readonly FileCase[] = [...OUTWARD, ...INWARD, ...HARD, ...TAKEN_AWAY];
