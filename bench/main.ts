import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { helpText, readCommandLine } from './command-line.ts';
import { describeMachine, describeVersions } from './harness/machine.ts';
import type { Report } from './harness/report.ts';
import type { BenchRow } from './harness/row.ts';
import { runRows, selectRows } from './harness/run-rows.ts';
import { renderTable } from './harness/table.ts';
import { ROWS } from './row-list.ts';

const RESULTS = fileURLToPath(new URL('results.json', import.meta.url));
const USAGE_ERROR = 2;
const CLEAR_LINE = '\r\u001b[K';

async function main(args: readonly string[]): Promise<void> {
  const command = readCommandLine(args, ROWS);
  if (command.kind === 'help') {
    process.stdout.write(helpText(ROWS));
  } else if (command.kind === 'wrong') {
    process.stderr.write(`${command.reason}\n\n${helpText(ROWS)}`);
    process.exitCode = USAGE_ERROR;
  } else {
    const { only, quick, json } = command;
    const report = await measure(selectRows(ROWS, only), quick);
    const text = `${JSON.stringify(report, undefined, 2)}\n`;
    await writeFile(RESULTS, text);
    process.stdout.write(json ? text : renderTable(report));
  }
}

async function measure(rows: readonly BenchRow[], quick: boolean): Promise<Report> {
  const machine = describeMachine();
  const startedAt = new Date().toISOString();
  const measured = await runRows(rows, { quick, onRow: showProgress });
  if (process.stderr.isTTY) process.stderr.write(CLEAR_LINE);
  return { machine, versions: describeVersions(), startedAt, quick, rows: measured };
}

/** On standard error and for people only: standard output belongs to the results. */
function showProgress({ id }: BenchRow, index: number, count: number): void {
  if (process.stderr.isTTY) process.stderr.write(`${CLEAR_LINE}${index + 1}/${count} ${id}`);
}

await main(process.argv.slice(2));
