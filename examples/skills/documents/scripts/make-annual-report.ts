/** Writes the demo's PDF, examples/files/reports/annual-report-2025.pdf. Its output is committed; run it after a change. */
import { writeFile } from 'node:fs/promises';
import { PDFDocument, type PDFFont, type PDFPage, StandardFonts } from 'pdf-lib';
import { ANNUAL_REPORT, type Block, type ReportPage } from './annual-report.ts';

const TARGET = new URL('../../../files/reports/annual-report-2025.pdf', import.meta.url);
const A4: [number, number] = [595, 842];
const MARGIN = 72;
const LINE = 16;
/** Fixed, so that the same text gives the same file. */
const PRINTED = new Date('2026-02-01T09:00:00Z');

interface Fonts {
  readonly plain: PDFFont;
  readonly bold: PDFFont;
}

/** Where the next line goes. */
interface Pen {
  readonly page: PDFPage;
  readonly fonts: Fonts;
  y: number;
}

function breakLines(text: string, font: PDFFont, size: number, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && font.widthOfTextAtSize(longer, size) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

function drawBlock(pen: Pen, block: Block): void {
  const { page, fonts } = pen;
  const width = page.getWidth() - 2 * MARGIN;
  switch (block.kind) {
    case 'heading':
      pen.y -= LINE;
      page.drawText(block.text, { x: MARGIN, y: pen.y, size: 14, font: fonts.bold });
      break;
    case 'paragraph':
      for (const line of breakLines(block.text, fonts.plain, 11, width)) {
        pen.y -= LINE;
        page.drawText(line, { x: MARGIN, y: pen.y, size: 11, font: fonts.plain });
      }
      break;
    case 'table':
      for (const [number, row] of block.rows.entries()) {
        pen.y -= LINE;
        for (const [column, cell] of row.entries()) {
          const x = MARGIN + column * (width / row.length);
          page.drawText(cell, { x, y: pen.y, size: 10, font: number === 0 ? fonts.bold : fonts.plain });
        }
      }
      break;
  }
  pen.y -= LINE;
}

function drawPage(document: PDFDocument, fonts: Fonts, { title, blocks }: ReportPage, number: number): void {
  const page = document.addPage(A4);
  const pen: Pen = { page, fonts, y: page.getHeight() - MARGIN };
  page.drawText(title, { x: MARGIN, y: pen.y, size: 20, font: fonts.bold });
  pen.y -= LINE;
  for (const block of blocks) {
    drawBlock(pen, block);
  }
  page.drawText(`Harbour Lane Tool Library · ${number}`, { x: MARGIN, y: MARGIN / 2, size: 9, font: fonts.plain });
}

const document = await PDFDocument.create();
document.setTitle('Harbour Lane Tool Library: annual report 2025');
document.setCreationDate(PRINTED);
document.setModificationDate(PRINTED);
const fonts: Fonts = {
  plain: await document.embedFont(StandardFonts.Helvetica),
  bold: await document.embedFont(StandardFonts.HelveticaBold),
};
for (const [index, page] of ANNUAL_REPORT.entries()) {
  drawPage(document, fonts, page, index + 1);
}
await writeFile(TARGET, await document.save());
