import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRuntime, type Runtime } from '@carapace/runtime';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inlineSkill } from '../inline-skill.ts';

const ALL = ['read', 'list', 'write', 'create', 'delete'];

let runtime: Runtime;
let folder: string;

beforeAll(async () => {
  runtime = await createRuntime({ approve: async () => true, spares: 1 });
});
afterAll(() => runtime.close());
beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'carapace-guest-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What a tool of this body answers, in the jailed worker, on the folder as `/work`. */
async function run(body: string, access: readonly string[] = ALL): Promise<unknown> {
  const skill = inlineSkill({
    name: 'files',
    bundle: `import fs from 'node:fs/promises'; import { createReadStream, createWriteStream } from 'node:fs';
      const code = (promise) => promise.then(() => 'done', (error) => error.code);
      export const tools = { run: { async run() { ${body} } } };`,
    tools: { run: { annotations: { readOnly: false } } },
    permissions: { fs: [{ mount: 'work', path: folder, access }] },
    limits: { brokerCalls: 2_000, fsWriteMiB: 64 },
  });
  await using handle = await runtime.load(skill, { permissions: 'declared' });
  const result = await handle.call('run', {});
  if (result.isError) throw new Error(result.toText());
  return result.structured;
}

const text = (name: string): string => readFileSync(join(folder, name), 'utf8');

describe('node:fs/promises of a skill on real files', () => {
  it('writes, appends, copies, moves, cuts and removes', async () => {
    const made = await run(`
      await fs.mkdir('/work/a/b', { recursive: true });
      await fs.writeFile('/work/a/one.txt', 'one');
      await fs.appendFile('/work/a/one.txt', ' and two');
      await fs.copyFile('/work/a/one.txt', '/work/a/b/copy.txt');
      await fs.rename('/work/a/one.txt', '/work/moved.txt');
      await fs.truncate('/work/a/b/copy.txt', 3);
      await fs.writeFile('/work/gone.txt', ''); await fs.unlink('/work/gone.txt');
      await fs.mkdir('/work/empty'); await fs.rmdir('/work/empty');
      await fs.mkdir('/work/full/deep', { recursive: true }); await fs.writeFile('/work/full/deep/x', 'x'); await fs.rm('/work/full', { recursive: true });
      return [await fs.readFile('/work/a/b/copy.txt', 'utf8'), (await fs.stat('/work/moved.txt')).size, await fs.readdir('/work', { recursive: true })];`);
    expect(made).toEqual(['one', 11, ['a', 'moved.txt', 'a/b', 'a/b/copy.txt']]);
    expect([text('moved.txt'), text('a/b/copy.txt')]).toEqual(['one and two', 'one']);
  });

  it('has the codes of Node for what cannot be done', async () => {
    const made = await run(`
      await fs.mkdir('/work/d'); await fs.writeFile('/work/d/x', 'x');
      return {
        missing: await code(fs.readFile('/work/none')), exists: await code(fs.writeFile('/work/d/x', '', { flag: 'wx' })),
        made: await code(fs.mkdir('/work/d')), full: await code(fs.rmdir('/work/d')), directory: await code(fs.readFile('/work/d')),
        file: await code(fs.readdir('/work/d/x')), outside: await code(fs.writeFile('/etc/x', '')), unlink: await code(fs.unlink('/work/d')),
        rm: await code(fs.rm('/work/d')), forced: await code(fs.rm('/work/none', { force: true })), handle: await code((await fs.open('/work/d/x')).write('y')),
      };`);
    expect(made).toEqual({
      missing: 'ENOENT',
      exists: 'EEXIST',
      made: 'EEXIST',
      full: 'ENOTEMPTY',
      directory: 'EISDIR',
      file: 'ENOTDIR',
      outside: 'EACCES',
      unlink: 'EISDIR',
      rm: 'EISDIR',
      forced: 'done',
      handle: 'EBADF',
    });
  });

  it('FS-189 changes nothing with a grant to read', async () => {
    writeFileSync(join(folder, 'a.txt'), 'old');
    const made = await run(
      `const all = [fs.writeFile('/work/a.txt', 'new'), fs.writeFile('/work/b.txt', 'new'), fs.appendFile('/work/a.txt', 'x'), fs.truncate('/work/a.txt'),
         fs.mkdir('/work/d'), fs.rename('/work/a.txt', '/work/b.txt'), fs.copyFile('/work/a.txt', '/work/b.txt'), fs.unlink('/work/a.txt'), fs.rm('/work', { recursive: true }),
         fs.open('/work/a.txt', 'r+'), fs.open('/work/a.txt', 'a'), fs.open('/work/c.txt', 'w'), fs.access('/work/a.txt', fs.constants.W_OK)];
       return [...new Set(await Promise.all(all.map(code)))];`,
      ['read', 'list'],
    );
    expect(made).toEqual(['EACCES']);
    expect(text('a.txt')).toBe('old');
  });

  it('writes and reads 5 MiB in pieces, through streams, handles and at once', async () => {
    const made = await run(`
      const bytes = new Uint8Array(5 * 1024 * 1024); for (let i = 0; i < bytes.length; i += 4096) bytes[i] = i / 4096;
      const sum = async (b) => new Uint8Array(await crypto.subtle.digest('SHA-256', b)).toHex();
      await fs.writeFile('/work/big', bytes);
      await createReadStream('/work/big', { highWaterMark: 100_000 }).pipeTo(createWriteStream('/work/copy'));
      const f = await fs.open('/work/copy'); const parts = await f.readFile(); await f.close();
      return [await sum(bytes) === await sum(await fs.readFile('/work/big')), await sum(parts) === await sum(bytes), parts.length];`);
    expect(made).toEqual([true, true, 5 * 1024 * 1024]);
    expect(statSync(join(folder, 'copy')).size).toBe(5 * 1024 * 1024);
  });

  it('a file that was being replaced stays as it was when the call ends without a close', async () => {
    writeFileSync(join(folder, 'a.txt'), 'old');
    await run(`const f = await fs.open('/work/a.txt', 'w'); await f.write('half'); return null;`);
    expect(text('a.txt')).toBe('old');
  });

  it('reads a directory of any size name by name', async () => {
    mkdirSync(join(folder, 'many'));
    for (let index = 0; index < 600; index += 1) writeFileSync(join(folder, 'many', `f${index}`), '');
    const made = await run(
      `const names = new Set(); for await (const entry of await fs.opendir('/work/many')) names.add(entry.name); return names.size;`,
    );
    expect(made).toBe(600);
  });

  it('reads lines', async () => {
    writeFileSync(join(folder, 'lines.txt'), 'eins\r\nzwei\ndrei');
    const made = await run(
      `const all = []; const f = await fs.open('/work/lines.txt'); for await (const line of f.readLines()) all.push(line); return all;`,
    );
    expect(made).toEqual(['eins', 'zwei', 'drei']);
  });
});
