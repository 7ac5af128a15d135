import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ask } from './fixtures/ask-broker.ts';
import { askedPath, buildTree, type TreeNode, treeNode } from './fixtures/random-tree.ts';
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
        fc.array(treeNode, { maxLength: 12 }),
        fc.array(askedPath, { minLength: 1, maxLength: 12 }),
        async (nodes, paths) => {
          await using tree = await createTempTree();
          const built = await buildTree(tree.inside, tree.outside, nodes);
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
