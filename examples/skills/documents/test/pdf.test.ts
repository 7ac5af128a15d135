import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ANNUAL_REPORT } from '../scripts/annual-report.ts';
import { PdfUnreadable, withPdf } from '../src/formats/pdf.ts';
import { layOutLines, type TextPiece } from '../src/formats/pdf-layout.ts';
import { DEMO_ROOT } from './demo-folder.ts';

const running = new AbortController().signal;

async function report(): Promise<Uint8Array> {
  return new Uint8Array(await readFile(join(DEMO_ROOT, 'reports/annual-report-2025.pdf')));
}

/** Right enough to be opened, and locked with a password nobody gave. */
const ENCRYPTED = `%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[]/Count 0>> endobj
3 0 obj <</Filter/Standard/V 1/R 2/P -4/O<${'11'.repeat(32)}>/U<${'22'.repeat(32)}>>> endobj
trailer <</Root 1 0 R/Encrypt 3 0 R/ID[<${'33'.repeat(16)}><${'33'.repeat(16)}>]/Size 4>>
%%EOF`;

describe('withPdf', () => {
  it('reads every paragraph of the demo report, page by page', async () => {
    const pages = await withPdf(await report(), running, async (pdf) => {
      const texts: string[] = [];
      for (let page = 1; page <= pdf.pageCount; page += 1) {
        texts.push(await pdf.pageText(page));
      }
      return texts;
    });

    expect(pages).toHaveLength(ANNUAL_REPORT.length);
    for (const [index, { blocks }] of ANNUAL_REPORT.entries()) {
      const printed = pages[index]?.replace(/\s+/gu, ' ');
      for (const block of blocks) {
        const text =
          block.kind === 'table' ? block.rows.map((row) => row.filter(Boolean).join(' ')).join(' ') : block.text;
        expect(printed).toContain(text);
      }
    }
  });

  it('separates paragraphs by an empty line and table cells by a tab', async () => {
    const text = await withPdf(await report(), running, (pdf) => pdf.pageText(2));

    expect(text).toContain(
      'half of the year.\n\nTool\tLoans 2024\tLoans 2025\tLate returns\nCordless drill\t388\t431\t12\n',
    );
  });

  it.each([
    ['no PDF', new TextEncoder().encode('just a text'), 'damaged or not a PDF'],
    ['an empty file', new Uint8Array(), 'damaged or not a PDF'],
    ['an encrypted PDF', new TextEncoder().encode(ENCRYPTED), 'encrypted'],
  ])('refuses %s with a reason', async (_name, bytes, reason) => {
    const opened = withPdf(bytes, running, async (pdf) => pdf.pageCount);

    await expect(opened).rejects.toThrow(PdfUnreadable);
    await expect(opened).rejects.toThrow(reason);
  });

  it('refuses a PDF that was cut off, or reads what is left of it', async () => {
    const bytes = await report();

    await expect(withPdf(bytes.slice(0, 1000), running, async (pdf) => pdf.pageText(1))).rejects.toThrow(PdfUnreadable);
  });

  it('stops when the call is aborted', async () => {
    const reason = new Error('gave up');

    await expect(withPdf(await report(), AbortSignal.abort(reason), async (pdf) => pdf.pageText(1))).rejects.toThrow();
  });
});

const line = (text: string, bottom: number, height = 10): TextPiece => ({
  text,
  endsLine: true,
  width: 100,
  height,
  bottom,
});

describe('layOutLines', () => {
  it('joins pieces to lines and lines to paragraphs by the gap between them', () => {
    const pieces = [{ ...line('One ', 700), endsLine: false }, line('two', 700), line('three', 688), line('four', 650)];

    expect(layOutLines(pieces)).toBe('One two\nthree\n\nfour');
  });

  it('puts a word together that was cut at the end of a line', () => {
    expect(layOutLines([line('a book-', 700), line('binding course', 688)])).toBe('a bookbinding course');
    expect(layOutLines([line('Jean-', 700), line('Luc', 688)])).toBe('Jean-\nLuc');
    expect(layOutLines([line('2024-', 700), line('and on', 688)])).toBe('2024-\nand on');
  });

  it('marks a wide gap within a line as the border of a cell', () => {
    const gap = (width: number): TextPiece => ({ text: ' ', endsLine: false, width, height: 0, bottom: 700 });
    const cell = { ...line('cell', 700), endsLine: false };

    expect(layOutLines([cell, gap(60), line('next', 700)])).toBe('cell\tnext');
    expect(layOutLines([cell, gap(6), line('next', 700)])).toBe('cell next');
  });

  it('is empty for a page without text', () => {
    expect(layOutLines([])).toBe('');
    expect(layOutLines([line(' ', 700)])).toBe('');
  });
});
