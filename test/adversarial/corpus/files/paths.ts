import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { value } from '../../expected.ts';
import type { FileCase } from '../../file-case.ts';

/** Every operation on every one of these paths is refused with one of these codes, and with no other. */
function refused(id: string, title: string, paths: readonly string[], ...codes: readonly string[]): FileCase {
  return {
    id,
    title,
    input: { paths },
    limits: { brokerCalls: 5_000, files: 5_000 },
    run: 'const found = []; for (const path of input.paths) found.push(await everywhere(path)); return found;',
    expect: value(paths.map(() => codes.toSorted())),
  };
}

const BAD = 'FS_BAD_PATH';
const SCOPE = 'PERMISSION_FS_SCOPE';

const SYNTAX: readonly FileCase[] = [
  refused(
    'FS-156',
    'parent components, in any place',
    [
      '/docs/../outside/secret.txt',
      '/docs/folder/../../outside/secret.txt',
      '/../etc/passwd',
      '/docs/..',
      '/docs/a/..',
    ],
    BAD,
  ),
  refused(
    'FS-156',
    'backslashes, as separators or in names',
    ['..\\outside\\secret.txt', '/docs\\..\\outside', '/docs/..\\..\\outside', '/docs/a\\b', '\\\\docs\\a.txt'],
    BAD,
  ),
  refused('FS-156', 'components that say nothing', ['', '.', '/docs/./a.txt', '//docs/a.txt', '/docs//a.txt'], BAD),
  refused('FS-157', 'a relative path, a home, a URL', ['docs/a.txt', '~/a.txt', 'file:///docs/a.txt', '../a.txt'], BAD),
  refused(
    'FS-157',
    'a host path is a name of a mount that does not exist',
    ['/etc/passwd', '/proc/self/environ'],
    SCOPE,
  ),
  {
    id: 'FS-157',
    title: 'percent signs are letters of a name',
    run: `return await all({
      dots: () => fs.readFile('/docs/%2e%2e/outside/secret.txt'), slash: () => fs.readFile('/docs/folder%2fb.txt'),
      write: () => fs.writeFile('/docs/%2e%2e', 'x'), read: () => fs.readFile('/docs/%2e%2e'),
    });`,
    expect: value({ dots: 'FS_NOT_FOUND', slash: 'FS_NOT_FOUND', write: 'done', read: 'x' }),
    after: ({ inside }) => {
      if (!existsSync(join(inside, '%2e%2e'))) throw new Error('not written under its literal name');
    },
  },
];

const CHARACTERS: readonly FileCase[] = [
  refused(
    'FS-159',
    'control, bidi and half characters',
    ['/docs/a\nb', '/docs/a\u001b[2J', '/docs/a\u202etxt.b', '/docs/\u0085', '/docs/\u2028', '/docs/a\r'],
    BAD,
  ),
  {
    id: 'FS-159',
    title: 'NUL never cuts a path short',
    run: "return (await everywhere('/docs/a.txt\\0.png')).every((code) => code !== 'inside' && code !== 'done');",
    expect: value(true),
  },
  {
    id: 'FS-159',
    title: 'half a surrogate pair is no name',
    run: "return [await everywhere('/docs/\\ud800'), await everywhere('/docs/\\udc00a')];",
    expect: value([[BAD], [BAD]]),
  },
  {
    id: 'FS-160',
    title: 'a component of 256 bytes, a path of 5,000, 65 components; 255 bytes are a name',
    run: `const long = { component: '/docs/' + 'n'.repeat(256), bytes: '/docs/' + 'é'.repeat(128), depth: '/docs' + '/d'.repeat(64) };
      const found = {};
      for (const [name, path] of Object.entries(long)) found[name] = await everywhere(path);
      found.path = await outcome(() => fs.readFile('/docs/' + 'dir/'.repeat(1_249)));
      found.name = await outcome(() => fs.writeFile('/docs/' + 'n'.repeat(255), 'x'));
      return found;`,
    limits: { files: 1_000 },
    expect: value({ component: [BAD], bytes: [BAD], depth: [BAD], path: 'ENAMETOOLONG', name: 'done' }),
  },
];

const NAMES: readonly FileCase[] = [
  {
    id: 'FS-161',
    title: 'a slash behind a file does not reach the file',
    run: "return await each('/docs/a.txt/', ['readFile', 'stat', 'open r', 'appendFile', 'writeFile', 'truncate', 'unlink', 'copy from', 'copy to']);",
    expect: value({
      readFile: 'FS_NOT_DIRECTORY',
      stat: 'FS_NOT_DIRECTORY',
      'open r': 'FS_NOT_DIRECTORY',
      appendFile: 'FS_NOT_DIRECTORY',
      writeFile: 'FS_NOT_DIRECTORY',
      truncate: 'FS_NOT_DIRECTORY',
      unlink: 'FS_NOT_DIRECTORY',
      'copy from': 'FS_NOT_DIRECTORY',
      'copy to': 'FS_NOT_DIRECTORY',
    }),
    after: ({ inside }) => {
      if (readdirSync(inside).toString() !== 'a.txt,folder') throw new Error('something has changed');
    },
  },
  {
    id: 'FS-161',
    title: 'a dot or a space at the end is part of the name',
    lay: ({ inside }) => writeFileSync(join(inside, 'b.'), 'dot'),
    run: `return await all({
      'a.txt.': () => fs.readFile('/docs/a.txt.'), 'a.txt ': () => fs.readFile('/docs/a.txt '),
      'b.': () => fs.readFile('/docs/b.'), b: () => fs.readFile('/docs/b'), ' a.txt': () => fs.readFile('/docs/ a.txt'),
    });`,
    expect: value({
      'a.txt.': 'FS_NOT_FOUND',
      'a.txt ': 'FS_NOT_FOUND',
      'b.': 'dot',
      b: 'FS_NOT_FOUND',
      ' a.txt': 'FS_NOT_FOUND',
    }),
  },
  refused('FS-162', 'a neighbour whose name begins like the mount', ['/docs-b/secret.txt', '/docsx', '/doc'], SCOPE),
  {
    id: 'FS-162',
    title: 'nor by the name of the directory behind it',
    run: "return await all({ up: () => fs.readFile('/docs/../data-b/secret.txt'), list: () => fs.readdir('/').then((names) => names.join()) });",
    expect: value({ up: BAD, list: 'docs' }),
  },
  {
    id: 'FS-163',
    title: 'case and Unicode form make names, and no name is another',
    lay: ({ inside }) => writeFileSync(join(inside, 'caf\u00e9'), 'NFC'),
    run: `return await all({
      upper: () => fs.readFile('/docs/A.txt'), folder: () => fs.readFile('/docs/FOLDER/b.txt'),
      nfc: () => fs.readFile('/docs/caf\\u00e9'), nfd: () => fs.readFile('/docs/cafe\\u0301'), mount: () => fs.readFile('/Docs/a.txt'),
    });`,
    expect: value({ upper: 'FS_NOT_FOUND', folder: 'FS_NOT_FOUND', nfc: 'NFC', nfd: 'FS_NOT_FOUND', mount: SCOPE }),
  },
  {
    id: 'FS-163',
    title: 'an excluded name stays excluded in every spelling',
    except: ['private/**', '*.key', 'geh\u00e9im'],
    lay: ({ inside }) => writeFileSync(join(inside, 'server.key'), 'excluded'),
    run: `const found = {};
      for (const path of ['server.key', 'SERVER.KEY', 'server.Key', 'Private/x', 'PRIVATE/x', 'gehe\\u0301im', 'GEH\\u00c9IM'])
        found[path] = await everywhere('/docs/' + path);
      return Object.values(found).flat().every((code) => code === 'PERMISSION_FS_SCOPE') || found;`,
    limits: { files: 2_000, brokerCalls: 5_000 },
    expect: value(true),
  },
  refused('FS-188', 'the parent of the root', ['/docs/..', '/..', '/docs/../data-b', '/docs/folder/../..'], BAD),
];

export const PATH_CASES: readonly FileCase[] = [...SYNTAX, ...CHARACTERS, ...NAMES];
