import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ask } from './fixtures/ask-broker.ts';
import {
  CANARY,
  CONTAINMENTS,
  createTempTree,
  openFdCount,
  openRoot,
  type TempTree,
  UNLIMITED,
} from './fixtures/temp-tree.ts';
import { createFsBroker } from './fs-broker.ts';
import { errnoOf } from './fs-powers.ts';

const MAX_ATTEMPTS = 20_000;
const MAX_MS = 3_000;

/** Swaps a directory and a file with links to the outside and back, as fast as it can, until killed. */
const SWAPPER = `
  const { renameSync, symlinkSync, unlinkSync, writeSync } = require('node:fs');
  const [inside, outside] = process.argv.slice(1);
  const parent = process.ppid;
  const swap = (name, target) => {
    renameSync(inside + '/' + name, inside + '/parked-' + name);
    symlinkSync(target, inside + '/' + name);
    unlinkSync(inside + '/' + name);
    renameSync(inside + '/parked-' + name, inside + '/' + name);
  };
  // Ends with its parent: a test run that is killed must not leave a process that spins for ever.
  for (let round = 0; process.ppid === parent; round += 1) {
    swap('directory', outside);
    swap('canary.txt', outside + '/canary.txt');
    if (round === 0) writeSync(1, 'swapping');
  }
`;

interface Swapper extends AsyncDisposable {
  readonly child: ChildProcess;
}

async function startSwapper(tree: TempTree): Promise<Swapper> {
  await mkdir(join(tree.inside, 'directory'));
  await writeFile(join(tree.inside, 'directory', 'canary.txt'), 'inside');
  await writeFile(join(tree.inside, 'canary.txt'), 'inside');
  const child = spawn(process.execPath, ['-e', SWAPPER, tree.inside, tree.outside], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return {
    child,
    async [Symbol.asyncDispose]() {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

function readByPath(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return '';
  }
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

  it.each(CONTAINMENTS)('never lead out of the root (%s)', async (containment) => {
    await using tree = await createTempTree();
    await writeFile(join(tree.outside, 'only-outside'), '');
    using root = await openRoot(tree.inside, containment);
    await using broker = createFsBroker([root], { meter: UNLIMITED });
    await using swapper = await startSwapper(tree);
    const ends = new Map<string, number>();
    const before = openFdCount();
    const deadline = performance.now() + MAX_MS;
    for (let attempt = 0; attempt < MAX_ATTEMPTS && performance.now() < deadline; attempt += 1) {
      const path = attempt % 2 === 0 ? '/docs/directory/canary.txt' : '/docs/canary.txt';
      const read = await ask(broker, 'readFile', path);
      const text =
        read.kind === 'done' && read.body instanceof Uint8Array ? Buffer.from(read.body).toString() : 'inside';
      if (text !== 'inside') throw new Error(`attempt ${attempt} read "${text}"`);
      const listing = await ask(broker, 'readdir', '/docs/directory');
      if (JSON.stringify(listing).includes('only-outside')) throw new Error(`attempt ${attempt} listed the outside`);
      for (const { kind, ...outcome } of [read, listing]) {
        const end = 'code' in outcome ? outcome.code : kind;
        ends.set(end, (ends.get(end) ?? 0) + 1);
      }
    }
    expect(swapper.child.exitCode).toBeNull();
    expect(openFdCount()).toBe(before);
    const allowed = ['ERR_CARAPACE_FS_NOT_FOUND', 'ERR_CARAPACE_PERMISSION_FS_LINK', 'done'];
    expect(allowed).toEqual(expect.arrayContaining([...ends.keys()]));
  });
});
