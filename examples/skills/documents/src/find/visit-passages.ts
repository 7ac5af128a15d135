import type { Kind } from '../folder/kind.ts';
import { decodeText } from '../formats/decode-text.ts';
import { withPdf } from '../formats/pdf.ts';
import { markdownParagraphs, textParagraphs } from './paragraphs.ts';
import { cutToLength, type Passage } from './passage.ts';
import { tableRows } from './table-rows.ts';

/** Looks at one passage; `'stop'` ends the search of this document. */
export type PassageVisitor = (passage: Passage) => 'next' | 'stop';

export const MAX_PDF_PAGES = 300;

/** Visits the passages of a document in order. Tells how many pages at its end were left out for their number. */
export async function visitPassages(
  kind: Kind,
  bytes: Uint8Array,
  signal: AbortSignal,
  visit: PassageVisitor,
): Promise<{ readonly pagesLeftOut: number }> {
  if (kind === 'pdf') {
    return visitPages(bytes, signal, visit);
  }
  visitAll(textPassages(kind, decodeText(bytes)), visit);
  return { pagesLeftOut: 0 };
}

function textPassages(kind: Exclude<Kind, 'pdf'>, text: string): Iterable<Passage> {
  switch (kind) {
    case 'markdown':
      return markdownParagraphs(text);
    case 'csv':
      return tableRows(text);
    case 'text':
      return textParagraphs(text);
  }
}

function visitPages(bytes: Uint8Array, signal: AbortSignal, visit: PassageVisitor): Promise<{ pagesLeftOut: number }> {
  return withPdf(bytes, signal, async (pdf) => {
    const last = Math.min(pdf.pageCount, MAX_PDF_PAGES);
    for (let page = 1; page <= last; page += 1) {
      const paragraphs = (await pdf.pageText(page)).split('\n\n');
      const passages = paragraphs.map((text): Passage => ({ text, unit: 'page', start: page }));
      if (visitAll(passages, visit) === 'stop') {
        return { pagesLeftOut: 0 };
      }
    }
    return { pagesLeftOut: pdf.pageCount - last };
  });
}

function visitAll(passages: Iterable<Passage>, visit: PassageVisitor): 'next' | 'stop' {
  for (const passage of passages) {
    for (const piece of cutToLength(passage)) {
      if (visit(piece) === 'stop') {
        return 'stop';
      }
    }
  }
  return 'next';
}
