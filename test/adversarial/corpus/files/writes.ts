import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { error, value } from '../../expected.ts';
import type { FileCase } from '../../file-case.ts';
import type { Playground } from '../../playground.ts';

const MIB = 2 ** 20;
const SPENT = error('ERR_CARAPACE_BUDGET_FS_WRITE');

/** Bytes in the directory that was mounted, as its entries say. */
function sizeOf({ inside }: Playground): number {
  return readdirSync(inside, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

function check(holds: boolean, complaint: string): void {
  if (!holds) throw new Error(complaint);
}

function overQuota(title: string, run: string): FileCase {
  return {
    id: 'FS-178',
    title,
    limits: { fsWriteMiB: 1, files: 10_000, brokerCalls: 50_000 },
    run,
    expect: SPENT,
    after: (playground) => {
      check(sizeOf(playground) < 2 * MIB, `the directory has grown to ${sizeOf(playground)}`);
      check(readFileSync(join(playground.inside, 'folder/b.txt'), 'utf8') === 'inside b', 'a neighbour has changed');
      const temporary = readdirSync(playground.inside, { recursive: true, encoding: 'utf8' });
      check(
        temporary.every((name) => /^(a\.txt|folder|folder\/b\.txt|new\d*)$/.test(name)),
        `left: ${temporary.join()}`,
      );
    },
  };
}

const QUOTA: readonly FileCase[] = [
  overQuota('in one call', "await fs.writeFile('/docs/new', new Uint8Array(3 * 1024 * 1024)); return 1;"),
  overQuota('in many files', "for (let n = 0; ; n += 1) await fs.writeFile('/docs/new' + n, new Uint8Array(65_536));"),
  overQuota('over and over into the same file', "for (;;) await fs.writeFile('/docs/new', 'x'.repeat(50_000));"),
  overQuota('by appending', "for (;;) await fs.appendFile('/docs/new', 'x'.repeat(50_000));"),
  overQuota(
    'by copying',
    "await fs.writeFile('/docs/new', 'x'.repeat(100_000)); for (let n = 0; ; n += 1) await fs.copyFile('/docs/new', '/docs/new' + n);",
  ),
  overQuota(
    'behind a hole',
    "const handle = await fs.open('/docs/new', 'w'); await handle.write(new Uint8Array([1]), 0, 1, 2 ** 40); await handle.close(); return 1;",
  ),
  overQuota(
    'by making a file longer',
    "await fs.writeFile('/docs/new', 'x'); await fs.truncate('/docs/new', 2 ** 40); return 1;",
  ),
  {
    id: 'FS-178',
    title: 'a failed replacement leaves the old content',
    limits: { fsWriteMiB: 1 },
    run: "await fs.writeFile('/docs/a.txt', new Uint8Array(3 * 1024 * 1024));",
    expect: SPENT,
    after: ({ inside }) => {
      check(readFileSync(join(inside, 'a.txt'), 'utf8') === 'inside', 'the old content is gone');
      check(readdirSync(inside).toString() === 'a.txt,folder', 'something is left beside it');
    },
  },
  {
    id: 'FS-179',
    title: 'empty files without end spend the budget of files',
    limits: { files: 300, brokerCalls: 10_000 },
    run: "for (let n = 0; ; n += 1) await fs.writeFile('/docs/folder/' + n, '');",
    expect: error('ERR_CARAPACE_BUDGET_FILES'),
    after: ({ inside }) => check(readdirSync(join(inside, 'folder')).length <= 302, 'more files than the budget'),
  },
  {
    id: 'FS-179',
    title: 'so do directories, one beside the other',
    limits: { files: 300, brokerCalls: 10_000 },
    run: "for (let n = 0; ; n += 1) await fs.mkdir('/docs/folder/' + n);",
    expect: error('ERR_CARAPACE_BUDGET_FILES'),
    after: ({ inside }) => check(readdirSync(join(inside, 'folder')).length <= 302, 'more directories than the budget'),
  },
  {
    id: 'FS-179',
    title: 'and one in the other they end at the depth that is allowed',
    limits: { files: 20_000, brokerCalls: 20_000 },
    run: `let path = '/docs', code = 'done', depth = 0;
      while (code === 'done' && depth < 10_000) { path += '/d'; depth += 1; code = await outcome(() => fs.mkdir(path)); }
      const deep = '/docs' + '/x'.repeat(60);
      return { shallow: depth <= 64, code: code !== 'done', deep: await outcome(() => fs.mkdir(deep, { recursive: true })) !== 'done' };`,
    expect: value({ shallow: true, code: true, deep: true }),
  },
];

const MODES: readonly FileCase[] = [
  {
    id: 'FS-185',
    title: 'no file becomes executable or gets a bit of another user, whatever mode is asked for',
    run: `await fs.writeFile('/docs/run.sh', '#!/bin/sh\\nid', { mode: 0o4777 });
      const handle = await fs.open('/docs/opened.sh', 'w', 0o6777); await handle.write('#!/bin/sh'); await handle.close();
      await fs.mkdir('/docs/dir', { mode: 0o6777 }); await fs.copyFile('/docs/run.sh', '/docs/copy.sh'); return 1;`,
    expect: value(1),
    after: ({ inside }) => {
      for (const name of ['run.sh', 'opened.sh', 'copy.sh']) {
        check(
          (statSync(join(inside, name)).mode & 0o7133) === 0,
          `${name} has mode ${statSync(join(inside, name)).mode.toString(8)}`,
        );
      }
      check((statSync(join(inside, 'dir')).mode & 0o7022) === 0, 'a directory for everybody');
    },
  },
  {
    id: 'FS-185',
    title: 'a script that is replaced keeps no bit that runs it as another user',
    lay: ({ inside }) => writeFileSync(join(inside, 'tool'), 'old', { mode: 0o755 }),
    run: "await fs.writeFile('/docs/tool', '#!/bin/sh'); return 1;",
    expect: value(1),
    after: ({ inside }) => check((statSync(join(inside, 'tool')).mode & 0o7000) === 0, 'setuid'),
  },
  {
    id: 'FS-185',
    title: 'and there is no way to change a mode, an owner or a time',
    run: `const names = ['chmod', 'chown', 'lchown', 'lchmod', 'utimes', 'lutimes', 'symlink', 'link', 'mkdtemp', 'readlink', 'realpath'];
      const offered = await all(Object.fromEntries(names.filter((name) => name in fs).map((name) => [name, () => fs[name]('/docs/a.txt', '/docs/new', 0o777)])));
      return Object.entries(offered).filter(([, code]) => code !== 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM');`,
    // A path is its own real path: there are no links.
    expect: value([['realpath', '/docs/a.txt']]),
    after: ({ inside }) => check(readdirSync(inside).toString() === 'a.txt,folder', 'something new'),
  },
  {
    id: 'FS-192',
    title: 'nor to watch or lock anything',
    run: `const handle = await fs.open('/docs/a.txt', 'r+');
      const names = ['watch', 'watchFile', 'unwatchFile'].filter((name) => name in fs);
      const offered = await all(Object.fromEntries(names.map((name) => [name, async () => { for await (const event of fs[name]('/docs')) return event; }])));
      const locks = ['lock', 'flock', 'getAsyncId', 'chmod', 'chown', 'utimes'].filter((name) => name in handle);
      const done = await all(Object.fromEntries(locks.map((name) => [name, () => handle[name](0o777, 0)])));
      await handle.close();
      return [...Object.values(offered), ...Object.values(done), typeof handle.fd].filter((code) => code !== 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM');`,
    expect: value(['undefined']),
  },
];

const MOVES: readonly FileCase[] = [
  {
    id: 'FS-186',
    title: 'a file takes the place of a file, and of nothing else',
    lay: ({ inside }) => {
      mkdirSync(join(inside, 'empty'));
      writeFileSync(join(inside, 'c.txt'), 'c');
    },
    run: `return await all({
      file: () => fs.rename('/docs/a.txt', '/docs/c.txt'), read: () => fs.readFile('/docs/c.txt'),
      directory: () => fs.rename('/docs/c.txt', '/docs/empty'), below: () => fs.rename('/docs/folder', '/docs/folder/in'),
      root: () => fs.rename('/docs', '/docs/x'), onto: () => fs.rename('/docs/c.txt', '/docs'), mount: () => fs.rename('/docs/c.txt', '/other/c.txt'),
    }).then((found) => Object.fromEntries(Object.entries(found).map(([name, code]) => [name, name === 'read' ? code : code === 'done'])));`,
    expect: value({
      file: true,
      read: 'inside',
      directory: false,
      below: false,
      root: false,
      onto: false,
      mount: false,
    }),
    after: ({ inside }) => check(readFileSync(join(inside, 'c.txt'), 'utf8') === 'inside', 'lost on the way'),
  },
  {
    id: 'FS-186',
    title: 'an excluded name is no target and no source of a move or a copy',
    except: ['keep/**'],
    lay: ({ inside }) => {
      mkdirSync(join(inside, 'keep'));
      writeFileSync(join(inside, 'keep/x.txt'), 'kept');
    },
    run: `return await all({
      out: () => fs.rename('/docs/keep/x.txt', '/docs/x.txt'), into: () => fs.rename('/docs/a.txt', '/docs/keep/y.txt'),
      copyOut: () => fs.copyFile('/docs/keep/x.txt', '/docs/x.txt'), copyInto: () => fs.copyFile('/docs/a.txt', '/docs/keep/x.txt'),
      whole: () => fs.rename('/docs/keep', '/docs/kept'), gone: () => fs.rm('/docs/keep', { recursive: true, force: true }),
    }).then((found) => Object.values(found).filter((code) => code === 'done'));`,
    expect: value([]),
    after: ({ inside }) =>
      check(readFileSync(join(inside, 'keep/x.txt'), 'utf8') === 'kept', 'the excluded file has changed'),
  },
  {
    id: 'FS-186',
    title: 'an excluded name is not reached by moving the directory above it',
    except: ['folder/keep/**'],
    lay: ({ inside }) => {
      mkdirSync(join(inside, 'folder/keep'));
      writeFileSync(join(inside, 'folder/keep/x.txt'), 'kept');
    },
    run: `const moved = await outcome(() => fs.rename('/docs/folder', '/docs/moved'));
      const removed = await outcome(() => fs.rm('/docs/folder', { recursive: true, force: true }));
      return [moved === 'done', removed === 'done', await outcome(() => fs.readFile('/docs/moved/keep/x.txt')) === 'kept'];`,
    expect: value([false, false, false]),
    after: ({ inside }) =>
      check(readFileSync(join(inside, 'folder/keep/x.txt'), 'utf8') === 'kept', 'the excluded file has changed'),
  },
  {
    id: 'FS-187',
    title: 'the root is never removed, by no name it has',
    run: `const found = {};
      for (const path of ['/docs', '/docs/', '/', '.', '/docs/.', '/docs/folder/..']) found[path] = await everywhere(path, ['unlink', 'rmdir', 'rm', 'rm -r', 'rm -rf', 'rename from']);
      return Object.values(found).flat().includes('done');`,
    expect: value(false),
    after: ({ inside }) => check(existsSync(join(inside, 'folder/b.txt')), 'the content of the root is gone'),
  },
];

const CHANGES =
  "['access for writing', 'open r+', 'open a', 'open wx', 'open w', 'copy to', 'appendFile', 'writeFile', 'truncate', 'mkdir', 'mkdir -p', 'rename from', 'rename to', 'unlink', 'rmdir', 'rm', 'rm -r', 'rm -rf']";

const READ_ONLY: readonly FileCase[] = [
  {
    id: 'FS-189',
    title: 'a grant to read and list changes nothing, old name or new',
    access: ['read', 'list'],
    run: `return [await everywhere('/docs/a.txt', ${CHANGES}), await everywhere('/docs/new', ${CHANGES}), await everywhere('/docs/folder', ${CHANGES})];`,
    limits: { files: 1_000 },
    expect: value([['PERMISSION_FS_ACCESS'], ['PERMISSION_FS_ACCESS'], ['PERMISSION_FS_ACCESS']]),
    after: ({ inside }) => check(readdirSync(inside).toString() === 'a.txt,folder', 'something new'),
  },
  {
    id: 'FS-189',
    title: 'a grant to write makes no new name and takes none away',
    access: ['read', 'write'],
    run: `return await all({
      create: () => fs.writeFile('/docs/new', 'x'), append: () => fs.appendFile('/docs/new', 'x'), open: opened('w').bind(null, '/docs/new'),
      mkdir: () => fs.mkdir('/docs/dir'), copy: () => fs.copyFile('/docs/a.txt', '/docs/new'), unlink: () => fs.unlink('/docs/a.txt'),
      rename: () => fs.rename('/docs/a.txt', '/docs/new'), change: () => fs.writeFile('/docs/a.txt', 'changed'),
    });`,
    expect: value({
      create: 'PERMISSION_FS_ACCESS',
      append: 'PERMISSION_FS_ACCESS',
      open: 'PERMISSION_FS_ACCESS',
      mkdir: 'PERMISSION_FS_ACCESS',
      copy: 'PERMISSION_FS_ACCESS',
      unlink: 'PERMISSION_FS_ACCESS',
      rename: 'PERMISSION_FS_ACCESS',
      change: 'done',
    }),
  },
  {
    id: 'FS-189',
    title: 'a grant to create changes no file that is there',
    access: ['create'],
    run: `return await all({
      write: () => fs.writeFile('/docs/a.txt', 'x'), append: () => fs.appendFile('/docs/a.txt', 'x'), truncate: () => fs.truncate('/docs/a.txt', 0),
      read: () => fs.readFile('/docs/a.txt'), list: () => fs.readdir('/docs'), create: () => fs.writeFile('/docs/new', 'x', { flag: 'wx' }),
    }).then((found) => Object.entries(found).filter(([, code]) => code === 'done').map(([name]) => name));`,
    expect: value(['create']),
    after: ({ inside }) => check(readFileSync(join(inside, 'a.txt'), 'utf8') === 'inside', 'an old file has changed'),
  },
];

const NAMES: readonly FileCase[] = [
  {
    id: 'FS-189',
    title: 'names that other programs trust are not written, even where everything is granted',
    lay: ({ inside }) => mkdirSync(join(inside, '.git/hooks'), { recursive: true }),
    run: `const names = ['.git/hooks/post-checkout', '.git/config', '.env', '.bashrc', '.vscode/tasks.json', '.mcp.json', '.GIT/config'];
      const found = {};
      for (const name of names) found[name] = await everywhere('/docs/' + name, ['writeFile', 'appendFile', 'open w', 'open wx', 'rename to', 'copy to']);
      return Object.entries(found).filter(([, codes]) => codes.includes('done'));`,
    limits: { files: 1_000 },
    expect: value([]),
  },
  {
    id: 'FS-193',
    title: 'names with a meaning on Windows are ordinary names here, or refused',
    run: `const names = ['CON', 'NUL.txt', 'a:b', 'PROGRA~1', 'COM1', 'a.txt::$DATA'];
      const found = {};
      for (const name of names) { await outcome(() => fs.writeFile('/docs/' + name, name)); found[name] = await outcome(() => fs.readFile('/docs/' + name)); }
      found['\\\\\\\\?\\\\'] = await outcome(() => fs.readFile('\\\\\\\\?\\\\C:\\\\a.txt'));
      return [await fs.readFile('/docs/a.txt', 'utf8'), Object.entries(found).filter(([name, text]) => text !== name && !/^(FS_BAD_PATH|PERMISSION_FS_SCOPE|PERMISSION_FS_NAME|FS_NOT_FOUND)$/.test(text))];`,
    expect: value(['inside', []]),
  },
];

export const WRITE_CASES: readonly FileCase[] = [...QUOTA, ...MODES, ...MOVES, ...READ_ONLY, ...NAMES];
