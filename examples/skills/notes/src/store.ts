import { describeProblem } from './problem.ts';

/** The part of `node:fs/promises` that this skill uses. */
export interface StorePowers {
  readdir(path: string): Promise<readonly string[]>;
  stat(path: string): Promise<{ readonly size: number; readonly mtimeMs: number }>;
  readFile(path: string, options: { readonly encoding: 'utf8'; readonly signal: AbortSignal }): Promise<string>;
  writeFile(path: string, text: string, options: { readonly flag: 'wx' }): Promise<void>;
  appendFile(path: string, text: string): Promise<void>;
  unlink(path: string): Promise<void>;
}

export interface NoteFile {
  readonly note: string;
  readonly bytes: number;
  /** ISO 8601, UTC. */
  readonly modified: string;
}

/** The folder of notes: one Markdown file each, named by its file name. */
export interface NoteStore {
  /** The last changed first. */
  files(): Promise<readonly NoteFile[]>;
  read(note: string, signal: AbortSignal): Promise<string>;
  /** Resolves to false when there is a note of that name already; that one is left as it is. */
  create(note: string, text: string): Promise<boolean>;
  append(note: string, text: string): Promise<void>;
  remove(note: string): Promise<void>;
}

/**
 * @param paths One folder under two names. What only reads gets a name under which nothing can be changed, so that a mistake in it
 * cannot harm a note.
 */
export function openStore(fs: StorePowers, paths: { readonly look: string; readonly change: string }): NoteStore {
  return {
    files: async () => {
      const names = await attempt('list the notes', () => fs.readdir(paths.look));
      const files = await Promise.all(
        names.filter((name) => name.endsWith('.md')).map((note) => describe(fs, paths, note)),
      );
      return files.flat().sort((a, b) => (a.modified === b.modified ? 0 : a.modified < b.modified ? 1 : -1));
    },
    read: (note, signal) =>
      attempt(`read "${note}"`, () => fs.readFile(`${paths.look}/${note}`, { encoding: 'utf8', signal }), signal),
    create: async (note, text) => {
      try {
        // `wx` makes a file and never replaces one, also when two calls choose a name at the same time.
        await fs.writeFile(`${paths.change}/${note}`, text, { flag: 'wx' });
        return true;
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
        throw failed(`write "${note}"`, error);
      }
    },
    append: async (note, text) => {
      // Appending makes a file where there is none; asking first turns a mistyped name into an answer.
      await attempt(`append to "${note}"`, () => fs.stat(`${paths.look}/${note}`));
      await attempt(`append to "${note}"`, () => fs.appendFile(`${paths.change}/${note}`, text));
    },
    remove: (note) => attempt(`remove "${note}"`, () => fs.unlink(`${paths.change}/${note}`)),
  };
}

/** A note that another program takes away while it is being listed is left out. */
async function describe(
  fs: StorePowers,
  { look }: { readonly look: string },
  note: string,
): Promise<readonly NoteFile[]> {
  try {
    const { size, mtimeMs } = await fs.stat(`${look}/${note}`);
    return [{ note, bytes: size, modified: new Date(mtimeMs).toISOString() }];
  } catch {
    return [];
  }
}

async function attempt<T>(what: string, act: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await act();
  } catch (error) {
    signal?.throwIfAborted();
    throw failed(what, error);
  }
}

function failed(what: string, error: unknown): Error {
  return new Error(`Cannot ${what}: ${describeProblem(error)}`, { cause: error });
}
