import { titleOf } from './note-text.ts';
import type { NoteStore } from './store.ts';

export interface ReadInput {
  readonly note: string;
}

export interface ReadOutput {
  readonly note: string;
  readonly title: string;
  readonly text: string;
  /** True when the text is longer than one answer. */
  readonly cut: boolean;
}

/** Characters in one answer: about 6,000 tokens. */
export const LONGEST_TEXT = 24_000;

export async function readNote(store: NoteStore, { note }: ReadInput, signal: AbortSignal): Promise<ReadOutput> {
  const text = await store.read(note, signal);
  const cut = text.length > LONGEST_TEXT;
  return { note, title: titleOf(text), text: cut ? text.slice(0, LONGEST_TEXT).toWellFormed() : text, cut };
}
