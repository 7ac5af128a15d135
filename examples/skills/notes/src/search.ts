import { titleOf } from './note-text.ts';
import type { NoteFile, NoteStore } from './store.ts';

export interface ListedNote extends NoteFile {
  readonly title: string;
}

export interface Listing {
  readonly notes: readonly ListedNote[];
  /** How many there are in all. */
  readonly total: number;
}

export interface SearchInput {
  readonly words: string;
  readonly limit?: number;
}

export interface Hit {
  readonly note: string;
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
}

export interface SearchOutput {
  readonly hits: readonly Hit[];
  readonly total: number;
  /** Notes that could not be read. */
  readonly unread: readonly string[];
}

export const MOST_LISTED = 50;
const LONGEST_LINE = 300;

/** The notes that changed last, with their titles. */
export async function listNotes(store: NoteStore, signal: AbortSignal): Promise<Listing> {
  const files = await store.files();
  const notes: ListedNote[] = [];
  for (const file of files.slice(0, MOST_LISTED)) {
    const text = await readOr(store, file.note, '', signal);
    notes.push({ ...file, title: titleOf(text) });
  }
  return { notes, total: files.length };
}

/** Finds the lines that hold all the words, whatever their case. */
export async function searchNotes(store: NoteStore, input: SearchInput, signal: AbortSignal): Promise<SearchOutput> {
  const { words, limit = 20 } = input;
  const wanted = fold(words)
    .split(/\s+/u)
    .filter((word) => word !== '');
  const files = await store.files();
  const hits: Hit[] = [];
  const unread: string[] = [];
  for (const { note } of files) {
    if (hits.length >= limit) break;
    const text = await readOr(store, note, undefined, signal);
    if (text === undefined) unread.push(note);
    else hits.push(...linesWith(wanted, note, text).slice(0, limit - hits.length));
  }
  return { hits, total: files.length, unread };
}

/** One note that cannot be read does not spoil the answer about the others. */
async function readOr<T>(store: NoteStore, note: string, otherwise: T, signal: AbortSignal): Promise<string | T> {
  try {
    return await store.read(note, signal);
  } catch {
    signal.throwIfAborted();
    return otherwise;
  }
}

function linesWith(words: readonly string[], note: string, text: string): readonly Hit[] {
  return text.split('\n').flatMap((line, index) => {
    const folded = fold(line);
    if (!words.every((word) => folded.includes(word))) return [];
    return [{ note, line: index + 1, text: line.trim().slice(0, LONGEST_LINE).toWellFormed() }];
  });
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase();
}
