import { normalizePath } from './path.ts';

/** The part of `node:fs/promises` that this skill uses. */
export interface FolderPowers {
  readdir(path: string, options: { readonly withFileTypes: true }): Promise<readonly DirectoryEntry[]>;
  stat(path: string): Promise<{ readonly size: number; readonly mtimeMs: number }>;
  readFile(path: string, options: { readonly signal: AbortSignal }): Promise<Uint8Array>;
}

export interface DirectoryEntry {
  readonly name: string;
  isFile(): boolean;
  isDirectory(): boolean;
}

/** The documents folder. Every path is relative to it, with `/` between the parts; `''` is the folder itself. */
export interface Folder {
  entries(path: string): Promise<readonly DirectoryEntry[]>;
  describe(file: string): Promise<{ readonly bytes: number; readonly modified: string }>;
  read(file: string, signal: AbortSignal): Promise<Uint8Array>;
}

/**
 * Bytes above which a file is not read. Text is held several times over while it is searched, and the isolate's memory
 * is the skill's own to spend.
 */
export const MAX_FILE_BYTES: number = 8 * 1024 * 1024;

export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge';
}

export function openFolder(fs: FolderPowers, root: string): Folder {
  const locate = (path: string): string => {
    const relative = normalizePath(path);
    return relative === '' ? root : `${root}/${relative}`;
  };
  return {
    entries: (path) => fs.readdir(locate(path), { withFileTypes: true }),
    async describe(file) {
      const { size, mtimeMs } = await fs.stat(locate(file));
      return { bytes: size, modified: new Date(mtimeMs).toISOString() };
    },
    async read(file, signal) {
      const { size } = await fs.stat(locate(file));
      if (size > MAX_FILE_BYTES) {
        throw new FileTooLarge(`it has ${size} bytes and at most ${MAX_FILE_BYTES} can be read`);
      }
      return fs.readFile(locate(file), { signal });
    },
  };
}
