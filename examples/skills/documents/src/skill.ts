import { readdir, readFile, stat } from 'node:fs/promises';
import { defineSkill } from 'carapace/skill';
import { openFolder } from './folder/folder.ts';
import { type ListInput, listDocuments } from './list.ts';
import { type ReadInput, readDocument } from './read.ts';
import { type SearchInput, type SearchTime, searchDocuments } from './search.ts';

/** The mount named in skill.json. Where it lies on the operator's disk is not the skill's to know. */
const folder = openFolder({ readdir, readFile, stat }, '/docs');

/** Well below `limits.cpuMs` of skill.json, since the last page read before it ends takes its time as well. */
const SEARCH_MS = 10_000;

function startTime(signal: AbortSignal): SearchTime {
  const started = performance.now();
  return { signal, isLate: () => performance.now() - started > SEARCH_MS };
}

export default defineSkill({
  tools: {
    list: { run: (input: ListInput, { signal }) => listDocuments(folder, input, signal) },
    search: { run: (input: SearchInput, { signal }) => searchDocuments(folder, input, startTime(signal)) },
    read: { run: (input: ReadInput, { signal }) => readDocument(folder, input, signal) },
  },
});
