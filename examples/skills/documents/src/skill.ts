import { readdir, readFile, stat } from 'node:fs/promises';
import { defineSkill } from 'carapace/skill';
import { openFolder } from './folder/folder.ts';
import { type ListInput, listDocuments } from './list.ts';
import { type ReadInput, readDocument } from './read.ts';
import { type SearchInput, searchDocuments } from './search.ts';

/** The mount named in skill.json. Where it lies on the operator's disk is not the skill's to know. */
const folder = openFolder({ readdir, readFile, stat }, '/docs');

export default defineSkill({
  tools: {
    list: { run: (input: ListInput, { signal }) => listDocuments(folder, input, signal) },
    search: { run: (input: SearchInput, { signal }) => searchDocuments(folder, input, signal) },
    read: { run: (input: ReadInput, { signal }) => readDocument(folder, input, signal) },
  },
});
