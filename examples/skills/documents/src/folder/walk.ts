import type { DirectoryEntry, Folder } from './folder.ts';
import { type Kind, kindOf } from './kind.ts';
import { normalizePath } from './path.ts';
import { describeProblem, isBudgetSpent, type Problem } from './problem.ts';

export interface FoundFile {
  readonly file: string;
  readonly kind: Kind;
}

export interface Walk {
  /** In the order of their paths. */
  readonly files: readonly FoundFile[];
  readonly problems: readonly Problem[];
  /** True when there is more than the walk was allowed to look at. */
  readonly incomplete: boolean;
}

export const MAX_FILES = 500;
export const MAX_DEPTH = 12;

interface WalkState {
  readonly files: FoundFile[];
  readonly problems: Problem[];
  incomplete: boolean;
}

/**
 * Finds the readable documents in a folder and below. A sub-folder that cannot be listed is a problem of its own and
 * does not end the walk.
 *
 * @throws Error with a sentence for the model when the starting folder itself cannot be listed.
 */
export async function walkFolder(folder: Folder, start: string, signal: AbortSignal): Promise<Walk> {
  const state: WalkState = { files: [], problems: [], incomplete: false };
  const top = normalizePath(start);
  const waiting = [{ path: top, depth: 0, entries: await listTop(folder, top) }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    signal.throwIfAborted();
    for (const path of sortEntries(state, next.path, next.entries)) {
      const entries = await listBelow(folder, state, path, next.depth + 1);
      if (entries !== undefined) {
        waiting.push({ path, depth: next.depth + 1, entries });
      }
    }
  }
  state.files.sort((a, b) => (a.file < b.file ? -1 : 1));
  return state;
}

async function listTop(folder: Folder, path: string): Promise<readonly DirectoryEntry[]> {
  try {
    return await folder.entries(path);
  } catch (error) {
    throw new Error(`Cannot list "${path}": ${describeProblem(error)}`, { cause: error });
  }
}

/** Notes the documents among the entries and gives back the sub-folders. */
function sortEntries(state: WalkState, folder: string, entries: readonly DirectoryEntry[]): readonly string[] {
  const folders: string[] = [];
  for (const entry of entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      folders.push(path);
      continue;
    }
    const kind = entry.isFile() ? kindOf(entry.name) : undefined;
    if (kind === undefined) {
      continue;
    }
    if (state.files.length >= MAX_FILES) {
      state.incomplete = true;
      return [];
    }
    state.files.push({ file: path, kind });
  }
  return folders;
}

async function listBelow(
  folder: Folder,
  state: WalkState,
  path: string,
  depth: number,
): Promise<readonly DirectoryEntry[] | undefined> {
  if (depth > MAX_DEPTH || state.files.length >= MAX_FILES) {
    state.incomplete = true;
    return undefined;
  }
  try {
    return await folder.entries(path);
  } catch (error) {
    state.incomplete ||= isBudgetSpent(error);
    state.problems.push({ file: path, problem: describeProblem(error) });
    return undefined;
  }
}
