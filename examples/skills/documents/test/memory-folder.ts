import { type DirectoryEntry, type Folder, type FolderPowers, openFolder } from '../src/folder/folder.ts';

type Content = string | Uint8Array | { readonly fails: string; readonly in?: 'stat' | 'readFile' };

/** A folder held in memory, behind the same few functions the guest platform offers. Paths are relative to it. */
export function memoryFolder(files: Readonly<Record<string, Content>>): Folder {
  return openFolder(memoryPowers(new Map(Object.entries(files))), '/docs');
}

export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: refused, '/docs/…'`), { code });
}

function memoryPowers(files: ReadonlyMap<string, Content>): FolderPowers {
  const inside = (path: string): string => path.replace(/^\/docs\/?/u, '');
  const contentOf = (path: string, operation: 'stat' | 'readFile'): Uint8Array => {
    const content = files.get(inside(path));
    if (content === undefined) {
      throw systemError('ENOENT');
    }
    if (typeof content === 'object' && 'fails' in content) {
      if ((content.in ?? operation) === operation) {
        throw systemError(content.fails);
      }
      return new Uint8Array();
    }
    return typeof content === 'string' ? new TextEncoder().encode(content) : content.slice();
  };
  return {
    readdir: async (path) => entriesOf(files, inside(path)),
    stat: async (path) => ({ size: contentOf(path, 'stat').byteLength, mtimeMs: 0 }),
    readFile: async (path) => contentOf(path, 'readFile'),
  };
}

function entriesOf(files: ReadonlyMap<string, Content>, folder: string): readonly DirectoryEntry[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const names = new Map<string, boolean>();
  for (const [path, content] of files) {
    if (path === `${folder}/` && typeof content === 'object' && 'fails' in content) {
      throw systemError(content.fails);
    }
    if (path.startsWith(prefix)) {
      const [name = '', ...below] = path.slice(prefix.length).split('/');
      names.set(name, below.length > 0);
    }
  }
  if (names.size === 0 && folder !== '') {
    throw systemError('ENOENT');
  }
  return [...names].map(([name, isFolder]) => ({ name, isFile: () => !isFolder, isDirectory: () => isFolder }));
}
