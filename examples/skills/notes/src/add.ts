import { fileNameOf, markdownOf } from './note-text.ts';
import type { NoteStore } from './store.ts';

export interface AddInput {
  readonly title: string;
  readonly text: string;
}

export interface ChangedNote {
  readonly note: string;
}

/** Notes of one title that get a file name of their own. */
const MOST_OF_ONE_NAME = 20;

/** Writes a new note. An older one of the same title stays as it is, and the new one gets a number. */
export async function addNote(store: NoteStore, { title, text }: AddInput): Promise<ChangedNote> {
  for (let attempt = 1; attempt <= MOST_OF_ONE_NAME; attempt += 1) {
    const note = fileNameOf(title, attempt);
    if (await store.create(note, markdownOf(title, text))) return { note };
  }
  throw new Error(`Cannot add the note: there are ${MOST_OF_ONE_NAME} of this title; choose a more telling one`);
}

export interface AppendInput {
  readonly note: string;
  readonly text: string;
}

/** Adds a paragraph at the end of a note. */
export async function appendToNote(store: NoteStore, { note, text }: AppendInput): Promise<ChangedNote> {
  await store.append(note, `\n${text.trimEnd()}\n`);
  return { note };
}
