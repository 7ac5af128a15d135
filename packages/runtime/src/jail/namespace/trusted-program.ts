import { realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where a distribution or an administrator installs programs. PATH is never asked: whoever sets it would choose the wall. */
const TRUSTED_FOLDERS = ['/usr/bin', '/bin', '/usr/local/bin'] as const;

export type TrustedProgram =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** What the search asks of the file system. */
export interface ProgramLookup {
  /** Real path of an existing file, undefined when there is none. */
  resolve(path: string): string | undefined;
  stat(path: string): Pick<Stats, 'uid' | 'mode'>;
}

const WRITABLE_BY_OTHERS = 0o022;
const SET_ID = 0o6000;
const FILE_TYPE = 0o170000;
const REGULAR_FILE = 0o100000;

/**
 * The program `name` from a trusted folder, by absolute path, if only root can change it: the file, every folder above it,
 * and what a link leads to (corpus OS-129). A set-uid program is refused, because its process is not the host's to kill.
 */
export function findTrustedProgram(
  name: string,
  folders: readonly string[] = TRUSTED_FOLDERS,
  lookup: ProgramLookup = ON_DISK,
): TrustedProgram {
  let reason = `${name} is not installed in ${folders.join(', ')}`;
  for (const folder of folders) {
    const path = lookup.resolve(join(folder, name));
    if (path === undefined) continue;
    const flaw = flawOf(path, lookup);
    if (flaw === undefined) return { kind: 'found', path };
    reason = `${path} is not trusted: ${flaw}`;
  }
  return { kind: 'refused', reason };
}

function flawOf(path: string, lookup: ProgramLookup): string | undefined {
  const { mode } = lookup.stat(path);
  if ((mode & FILE_TYPE) !== REGULAR_FILE) return 'it is no regular file';
  if ((mode & SET_ID) !== 0) return 'it is set-uid or set-gid';
  for (const entry of [path, ...foldersAbove(path)]) {
    const facts = lookup.stat(entry);
    if (facts.uid !== 0) return `${entry} does not belong to root`;
    if ((facts.mode & WRITABLE_BY_OTHERS) !== 0) return `${entry} can be written by others than root`;
  }
  return undefined;
}

function foldersAbove(path: string): readonly string[] {
  const folder = dirname(path);
  return folder === path ? [] : [folder, ...foldersAbove(folder)];
}

const ON_DISK: ProgramLookup = {
  resolve: (path) => {
    try {
      return realpathSync(path);
    } catch {
      // Not there, or not for this user to see: either way no program to run.
      return undefined;
    }
  },
  stat: (path) => statSync(path),
};
