import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FsOp } from '../../../protocol/messages.ts';
import { ask, perform, performAs } from './fixtures/ask-broker.ts';
import { startSwapper } from './fixtures/swapper-powers.ts';
import {
  CANARY,
  CONTAINMENTS,
  createTempTree,
  openFdCount,
  openRoot,
  type TempTree,
  UNLIMITED,
} from './fixtures/temp-tree.ts';
import { createFsBroker, type FsBroker } from './fs-broker.ts';
import { errnoOf } from './fs-powers.ts';
import type { FsAccess } from './mount-grant.ts';

/** The long run: so many attempts per test, without a time limit. The figure of record is 200,000. */
const ASKED = Number(process.env['CARAPACE_RACE_ATTEMPTS'] ?? 0);
const MAX_ATTEMPTS = ASKED > 0 ? ASKED : 20_000;
const MAX_MS = ASKED > 0 ? Number.POSITIVE_INFINITY : 3_000;
const TIMEOUT_MS = ASKED > 0 ? 3_600_000 : 30_000;
/** Attempts between two looks at the outside. */
const LOOK_EVERY = 500;

function readByPath(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return '';
  }
}

/** Everything outside the root, as text. */
function lookOutside({ outside, base }: TempTree): string {
  const files = readdirSync(outside).toSorted();
  return JSON.stringify([readdirSync(base).toSorted(), files.map((name) => [name, readByPath(join(outside, name))])]);
}

/** Every way to change something, at the names that are swapped and below them. */
function changes(round: number): readonly FsOp[] {
  const family = 'fs';
  const path = round % 2 === 0 ? '/docs/directory/canary.txt' : '/docs/canary.txt';
  const fresh = '/docs/directory/fresh';
  const mode = (['replace', 'append', 'create'] as const)[round % 3] ?? 'replace';
  return [
    { family, method: 'writeFile', path, mode },
    { family, method: 'writeFile', path: fresh, mode: 'create' },
    { family, method: 'truncate', path, length: 3 },
    { family, method: 'copyFile', path, to: '/docs/directory/copy', exclusive: false },
    { family, method: 'rename', path: fresh, to: '/docs/directory/moved' },
    { family, method: 'rename', path: '/docs/source', to: path },
    { family, method: 'mkdir', path: '/docs/directory/sub/deep', recursive: true },
    { family, method: 'rm', path: '/docs/directory/sub', target: 'any', recursive: true },
    { family, method: 'rm', path, target: 'file', recursive: false },
    { family, method: 'rm', path: '/docs/directory', target: 'any', recursive: round % 7 === 0 },
    { family, method: 'rename', path: '/docs/directory', to: '/docs/away' },
    { family, method: 'rm', path: '/docs/away', target: 'any', recursive: true },
  ];
}

async function writeByHandle(broker: FsBroker, id: number, path: string, flags: 'w' | 'r+' | 'a'): Promise<void> {
  await performAs(broker, id, { family: 'fs', method: 'open', path, flags });
  await perform(broker, { family: 'fs', method: 'write', handle: id }, 'changed');
  await perform(broker, { family: 'fs', method: 'close', handle: id, discard: false });
}

describe('a directory and a file swapped with links by another process', () => {
  it('give away the outside to plain path access, so the harness does race', async () => {
    await using tree = await createTempTree();
    await using swapper = await startSwapper(tree);
    for (const path of ['directory/canary.txt', 'canary.txt']) {
      let seen = '';
      while (seen !== CANARY) seen = readByPath(join(tree.inside, path));
    }
    expect(swapper.child.exitCode).toBeNull();
  });

  it.each(CONTAINMENTS)(
    'never lead a reader out of the root (%s)',
    async (containment) => {
      await using tree = await createTempTree();
      await writeFile(join(tree.outside, 'only-outside'), '');
      using root = await openRoot(tree.inside, containment);
      await using broker = createFsBroker([root], { meter: UNLIMITED });
      await using swapper = await startSwapper(tree);
      const ends = new Set<string>();
      const before = openFdCount();
      const deadline = performance.now() + MAX_MS;
      for (let attempt = 0; attempt < MAX_ATTEMPTS && performance.now() < deadline; attempt += 1) {
        const path = attempt % 2 === 0 ? '/docs/directory/canary.txt' : '/docs/canary.txt';
        const read = await ask(broker, 'readFile', path);
        const text =
          read.kind === 'done' && read.body instanceof Uint8Array ? Buffer.from(read.body).toString() : 'inside';
        if (text !== 'inside' && text !== '') throw new Error(`attempt ${attempt} read "${text}"`);
        const listing = await ask(broker, 'readdir', '/docs/directory');
        if (JSON.stringify(listing).includes('only-outside')) throw new Error(`attempt ${attempt} listed the outside`);
        for (const { kind, ...outcome } of [read, listing]) ends.add('code' in outcome ? outcome.code : kind);
      }
      expect(swapper.child.exitCode).toBeNull();
      expect(openFdCount()).toBe(before);
      const allowed = ['ERR_CARAPACE_FS_NOT_FOUND', 'ERR_CARAPACE_PERMISSION_FS_LINK', 'done'];
      expect(allowed).toEqual(expect.arrayContaining([...ends]));
    },
    TIMEOUT_MS,
  );

  it.each(CONTAINMENTS)(
    'never lead a writer out of the root (%s)',
    async (containment) => {
      await using tree = await createTempTree();
      await mkdir(join(tree.outside, 'sub'));
      await writeFile(join(tree.outside, 'copy'), 'kept');
      const access = new Set<FsAccess>(['read', 'list', 'write', 'create', 'delete']);
      using root = await openRoot(tree.inside, containment, { access });
      await using broker = createFsBroker([root], { meter: UNLIMITED });
      await using swapper = await startSwapper(tree);
      const kept = lookOutside(tree);
      const ends = new Map<string, number>();
      const before = openFdCount();
      const deadline = performance.now() + MAX_MS;
      let attempt = 0;
      for (let round = 0; attempt < MAX_ATTEMPTS && performance.now() < deadline; round += 1) {
        await perform(broker, { family: 'fs', method: 'writeFile', path: '/docs/source', mode: 'replace' }, 'source');
        for (const op of changes(round)) {
          const answer = await perform(broker, op, op.method === 'writeFile' ? 'changed' : '');
          const end = answer.kind === 'refused' ? answer.rule : 'done';
          ends.set(end, (ends.get(end) ?? 0) + 1);
          attempt += 1;
        }
        const flags = (['w', 'r+', 'a'] as const)[round % 3] ?? 'w';
        await writeByHandle(broker, 1_000_000 + round, '/docs/directory/canary.txt', flags);
        attempt += 1;
        if (round % LOOK_EVERY === 0 && lookOutside(tree) !== kept) throw new Error(`changed by attempt ${attempt}`);
      }
      expect(lookOutside(tree)).toBe(kept);
      expect(swapper.child.exitCode).toBeNull();
      expect(openFdCount()).toBe(before);
      expect(ends.get('done')).toBeGreaterThan(0);
      expect(ends.get('symlink')).toBeGreaterThan(0);
      expect([...ends.keys()]).not.toContain('io-failure');
    },
    TIMEOUT_MS,
  );
});
