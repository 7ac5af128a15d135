import './polyfills.ts';
import { getDocument } from 'unpdf/pdfjs';
import { layOutLines, type TextPiece } from './pdf-layout.ts';

/** An open PDF. Pages are read one at a time, so that a range costs no more than its pages. */
export interface PdfDocument {
  readonly pageCount: number;
  /** Text of a page, counted from 1: lines by `\n`, paragraphs by an empty line. */
  pageText(page: number): Promise<string>;
}

export class PdfUnreadable extends Error {
  override readonly name = 'PdfUnreadable';
}

/** Only errors are logged: pdf.js has a warning for every blemish of every font. */
const ERRORS_ONLY = 0;

/**
 * Opens a PDF, hands it to `use` and closes it again.
 *
 * @param bytes The file. pdf.js takes ownership of the memory.
 * @throws PdfUnreadable with a clause for the model: damaged, encrypted, no PDF at all.
 */
export async function withPdf<Result>(
  bytes: Uint8Array,
  signal: AbortSignal,
  use: (pdf: PdfDocument) => Promise<Result>,
): Promise<Result> {
  const task = getDocument({
    data: bytes,
    verbosity: ERRORS_ONLY,
    // Fonts are only measured, never drawn, and there is nowhere to fetch anything from.
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
  });
  const abort = (): void => void task.destroy();
  signal.addEventListener('abort', abort, { once: true });
  try {
    const pdf = await task.promise.catch(refuse);
    return await use({
      pageCount: pdf.numPages,
      async pageText(number) {
        signal.throwIfAborted();
        const page = await pdf.getPage(number).catch(refuse);
        const content = await page.getTextContent().catch(refuse);
        page.cleanup();
        return layOutLines(content.items.flatMap((item) => ('str' in item ? [toPiece(item)] : [])));
      },
    });
  } finally {
    signal.removeEventListener('abort', abort);
    await task.destroy();
  }
}

interface PdfTextItem {
  readonly str: string;
  readonly hasEOL: boolean;
  readonly width: number;
  readonly height: number;
  readonly transform: readonly unknown[];
}

function toPiece({ str, hasEOL, width, height, transform }: PdfTextItem): TextPiece {
  const bottom = transform[5];
  return { text: str, endsLine: hasEOL, width, height, bottom: typeof bottom === 'number' ? bottom : 0 };
}

function refuse(error: unknown): never {
  const name = error instanceof Error ? error.name : '';
  if (name === 'PasswordException') {
    throw new PdfUnreadable('the PDF is encrypted and needs a password', { cause: error });
  }
  const detail = error instanceof Error ? error.message : String(error);
  throw new PdfUnreadable(`the PDF is damaged or not a PDF (${detail})`, { cause: error });
}
