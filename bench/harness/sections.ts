import type { MeasuredRow, Ratio, ReportRow } from './report.ts';
import type { RowGroup } from './row.ts';
import { WALL_COLUMNS } from './walls.ts';

/** One table of a report, for a terminal and for a page. */
export interface Section {
  readonly id: 'carapace' | 'ratios' | 'walls' | 'breakdown';
  readonly heading: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns of figures, which are aligned to the right. */
  readonly figures: ReadonlySet<number>;
}

/** The tables of a report in the order of reading. One without rows is left out. */
export function sectionsOf(rows: readonly ReportRow[]): readonly Section[] {
  const group = (wanted: RowGroup): readonly ReportRow[] => rows.filter((row) => row.group === wanted);
  const sections: readonly Section[] = [
    { id: 'carapace', heading: 'What carapace takes', ...figuresOfAll(group('carapace')) },
    ratiosSection(rows.filter(isMeasured)),
    wallsSection([...rows.filter((row) => row.group === 'carapace' && 'walls' in row), ...group('peers')]),
    { id: 'breakdown', heading: 'Where the time of a boot and of a call goes', ...figuresOfAll(group('breakdown')) },
  ];
  return sections.filter(({ rows: lines }) => lines.length > 0);
}

function isMeasured(row: ReportRow): row is MeasuredRow {
  return !('skipped' in row);
}

const FIGURE_HEAD = ['row', 'n', 'p50', 'p99', 'min', 'unit', 'bar', ''];

function figuresOfAll(rows: readonly ReportRow[]): Pick<Section, 'head' | 'rows' | 'figures'> {
  const line = (row: ReportRow): readonly string[] =>
    isMeasured(row)
      ? [row.id, ...figuresOf(row), row.unit, barCell(row), verdictCell(row)]
      : [row.id, '0', '', '', '', row.unit, '', skippedCell(row)];
  return { head: FIGURE_HEAD, rows: rows.map(line), figures: new Set([1, 2, 3, 4]) };
}

function ratiosSection(rows: readonly MeasuredRow[]): Section {
  const lines = rows.flatMap((row) => (row.ratios ?? []).map((ratio) => ratioLine(row, ratio)));
  return {
    id: 'ratios',
    heading: 'Ratios, all within this run',
    head: ['row', 'p50 ÷', 'ratio', 'bar', ''],
    rows: lines,
    figures: new Set([2]),
  };
}

function ratioLine({ id, better }: MeasuredRow, { to, ratio, bar }: Ratio): readonly string[] {
  const wanted = bar === undefined ? '' : `${signOf(better)} ${bar}`;
  if (ratio === undefined) return [id, to, '', wanted, 'not measured'];
  if (bar === undefined) return [id, to, String(ratio), wanted, ''];
  const reached = better === 'lower' ? ratio <= bar : ratio >= bar;
  return [id, to, String(ratio), wanted, reached ? 'reached' : 'MISSED'];
}

function wallsSection(rows: readonly ReportRow[]): Section {
  const line = (row: ReportRow): readonly string[] => {
    const cells = WALL_COLUMNS.map(([key]) => ('walls' in row ? (row.walls?.[key] ?? '') : ''));
    if (isMeasured(row)) return [row.id, inMs(row, row.p50), inMs(row, row.p99), ...cells, ''];
    return [row.id, '', '', ...cells, skippedCell(row)];
  };
  return {
    id: 'walls',
    heading: 'Peers: time of one greeting in ms, and the walls around it',
    head: ['row', 'p50', 'p99', ...WALL_COLUMNS.map(([, title]) => title), ''],
    rows: rows.map(line),
    figures: new Set([1, 2]),
  };
}

/** Rows that stand below each other are in one unit. */
function inMs({ unit }: MeasuredRow, figure: number): string {
  return String(unit === 'µs' ? Number((figure / 1_000).toPrecision(4)) : figure);
}

function figuresOf({ n, p50, p99, min }: MeasuredRow): readonly string[] {
  return [n, p50, p99, min].map(String);
}

function barCell({ bar = {}, better }: MeasuredRow): string {
  const figures = [['p50', bar.p50] as const, ['p99', bar.p99] as const];
  return figures
    .flatMap(([name, wanted]) => (wanted === undefined ? [] : [`${name} ${signOf(better)} ${wanted}`]))
    .join(', ');
}

function signOf(better: MeasuredRow['better']): string {
  return better === 'higher' ? '≥' : '≤';
}

/** With its ratios; those stand in a table of their own, where one sees which was missed. */
function verdictCell({ verdict }: MeasuredRow): string {
  if (verdict === undefined) return '';
  return verdict === 'missed' ? 'MISSED' : verdict;
}

function skippedCell(row: ReportRow): string {
  if (!('skipped' in row)) return '';
  return `${row.failed === true ? 'FAILED' : 'not measured'}: ${row.skipped}`;
}
