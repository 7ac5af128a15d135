import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FS_OPEN_FLAGS, type FsOp } from '../../../protocol/messages.ts';
import { performAs } from './fixtures/ask-broker.ts';
import { askedPath, buildTree, treeNode } from './fixtures/random-tree.ts';
import { CONTAINMENTS, createTempTree, openFdCount, openRoot, UNLIMITED } from './fixtures/temp-tree.ts';
import { createFsBroker } from './fs-broker.ts';
import type { FsAccess } from './mount-grant.ts';

const family = fc.constant('fs' as const);
const method = <Name extends string>(name: Name): fc.Arbitrary<Name> => fc.constant(name);
const length = fc.constantFrom(0, 3, 5_000);

const change: fc.Arbitrary<FsOp> = fc.oneof(
  fc.record({
    family,
    method: method('writeFile'),
    path: askedPath,
    mode: fc.constantFrom('replace' as const, 'create' as const, 'append' as const),
  }),
  fc.record({ family, method: method('truncate'), path: askedPath, length }),
  fc.record({ family, method: method('mkdir'), path: askedPath, recursive: fc.boolean() }),
  fc.record({
    family,
    method: method('rm'),
    path: askedPath,
    target: fc.constantFrom('file' as const, 'directory' as const, 'any' as const),
    recursive: fc.boolean(),
  }),
  fc.record({ family, method: method('rename'), path: askedPath, to: askedPath }),
  fc.record({ family, method: method('copyFile'), path: askedPath, to: askedPath, exclusive: fc.boolean() }),
  fc.record({ family, method: method('open'), path: askedPath, flags: fc.constantFrom(...FS_OPEN_FLAGS) }),
);

/** Every name below a directory with what it is: content, link target or nothing. */
function snapshot(directory: string, below = ''): string[] {
  return readdirSync(join(directory, below))
    .toSorted()
    .flatMap((name) => {
      const path = join(below, name);
      const facts = lstatSync(join(directory, path));
      if (facts.isSymbolicLink()) return [`${path} -> ${readlinkSync(join(directory, path))}`];
      if (facts.isDirectory()) return [`${path}/`, ...snapshot(directory, path)];
      return [`${path} = ${readFileSync(join(directory, path), 'utf8')}`];
    });
}

describe.each(CONTAINMENTS)('containment of changes (%s)', (containment) => {
  it('nothing outside the root and no link inside it ever changes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(treeNode, { maxLength: 10 }),
        fc.array(change, { minLength: 1, maxLength: 20 }),
        async (nodes, ops) => {
          await using tree = await createTempTree();
          await buildTree(tree.inside, tree.outside, nodes);
          const links = snapshot(tree.inside).filter((line) => line.includes(' -> '));
          const outside = snapshot(tree.outside);
          const access = new Set<FsAccess>(['read', 'list', 'write', 'create', 'delete']);
          const before = openFdCount();
          using root = await openRoot(tree.inside, containment, { access });
          {
            await using broker = createFsBroker([root], { meter: UNLIMITED, limits: { maxOpenHandles: 100 } });
            for (const [index, op] of ops.entries()) {
              const id = 2 * index + 1;
              const answer = await performAs(broker, id, op, 'changed');
              if (op.method !== 'open' || answer.kind === 'refused') continue;
              await performAs(broker, id + 1, { family: 'fs', method: 'write', handle: id }, 'changed');
              if (index % 3 === 0) continue;
              const discard = index % 3 === 1;
              await performAs(broker, id + 1, { family: 'fs', method: 'close', handle: id, discard });
            }
          }
          const after = snapshot(tree.inside);
          expect(snapshot(tree.outside)).toEqual(outside);
          expect(readdirSync(tree.base).toSorted()).toEqual(['data', 'data-outside']);
          // A tree that holds a link is neither moved nor removed.
          expect(after.filter((line) => line.includes(' -> '))).toEqual(links);
          expect(after.filter((line) => line.includes('.carapace-'))).toEqual([]);
          expect(openFdCount()).toBe(before + 1);
        },
      ),
      { numRuns: 150 },
    );
  });
});
