import type { Folder } from './folder/folder.ts';
import { type Kind, kindOf } from './folder/kind.ts';
import { normalizePath } from './folder/path.ts';
import { describeProblem } from './folder/problem.ts';
import { decodeText, splitLines } from './formats/decode-text.ts';
import { withPdf } from './formats/pdf.ts';

export interface ReadInput {
  readonly file: string;
  /** First line, or first page of a PDF. Default 1. */
  readonly from?: number;
  /** Last line, or last page of a PDF. Default: the end. */
  readonly to?: number;
}

export interface ReadOutput {
  readonly file: string;
  readonly kind: Kind;
  readonly unit: 'line' | 'page';
  readonly from: number;
  readonly to: number;
  readonly total: number;
  readonly text: string;
  /** Present when the text was cut: what to ask for next. */
  readonly notice?: string;
}

/** Characters of text in one answer: about 6,000 tokens. */
export const MAX_TEXT = 24_000;

/** A part of the document and where the next unit's text comes from. */
interface Source {
  readonly unit: 'line' | 'page';
  readonly total: number;
  textOf(number: number): string | Promise<string>;
}

/**
 * Reads a document, or a range of its lines or pages.
 *
 * @throws Error with a sentence for the model when the file cannot be read or the range does not exist.
 */
export async function readDocument(folder: Folder, input: ReadInput, signal: AbortSignal): Promise<ReadOutput> {
  const file = normalizePath(input.file);
  const kind = kindOf(file);
  if (kind === undefined) {
    throw new Error(`Cannot read "${file}": only .md, .txt, .csv and .pdf files can be read`);
  }
  try {
    const bytes = await folder.read(file, signal);
    if (kind !== 'pdf') {
      const lines = splitLines(decodeText(bytes));
      const textOf = (number: number): string => `${lines[number - 1] ?? ''}\n`;
      return { file, kind, ...(await collect({ unit: 'line', total: lines.length, textOf }, input)) };
    }
    const part = await withPdf(bytes, signal, (pdf) => {
      const textOf = async (page: number): Promise<string> => `[page ${page}]\n${await pdf.pageText(page)}\n\n`;
      return collect({ unit: 'page', total: pdf.pageCount, textOf }, input);
    });
    return { file, kind, ...part };
  } catch (error) {
    signal.throwIfAborted();
    throw new Error(`Cannot read "${file}": ${describeProblem(error)}`, { cause: error });
  }
}

async function collect(source: Source, input: ReadInput): Promise<Omit<ReadOutput, 'file' | 'kind'>> {
  const { unit, total } = source;
  const { from = 1, to: wanted = total } = input;
  if (total === 0) {
    return { unit, from: 0, to: 0, total, text: '' };
  }
  if (from > total || wanted < from) {
    throw new Error(`there is no ${unit} range ${from} to ${wanted}; it has ${total} ${unit}${total === 1 ? '' : 's'}`);
  }
  const last = Math.min(wanted, total);
  let text = '';
  let to = from - 1;
  while (to < last) {
    const next = await source.textOf(to + 1);
    if (text.length + next.length > MAX_TEXT && text !== '') {
      break;
    }
    text += next;
    to += 1;
  }
  return { unit, from, to, total, ...bound(text, unit, to, last) };
}

/** Cuts what is too long in itself, and says what was left out. */
function bound(text: string, unit: string, to: number, last: number): { text: string; notice?: string } {
  if (text.length > MAX_TEXT) {
    const notice = `Cut inside ${unit} ${to}, which is longer than the ${MAX_TEXT} characters of one answer`;
    return { text: text.slice(0, MAX_TEXT).toWellFormed(), notice };
  }
  const trimmed = text.trimEnd();
  return to === last
    ? { text: trimmed }
    : { text: trimmed, notice: `Cut after ${unit} ${to}: ask again with from ${to + 1}` };
}
