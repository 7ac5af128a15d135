import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { helpText, isComplete, type RunCommand, readCommandLine } from './command-line.ts';
import { killAllChildren } from './harness/child-process.ts';
import { describeMachine, describeVersions } from './harness/machine.ts';
import type { Report } from './harness/report.ts';
import type { BenchRow } from './harness/row.ts';
import { runRows } from './harness/run-rows.ts';
import { selectRows } from './harness/select-rows.ts';
import { renderReport } from './harness/table.ts';
import { removeTempFolders } from './harness/temp-folder.ts';
import { ROWS } from './row-list.ts';

const RESULTS = fileURLToPath(new URL('results.json', import.meta.url));
const PARTIAL_RESULTS = fileURLToPath(new URL('temp/results.json', import.meta.url));
const USAGE_ERROR = 2;
const CLEAR_LINE = '\r\u001b[K';
const SIGNALS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const;

async function main(args: readonly string[]): Promise<void> {
  const command = readCommandLine(args, ROWS);
  switch (command.kind) {
    case 'help':
      process.stdout.write(helpText(ROWS));
      return;
    case 'wrong':
      process.stderr.write(`${command.reason}\n\n${helpText(ROWS)}`);
      process.exitCode = USAGE_ERROR;
      return;
    case 'run':
      return run(command);
  }
}

async function run(command: RunCommand): Promise<void> {
  const report = await measure(selectRows(ROWS, command), command.quick);
  const text = `${JSON.stringify(report, undefined, 2)}\n`;
  const path = isComplete(command) ? RESULTS : PARTIAL_RESULTS;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  process.stdout.write(command.json ? text : renderReport(report));
  // What is missing on this machine is no failure; a measurement that broke is.
  if (report.rows.some((row) => 'failed' in row)) process.exitCode = 1;
}

async function measure(rows: readonly BenchRow[], quick: boolean): Promise<Report> {
  const machine = describeMachine();
  const startedAt = new Date();
  const measured = await runRows(rows, { quick, onRow: showProgress });
  if (process.stderr.isTTY) process.stderr.write(CLEAR_LINE);
  return {
    machine,
    versions: await describeVersions(rows),
    startedAt: startedAt.toISOString(),
    tookSeconds: Math.round((Date.now() - startedAt.getTime()) / 1000),
    quick,
    rows: measured,
  };
}

/** On standard error and for people only: standard output belongs to the results. */
function showProgress({ id }: BenchRow, index: number, count: number): void {
  if (process.stderr.isTTY) process.stderr.write(`${CLEAR_LINE}${index + 1}/${count} ${id}`);
}

/** Workers die with this process: the kernel sees to it. What the bench itself started and wrote is its own to remove. */
function cleanUpOnSignals(): void {
  for (const [signal, exitCode] of SIGNALS) {
    process.once(signal, () => {
      killAllChildren();
      removeTempFolders();
      process.exit(exitCode);
    });
  }
}

cleanUpOnSignals();
await main(process.argv.slice(2));
