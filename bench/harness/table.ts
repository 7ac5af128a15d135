import { describeRun } from './describe-run.ts';
import type { Report, ReportRow } from './report.ts';
import { type Section, sectionsOf } from './sections.ts';

/** The report for a terminal: machine, one table per section, then what the rows are. */
export function renderReport(report: Report): string {
  const lines = [
    ...describeRun(report),
    ...sectionsOf(report.rows).flatMap(renderSection),
    '',
    ...alignColumns(
      report.rows.map((row) => [row.id, titleOf(row)]),
      new Set(),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function renderSection({ heading, head, rows, figures }: Section): readonly string[] {
  return ['', heading, ...alignColumns([head, ...rows], figures)];
}

export function titleOf(row: ReportRow): string {
  return 'note' in row ? `${row.title} (${row.note})` : row.title;
}

/** Two spaces between columns; the columns in `toTheRight` are aligned there. */
function alignColumns(lines: readonly (readonly string[])[], toTheRight: ReadonlySet<number>): readonly string[] {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  const align = (cell: string, column: number): string =>
    toTheRight.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0);
  return lines.map((cells) => cells.map(align).join('  ').trimEnd());
}
