import { readdir, readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Folder, openFolder } from '../src/folder/folder.ts';

/** The demo files of this repository, read from disk and without a sandbox. */
export const DEMO_ROOT: string = fileURLToPath(new URL('../../../files', import.meta.url));

export const demoFolder: Folder = openFolder(
  {
    readdir,
    stat,
    // Node answers with a Buffer, the guest platform with a plain array of bytes.
    readFile: async (path, options) => new Uint8Array(await readFile(path, options)),
  },
  DEMO_ROOT,
);
