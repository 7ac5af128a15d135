import { appendFile, readdir, readFile, stat, unlink, writeFile } from 'node:fs/promises';
import { defineSkill } from 'carapace/skill';
import { type AddInput, type AppendInput, addNote, appendToNote } from './add.ts';
import { type ReadInput, readNote } from './read.ts';
import { listNotes, type SearchInput, searchNotes } from './search.ts';
import { openStore } from './store.ts';

/** The two mounts of skill.json. They are one folder on the operator's disk. */
const store = openStore(
  { appendFile, readdir, readFile, stat, unlink, writeFile },
  { look: '/notes', change: '/notes-edit' },
);

export default defineSkill({
  tools: {
    list: { run: (_input: object, { signal }) => listNotes(store, signal) },
    search: { run: (input: SearchInput, { signal }) => searchNotes(store, input, signal) },
    read: { run: (input: ReadInput, { signal }) => readNote(store, input, signal) },
    add: { run: (input: AddInput) => addNote(store, input) },
    append: { run: (input: AppendInput) => appendToNote(store, input) },
    remove: {
      run: async ({ note }: { note: string }) => {
        await store.remove(note);
        return { note };
      },
    },
  },
});
