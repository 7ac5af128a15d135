import { fold } from './find/fold.ts';
import type { Passage } from './find/passage.ts';
import { parseQuery, type Query } from './find/query.ts';
import { locate } from './find/snippet.ts';
import { MAX_PDF_PAGES, visitPassages } from './find/visit-passages.ts';
import type { Folder } from './folder/folder.ts';
import { type Kind, kindOf } from './folder/kind.ts';
import { normalizePath } from './folder/path.ts';
import { describeProblem, isBudgetSpent, type Problem } from './folder/problem.ts';
import { type FoundFile, MAX_FILES, walkFolder } from './folder/walk.ts';

export interface SearchInput {
  readonly query: string;
  /** A folder or one file; the whole folder when left out. */
  readonly in?: string;
  readonly kinds?: readonly Kind[];
  readonly limit?: number;
  readonly perFile?: number;
}

export interface Hit {
  readonly file: string;
  readonly kind: Kind;
  readonly line?: number;
  readonly page?: number;
  readonly section?: string;
  readonly snippet: string;
}

/** How long a search may go on. */
export interface SearchTime {
  /** Ends the search with an error. */
  readonly signal: AbortSignal;
  /** True when it is time to answer with what has been found: a killed call would answer nothing at all. */
  isLate(): boolean;
}

export interface SearchOutput {
  readonly hits: readonly Hit[];
  readonly filesSearched: number;
  /** Anything that makes the answer less than complete, in words. */
  readonly notices: readonly string[];
  readonly problems: readonly Problem[];
}

const DEFAULT_LIMIT = 20;
const DEFAULT_PER_FILE = 10;

interface SearchState {
  readonly query: Query;
  readonly limit: number;
  readonly perFile: number;
  readonly hits: Hit[];
  readonly notices: string[];
  readonly problems: Problem[];
}

/** Searches the documents, one after the other in the order of their paths, until the limit is reached. */
export async function searchDocuments(folder: Folder, input: SearchInput, time: SearchTime): Promise<SearchOutput> {
  const { signal } = time;
  const { limit = DEFAULT_LIMIT, perFile = DEFAULT_PER_FILE } = input;
  const state: SearchState = { query: parseQuery(input.query), limit, perFile, hits: [], notices: [], problems: [] };
  let filesSearched = 0;
  for (const found of await filesToSearch(folder, input, state, signal)) {
    if (state.hits.length >= limit) {
      state.notices.push(`The limit of ${limit} hits is reached; files from "${found.file}" on were not searched`);
      break;
    }
    if (time.isLate()) {
      state.notices.push(`The time for one search is spent; files from "${found.file}" on were not searched`);
      break;
    }
    signal.throwIfAborted();
    try {
      await searchFile(folder, found, state, time);
      filesSearched += 1;
    } catch (error) {
      signal.throwIfAborted();
      state.problems.push({ file: found.file, problem: describeProblem(error) });
      if (isBudgetSpent(error)) {
        state.notices.push(`The reading budget of this call is spent; files after "${found.file}" were not searched`);
        break;
      }
    }
  }
  const { hits, notices, problems } = state;
  return { hits, filesSearched, notices, problems };
}

async function filesToSearch(
  folder: Folder,
  { in: start = '', kinds }: SearchInput,
  state: SearchState,
  signal: AbortSignal,
): Promise<readonly FoundFile[]> {
  const kind = kindOf(start);
  if (kind !== undefined) {
    return [{ file: normalizePath(start), kind }];
  }
  const walk = await walkFolder(folder, start, signal);
  state.problems.push(...walk.problems);
  if (walk.incomplete) {
    state.notices.push(`Not every folder was searched: at most ${MAX_FILES} documents are looked at in one call`);
  }
  return walk.files.filter((found) => kinds === undefined || kinds.includes(found.kind));
}

async function searchFile(folder: Folder, found: FoundFile, state: SearchState, time: SearchTime): Promise<void> {
  const bytes = await folder.read(found.file, time.signal);
  let inFile = 0;
  const { pagesLeftOut } = await visitPassages(found.kind, bytes, time.signal, (passage) => {
    if (time.isLate()) {
      state.notices.push(`The time for one search is spent; "${found.file}" was searched up to ${placeOf(passage)}`);
      return 'stop';
    }
    if (!matches(passage, state.query)) {
      return 'next';
    }
    if (inFile >= state.perFile) {
      state.notices.push(`"${found.file}" has more hits than the ${state.perFile} shown; search in it alone`);
      return 'stop';
    }
    if (state.hits.length >= state.limit) {
      state.notices.push(`The limit of ${state.limit} hits is reached; "${found.file}" has more`);
      return 'stop';
    }
    inFile += 1;
    state.hits.push(toHit(found, passage, state.query));
    return 'next';
  });
  if (pagesLeftOut > 0) {
    state.notices.push(`Only the first ${MAX_PDF_PAGES} pages of "${found.file}" were searched`);
  }
}

function placeOf({ unit, start }: Passage): string {
  return `${unit} ${start}`;
}

/** A term may stand in the heading instead: below "Table saw" the text speaks of the saw only. Not all of them may. */
function matches({ text, section }: Passage, query: Query): boolean {
  const body = fold(text);
  const heading = fold(section ?? '');
  let inBody = false;
  for (const term of query) {
    const here = body.includes(term);
    if (!here && !heading.includes(term)) {
      return false;
    }
    inBody ||= here;
  }
  return inBody;
}

function toHit({ file, kind }: FoundFile, passage: Passage, query: Query): Hit {
  const { at, snippet } = locate(passage.text, query);
  const section = passage.section === undefined ? {} : { section: passage.section };
  if (passage.unit === 'page') {
    return { file, kind, page: passage.start, ...section, snippet };
  }
  const line = passage.start + passage.text.slice(0, at).split('\n').length - 1;
  return { file, kind, line, ...section, snippet };
}
