import type { FsOp } from '../../../../protocol/messages.ts';
import { append, createList, toArray } from '../../collections.ts';
import { JSONParse, StringPrototypeSlice } from '../../primordials.ts';
import { writeLog } from '../console.ts';
import { option, toPath } from './arguments.ts';
import { Dirent, type Entry } from './dirent.ts';
import { andThen, attempt, repeat, resolved } from './promise-chain.ts';
import { at, requestFs } from './request.ts';

/** The host's answer to `readdir`. */
interface Listing {
  readonly entries: readonly Entry[];
  readonly truncated: boolean;
}

interface Folder {
  readonly path: string;
  /** Its path below the directory that was asked for, with a slash at the end; empty for that one. */
  readonly prefix: string;
}

/** Granted names only, sorted by the host: as text, or as `Dirent`s with `withFileTypes`; with `recursive` also what is below. */
export function readdir(path: unknown, options?: unknown): Promise<readonly unknown[]> {
  return attempt(() => {
    const top = { path: toPath(path), prefix: '' };
    const typed = Boolean(option(options, 'withFileTypes'));
    const recursive = Boolean(option(options, 'recursive'));
    const signal = option(options, 'signal');
    const found = createList<unknown>();
    const folders = createList<Folder>();
    append(folders, top);
    let next = 0;
    const listNext = (): Promise<boolean> => {
      const folder = folders[next];
      if (folder === undefined) return resolved(false);
      next += 1;
      return andThen(list(folder.path, signal), (entries) => {
        for (let index = 0; index < entries.length; index += 1) {
          const entry = entries[index];
          if (entry === undefined) continue;
          append(found, typed ? new Dirent(entry, folder.path) : `${folder.prefix}${entry.name}`);
          if (recursive && entry.kind === 'directory') append(folders, below(folder, entry.name));
        }
        return resolved(true);
      });
    };
    return andThen(repeat(listNext), () => resolved(toArray(found)));
  });
}

function list(path: string, signal: unknown): Promise<readonly Entry[]> {
  const op: FsOp = { family: 'fs', method: 'readdir', path };
  const convert = (payload: string): readonly Entry[] => {
    const { entries, truncated }: Listing = JSONParse(payload);
    if (truncated) writeLog('warn', `readdir: '${path}' holds more entries than one listing may have`);
    return entries;
  };
  return requestFs(op, at('scandir', path), { form: 'json', body: undefined, signal, convert });
}

function below({ path, prefix }: Folder, name: string): Folder {
  return { path: joinPath(path, name), prefix: `${prefix}${name}/` };
}

function joinPath(path: string, name: string): string {
  const slash = StringPrototypeSlice(path, path.length - 1) === '/' ? '' : '/';
  return `${path}${slash}${name}`;
}
