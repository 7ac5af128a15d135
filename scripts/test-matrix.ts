/**
 * Runs the adversarial suite under every combination of isolation, namespaces and Node. Prints a line for each; its last word
 * and the exit code say whether all passed. `--pairs` takes the six of the twelve in which every two settings meet;
 * `--isolation`, `--namespaces` and `--node` name less, separated by commas;
 * `--report <file>` (or the variable REPORT) gets the counts, as one JSON report of vitest would hold them.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, runTool } from './run-tool.ts';

const ISOLATIONS = ['call', 'skill', 'session'];
const NAMESPACES = ['auto', 'off'];
const NODES = ['24', '26'];

/** The next line of Node, exactly: not a dependency, because nothing of the project needs it. */
const NODE_26 = '26.10.0';
const NODE_26_FOLDER = join(ROOT, 'node_modules/.cache/carapace-node26');

/**
 * Files whose workers run no skill, whose tests open every isolation themselves, or which attack the brokers, that stand in the
 * host: an isolation changes nothing in them, so they run under `call` alone.
 */
const SAME_UNDER_EVERY_ISOLATION = [
  'addresses',
  'canary',
  'corpus-numbers',
  'environment',
  'files',
  'files-moving',
  'host-death',
  'host-death-random',
  'layers',
  'network',
  'old-worker',
  'os',
  'os-process',
  'os-sealed',
  'os-start',
  'rebinding',
  'secret-crowd',
  'secret-traces',
  'secrets',
  'tls',
  'traffic',
  'corpus/isolate/realm-programs',
];

interface Combination {
  readonly isolation: string;
  readonly namespaces: string;
  readonly node: string;
}

/** Every isolation meets both sorts of namespaces and both lines of Node, and every sort of namespaces both lines. */
const PAIRS: readonly Combination[] = [
  { node: '24', namespaces: 'auto', isolation: 'call' },
  { node: '26', namespaces: 'off', isolation: 'call' },
  { node: '24', namespaces: 'off', isolation: 'skill' },
  { node: '26', namespaces: 'auto', isolation: 'skill' },
  { node: '24', namespaces: 'auto', isolation: 'session' },
  { node: '26', namespaces: 'off', isolation: 'session' },
];

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly failures: readonly string[];
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly success: boolean;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

function chosen(option: string | undefined, all: readonly string[]): readonly string[] {
  const names = option?.split(',') ?? all;
  const unknown = names.find((name) => !all.includes(name));
  if (unknown !== undefined) throw new RangeError(`Cannot test with "${unknown}": not one of ${all.join(', ')}`);
  return names;
}

/** The program that runs the suite, and so the one that its workers become. Installs Node 26 when it is not there yet. */
async function nodeFor(line: string): Promise<string> {
  if (line === '24') return process.execPath;
  const program = join(NODE_26_FOLDER, 'node_modules/node/bin/node');
  const version = existsSync(program)
    ? (await runTool(program, ['--version'], { output: 'stdout' })).output.trim()
    : '';
  if (version === `v${NODE_26}`) return program;
  await mkdir(NODE_26_FOLDER, { recursive: true });
  const args = ['install', '--prefix', NODE_26_FOLDER, '--no-audit', '--no-fund', '--save-exact', `node@${NODE_26}`];
  const { exitCode, output } = await runTool('npm', args, { output: 'keep' });
  if (exitCode !== 0) throw new Error(`Cannot install Node ${NODE_26}: npm ended with ${exitCode}\n${output}`);
  return program;
}

async function attack({ isolation, namespaces, node }: Combination, reportPath: string): Promise<Outcome> {
  const program = await nodeFor(node);
  const left = isolation === 'call' ? [] : SAME_UNDER_EVERY_ISOLATION;
  process.env['CARAPACE_TEST_ISOLATION'] = isolation;
  process.env['CARAPACE_TEST_NAMESPACES'] = namespaces;
  const args = [
    join(ROOT, 'node_modules/vitest/vitest.mjs'),
    'run',
    'test/adversarial',
    '--reporter=json',
    `--outputFile=${reportPath}`,
    ...left.map((file) => `--exclude=test/adversarial/${file}.test.ts`),
  ];
  const { exitCode, output } = await runTool(program, args, { output: 'keep' });
  const outcome = await readReport(reportPath);
  if (exitCode === 0 || outcome.failed > 0) return outcome;
  return { ...outcome, failed: 1, failures: [`the runner ended with ${exitCode}\n${output.slice(-2_000)}`] };
}

async function readReport(path: string): Promise<Outcome> {
  try {
    const { numPassedTests, numFailedTests, success, testResults }: VitestReport = JSON.parse(
      await readFile(path, 'utf8'),
    );
    const failures = testResults.flatMap(({ name, status, assertionResults }) => {
      const failed = assertionResults.filter((test) => test.status === 'failed').map(({ fullName }) => fullName);
      // A file whose set-up fails has no test that failed.
      return status === 'failed' && failed.length === 0 ? [name] : failed;
    });
    return { passed: numPassedTests, failed: success ? 0 : Math.max(1, numFailedTests), failures };
  } catch {
    return { passed: 0, failed: 1, failures: ['no report'] };
  }
}

interface Choice {
  readonly report: string | undefined;
  readonly combinations: readonly Combination[];
}

function readChoice(): Choice {
  const { values } = parseArgs({
    options: {
      isolation: { type: 'string' },
      namespaces: { type: 'string' },
      node: { type: 'string' },
      report: { type: 'string' },
      pairs: { type: 'boolean', default: false },
    },
  });
  const combinations = chosen(values.node, NODES).flatMap((node) =>
    chosen(values.namespaces, NAMESPACES).flatMap((namespaces) =>
      chosen(values.isolation, ISOLATIONS).map((isolation): Combination => ({ isolation, namespaces, node })),
    ),
  );
  return { report: values.report, combinations: values.pairs ? PAIRS : combinations };
}

function readChoiceOrExit(): Choice {
  try {
    return readChoice();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}

const { report, combinations } = readChoiceOrExit();
const reportFile = report ?? process.env['REPORT'] ?? join(ROOT, 'temp/test-matrix/report.json');
const folder = join(ROOT, 'temp/test-matrix');
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
await mkdir(dirname(reportFile), { recursive: true });

const total = { passed: 0, failed: 0 };
for (const combination of combinations) {
  const { isolation, namespaces, node } = combination;
  const start = performance.now();
  const { passed, failed, failures } = await attack(
    combination,
    join(folder, `${node}-${namespaces}-${isolation}.json`),
  );
  total.passed += passed;
  total.failed += failed;
  const seconds = Math.round((performance.now() - start) / 1000);
  const name = `node ${node}  namespaces ${namespaces.padEnd(4)}  isolation ${isolation.padEnd(7)}`;
  process.stdout.write(`${name}  ${String(passed).padStart(5)} passed  ${failed} failed  ${seconds} s\n`);
  for (const failure of failures) process.stdout.write(`    ${failure}\n`);
}
const isClean = total.failed === 0;
await writeFile(
  reportFile,
  JSON.stringify({ numPassedTests: total.passed, numFailedTests: total.failed, success: isClean }),
);
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = isClean ? 0 : 1;
