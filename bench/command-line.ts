import { parseArgs } from 'node:util';
import type { BenchRow, RowGroup, RowId } from './harness/row.ts';
import type { RowSelection } from './harness/select-rows.ts';

export interface RunCommand extends RowSelection {
  readonly kind: 'run';
  readonly quick: boolean;
  readonly json: boolean;
}

export type CommandLine = RunCommand | { readonly kind: 'help' } | { readonly kind: 'wrong'; readonly reason: string };

/** Never throws: what cannot be understood is an answer too. */
export function readCommandLine(args: readonly string[], rows: readonly BenchRow[]): CommandLine {
  const parsed = parse(args);
  if (typeof parsed === 'string') return { kind: 'wrong', reason: parsed };
  if (parsed.help) return { kind: 'help' };
  const peers = peersOf(parsed);
  if (peers === undefined)
    return { kind: 'wrong', reason: 'Cannot choose peers: only one of --peers, --no-peers and --peers-only fits' };
  const ids = new Map<string, RowId>(rows.map(({ id }) => [id, id]));
  const names = parsed.only?.flatMap((list) => list.split(',')).map((name) => name.trim());
  const unknown = names?.find((name) => !ids.has(name));
  if (unknown !== undefined) return { kind: 'wrong', reason: `Cannot measure "${unknown}": there is no such row` };
  const only = names === undefined ? undefined : new Set(names.flatMap((name) => ids.get(name) ?? []));
  return { kind: 'run', only, peers, quick: parsed.quick, json: parsed.json };
}

/** A run that results.json and the page about it may be made from: everything, with all samples. */
export function isComplete({ only, peers, quick }: RunCommand): boolean {
  return only === undefined && peers === 'with' && !quick;
}

const GROUPS: Readonly<Record<RowGroup, string>> = {
  carapace: 'carapace',
  peers: 'Peers: what does the same work otherwise (* is installed by the bench)',
  breakdown: 'Breakdown: where the time of a boot and of a call goes',
};

export function helpText(rows: readonly BenchRow[]): string {
  return `Usage: npm run bench -- [--only ID[,ID]] [--quick] [--no-peers | --peers-only | --peers] [--json]

Measures and prints a table. A missed bar is shown and is no failure; a row that breaks is one. A complete run writes
bench/results.json, from which docs/performance.md is generated; any other writes bench/temp/results.json.

  --only ID[,ID]  these rows, and those that their ratios are taken to
  --quick         few samples, and no peer that has to be installed
  --no-peers      no peer that has to be installed
  --peers-only    peers and nothing else
  --peers         peers with --quick too
  --json          print the results as JSON and nothing else
  --help          print this

Peers that have to be installed come through npm, with your configuration and without install scripts, into the folder that
CARAPACE_BENCH_CACHE names, by default node_modules/.cache/carapace-bench. One that cannot be installed is left out.

Examples:
  npm run bench
  npm run bench -- --quick
  npm run bench -- --only call-warm,kill-spin
  npm run bench -- --quick --peers-only
  npm --silent run bench -- --only session-warm --json

${Object.entries(GROUPS)
  .map(([group, heading]) => listOf(group, heading, rows))
  .join('\n\n')}
`;
}

function listOf(group: string, heading: string, rows: readonly BenchRow[]): string {
  const width = Math.max(...rows.map(({ id }) => id.length)) + 1;
  const lines = rows
    .filter((row) => row.group === group)
    .map(({ id, title, needs }) => `  ${`${id}${needs === undefined ? '' : '*'}`.padEnd(width)}  ${title}`);
  return [`${heading}:`, ...lines].join('\n');
}

interface Options {
  readonly only: readonly string[] | undefined;
  readonly quick: boolean;
  readonly json: boolean;
  readonly help: boolean;
  readonly peers: boolean;
  readonly 'no-peers': boolean;
  readonly 'peers-only': boolean;
}

/** Undefined when the options contradict each other. */
function peersOf(options: Options): RowSelection['peers'] | undefined {
  const wishes = [
    options.peers ? ('with' as const) : [],
    options['no-peers'] ? ('none' as const) : [],
    options['peers-only'] ? ('only' as const) : [],
  ].flat();
  if (wishes.length > 1) return undefined;
  return wishes[0] ?? (options.quick ? 'none' : 'with');
}

function parse(args: readonly string[]): Options | string {
  const flag = { type: 'boolean', default: false } as const;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        only: { type: 'string', multiple: true },
        quick: flag,
        json: flag,
        help: { ...flag, short: 'h' },
        peers: flag,
        'no-peers': flag,
        'peers-only': flag,
      },
    });
    return { ...values, only: values.only };
  } catch (error) {
    return error instanceof Error ? error.message : 'Cannot read the command line';
  }
}
