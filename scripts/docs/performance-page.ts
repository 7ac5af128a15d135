import { readFileSync } from 'node:fs';
import { describeRun } from '../../bench/harness/describe-run.ts';
import type { Report, ReportRow } from '../../bench/harness/report.ts';
import { type Section, sectionsOf } from '../../bench/harness/sections.ts';
import { titleOf } from '../../bench/harness/table.ts';
import { code, generatedFrom, markdownTable } from './markdown-table.ts';

/** The page about a run that `npm run bench` wrote, or undefined where there is none. */
export function performancePageFrom(resultsPath: string): string | undefined {
  const text = readText(resultsPath);
  if (text === undefined) return undefined;
  const report: Report = JSON.parse(text);
  return performancePage(report);
}

/** Every figure of a report with what it means. The same report gives the same page. */
export function performancePage(report: Report): string {
  return `${generatedFrom('bench/results.json')}

# Performance

What carapace costs, beside what one would use instead. All figures are from one run of \`npm run bench\` on one machine, and every
ratio is between two figures of that run: compare ratios across machines, not milliseconds. \`npm run bench -- --help\` lists what
can be measured and how.

${describeRun(report)
  .map((line) => `- ${line}`)
  .join('\n')}
${warningsOf(report)
  .map((warning) => `\n**${warning}**\n`)
  .join('')}
p50 is the median. p99 is the value that 99 of 100 samples are at least as good as; with fewer than 100 samples it is the worst
one. A bar is what the project wants to hold; \`open\` means that a figure it needs was not measured.

${sectionsOf(report.rows)
  .map((section) => renderSection(section))
  .join('\n\n')}

## What each row is

${markdownTable(
  ['row', 'measures'],
  report.rows.map((row) => [code(row.id), titleOf(row)]),
)}
`;
}

const WALLS = `How to read the walls:

- *process*: whose process the code is in. In the host's own, a hole in the engine is the end of the host.
- *system calls*: \`filtered\` when seccomp leaves the process only what it needs of the kernel.
- *files*, *network*: \`kernel\` when the kernel refuses, whatever the process has become; \`runtime\` when the engine does not offer
  them or asks first, which holds as long as the engine has no hole; \`none\` when nothing stands in the way.
- *limits*: \`kill\` when somebody outside ends a call that takes too much time or memory; \`engine\` when the engine looks now and
  then, which a built-in function can outlast; \`none\` when nobody does.

Each peer is started as its documentation shows, with nothing allowed that the greeting does not need. A figure with fewer walls
is no figure for the same thing: a function in the host's own process is called in microseconds because nothing stands between
it and the host.`;

const BREAKDOWN = 'Each part is a median of its own; together they need not add up to the median of the whole.';

/** What stands below a table. */
const NOTES: ReadonlyMap<Section['id'], readonly string[]> = new Map([
  ['walls', [WALLS]],
  ['breakdown', [BREAKDOWN]],
]);

function renderSection({ id, heading, head, rows }: Section): string {
  const cells = rows.map(([row = '', ...rest]) => [code(row), ...rest]);
  return [`## ${heading}`, markdownTable(head, cells), ...(NOTES.get(id) ?? [])].join('\n\n');
}

/** What makes the figures worth less than they look. */
function warningsOf({ quick, machine: { load, cores }, rows }: Report): readonly string[] {
  const failed = rows.filter(isFailed).map(({ id }) => id);
  return [
    ...(quick ? ['This was a quick run with few samples.'] : []),
    ...(load > cores / 2 ? ['The machine was busy with something else when the run began.'] : []),
    ...(failed.length === 0 ? [] : [`Measurements that failed: ${failed.join(', ')}.`]),
  ];
}

function isFailed(row: ReportRow): boolean {
  return 'failed' in row;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
