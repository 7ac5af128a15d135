import { parseArgs } from 'node:util';
import type { BenchRow, RowId } from './harness/row.ts';

export type CommandLine =
  | {
      readonly kind: 'run';
      readonly only: ReadonlySet<RowId> | undefined;
      readonly quick: boolean;
      readonly json: boolean;
    }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly reason: string };

/** Never throws: what cannot be understood is an answer too. */
export function readCommandLine(args: readonly string[], rows: readonly BenchRow[]): CommandLine {
  const parsed = parse(args);
  if (typeof parsed === 'string') return { kind: 'wrong', reason: parsed };
  if (parsed.help) return { kind: 'help' };
  const names = parsed.only?.flatMap((list) => list.split(',')).map((name) => name.trim());
  if (names === undefined) return { kind: 'run', only: undefined, quick: parsed.quick, json: parsed.json };
  const ids = new Map<string, RowId>(rows.map(({ id }) => [id, id]));
  const unknown = names.find((name) => !ids.has(name));
  if (unknown !== undefined) return { kind: 'wrong', reason: `Cannot measure "${unknown}": there is no such row` };
  const only = new Set(names.flatMap((name) => ids.get(name) ?? []));
  return { kind: 'run', only, quick: parsed.quick, json: parsed.json };
}

export function helpText(rows: readonly BenchRow[]): string {
  const width = Math.max(...rows.map(({ id }) => id.length));
  return `Usage: npm run bench -- [--only ID[,ID]] [--quick] [--json]

Measures, writes bench/results.json and prints a table. A missed bar is shown and is no failure.

  --only ID[,ID]  these rows, and those that their ratios are taken to
  --quick         few samples
  --json          print the results as JSON and nothing else
  --help          print this

Rows:
${rows.map(({ id, title }) => `  ${id.padEnd(width)}  ${title}`).join('\n')}
`;
}

interface Options {
  readonly only: readonly string[] | undefined;
  readonly quick: boolean;
  readonly json: boolean;
  readonly help: boolean;
}

function parse(args: readonly string[]): Options | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        only: { type: 'string', multiple: true },
        quick: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    });
    return { only: values.only, quick: values.quick, json: values.json, help: values.help };
  } catch (error) {
    return error instanceof Error ? error.message : 'Cannot read the command line';
  }
}
