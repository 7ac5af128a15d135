import type { MeasuredRow, Report, ReportRow } from './report.ts';
import type { Bar } from './row.ts';

const HEADINGS = ['row', 'n', 'p50', 'p99', 'min', 'unit', 'ratio', 'bar', ''];
const FIGURE_COLUMNS: ReadonlySet<number> = new Set([1, 2, 3, 4]);

/** The report for a terminal: machine, then one line per row, then what the rows are. */
export function renderTable({ machine, versions, startedAt, quick, rows }: Report): string {
  const { cpu, cores, memoryMiB, kernel, os, load } = machine;
  const lines = [
    `${cpu}, ${cores} cores, ${memoryMiB} MiB; ${os}, kernel ${kernel}; load ${load.toFixed(2)}`,
    `Node ${versions.node} (V8 ${versions.v8}), carapace ${versions.carapace}, isolated-vm ${versions['isolated-vm']}, koffi ${versions.koffi}`,
    `${startedAt}${quick ? '; quick run, few samples' : ''}`,
    '',
    ...alignColumns([HEADINGS, ...rows.map(toCells)], FIGURE_COLUMNS),
    '',
    ...alignColumns(
      rows.map((row) => [row.id, titleOf(row)]),
      new Set(),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function toCells(row: ReportRow): readonly string[] {
  if ('skipped' in row) return [row.id, '0', '', '', '', row.unit, '', '', `skipped: ${row.skipped}`];
  const { id, n, p50, p99, min, unit } = row;
  return [id, String(n), String(p50), String(p99), String(min), unit, ratioCell(row), barCell(row), passCell(row)];
}

function titleOf(row: ReportRow): string {
  return 'note' in row ? `${row.title} (${row.note})` : row.title;
}

function ratioCell({ ratio, ratioTo }: MeasuredRow): string {
  return ratio === undefined ? '' : `${ratio} × ${ratioTo}`;
}

function barCell({ bar, better }: MeasuredRow): string {
  if (bar === undefined) return '';
  const sign = better === 'higher' ? '≥' : '≤';
  return barFigures(bar)
    .map(([name, wanted]) => `${name} ${sign} ${wanted}`)
    .join(', ');
}

function barFigures({ p50, p99, ratio }: Bar): readonly (readonly [string, number])[] {
  const figures = [['p50', p50] as const, ['p99', p99] as const, ['ratio', ratio] as const];
  return figures.flatMap(([name, wanted]) => (wanted === undefined ? [] : [[name, wanted] as const]));
}

function passCell({ pass }: MeasuredRow): string {
  if (pass === undefined) return '';
  return pass ? 'reached' : 'MISSED';
}

/** Two spaces between columns; the columns in `toTheRight` are aligned there. */
function alignColumns(lines: readonly (readonly string[])[], toTheRight: ReadonlySet<number>): readonly string[] {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  const align = (cell: string, column: number): string =>
    toTheRight.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0);
  return lines.map((cells) => cells.map(align).join('  ').trimEnd());
}
