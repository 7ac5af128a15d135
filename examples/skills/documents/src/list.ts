import type { Folder } from './folder/folder.ts';
import type { Kind } from './folder/kind.ts';
import { describeProblem, isBudgetSpent, type Problem } from './folder/problem.ts';
import { MAX_FILES, walkFolder } from './folder/walk.ts';

export interface ListInput {
  readonly folder?: string;
  readonly kinds?: readonly Kind[];
}

export interface ListedFile {
  readonly file: string;
  readonly kind: Kind;
  readonly bytes: number;
  /** ISO 8601, UTC. */
  readonly modified: string;
}

export interface ListOutput {
  readonly files: readonly ListedFile[];
  readonly notices: readonly string[];
  readonly problems: readonly Problem[];
}

/** Lists the documents of a folder and everything below it. */
export async function listDocuments(folder: Folder, input: ListInput, signal: AbortSignal): Promise<ListOutput> {
  const { folder: start = '', kinds } = input;
  const walk = await walkFolder(folder, start, signal);
  const files: ListedFile[] = [];
  const problems = [...walk.problems];
  const notices = walk.incomplete ? [`The list is not complete: at most ${MAX_FILES} documents are listed`] : [];
  for (const { file, kind } of walk.files) {
    if (kinds !== undefined && !kinds.includes(kind)) {
      continue;
    }
    signal.throwIfAborted();
    try {
      files.push({ file, kind, ...(await folder.describe(file)) });
    } catch (error) {
      problems.push({ file, problem: describeProblem(error) });
      if (isBudgetSpent(error)) {
        notices.push(`The reading budget of this call is spent; documents after "${file}" are not listed`);
        break;
      }
    }
  }
  return { files, notices, problems };
}
