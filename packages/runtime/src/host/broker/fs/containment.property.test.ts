import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ask } from './fixtures/ask-broker.ts';
import {
  CANARY,
  CONTAINMENTS,
  createTempTree,
  openFdCount,
  openRoot,
  textOf,
  UNLIMITED,
} from './fixtures/temp-tree.ts';
import { createFsBroker } from './fs-broker.ts';

const name = fc.constantFrom('a', 'b', 'c');
const inner = fc.array(name, { minLength: 1, maxLength: 3 });
const target = fc.oneof(
  fc.constantFrom(
    '.',
    '..',
    '../..',
    '../data-outside',
    '../../data-outside',
    '../data-outside/canary.txt',
    '/',
    '/proc/self/cwd',
  ),
  fc.constantFrom('OUTSIDE', 'OUTSIDE/canary.txt'),
  inner.map((parts) => parts.join('/')),
);
const node = fc.oneof(
  fc.record({ kind: fc.constant('file' as const), at: inner }),
  fc.record({ kind: fc.constant('directory' as const), at: inner }),
  fc.record({ kind: fc.constant('link' as const), at: inner, target }),
);
type TreeNode =
  | { kind: 'file'; at: string[] }
  | { kind: 'directory'; at: string[] }
  | { kind: 'link'; at: string[]; target: string };

const asked = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: name },
      { weight: 2, arbitrary: fc.constantFrom('canary.txt', 'data-outside', '..', '.', '', 'proc') },
    ),
    {
      maxLength: 6,
    },
  )
  .map((parts) => `/docs/${parts.join('/')}`);

/** Builds what it can: a node whose place is taken, or whose parent is no directory, is left out. Never through links. */
async function build(
  inside: string,
  outside: string,
  nodes: readonly TreeNode[],
): Promise<Map<string, TreeNode['kind']>> {
  const built = new Map<string, TreeNode['kind']>([['', 'directory']]);
  for (const item of nodes) {
    const path = item.at.join('/');
    const parent = dirname(path) === '.' ? '' : dirname(path);
    if (built.has(path) || built.get(parent) !== 'directory') continue;
    if (item.kind === 'file') await writeFile(join(inside, path), `inside ${path}`);
    else if (item.kind === 'directory') await mkdir(join(inside, path));
    else await symlink(item.target.replace('OUTSIDE', outside), join(inside, path));
    built.set(path, item.kind);
  }
  return built;
}

/** Says from the tree alone what an asked path is: nothing, unless it is spelled exactly as it was built. */
function expectation(
  built: ReadonlyMap<string, TreeNode['kind']>,
  path: string,
): { kind: TreeNode['kind'] | undefined; mustBeDirectory: boolean } {
  const mustBeDirectory = path.endsWith('/');
  const names = (mustBeDirectory ? path.slice(0, -1) : path).split('/').slice(2);
  const isPlain = names.every((part) => part !== '' && part !== '.' && part !== '..');
  return { kind: isPlain ? built.get(names.join('/')) : undefined, mustBeDirectory };
}

describe.each(CONTAINMENTS)('containment (%s)', (containment) => {
  it('gives exactly the files and directories of the tree, and nothing from outside', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(node, { maxLength: 12 }),
        fc.array(asked, { minLength: 1, maxLength: 12 }),
        async (nodes, paths) => {
          await using tree = await createTempTree();
          const built = await build(tree.inside, tree.outside, nodes);
          using root = await openRoot(tree.inside, containment);
          await using broker = createFsBroker([root], { meter: UNLIMITED });
          const before = openFdCount();
          for (const path of [...paths, ...[...built.keys()].map((key) => `/docs/${key}`)]) {
            const { kind, mustBeDirectory } = expectation(built, path);
            const read = await ask(broker, 'readFile', path);
            expect(read.kind === 'done', `readFile ${path}`).toBe(kind === 'file' && !mustBeDirectory);
            if (read.kind === 'done') expect(await textOf(read)).toBe(`inside ${path.slice('/docs/'.length)}`);
            const listing = await ask(broker, 'readdir', path);
            expect(listing.kind === 'done', `readdir ${path}`).toBe(kind === 'directory');
            expect(JSON.stringify([read, listing])).not.toMatch(new RegExp(`${CANARY}|"canary.txt"`));
          }
          expect(openFdCount()).toBe(before);
        },
      ),
      { numRuns: 150 },
    );
  });
});
