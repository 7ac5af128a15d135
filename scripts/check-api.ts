/**
 * Compares every public entry with its report in etc/api, so that a change of the public surface is a change that somebody
 * reviews; and asks for a sentence on every export. Reads dist: build first.
 *
 *     node scripts/check-api.ts [--write]
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun, ROOT, runTool } from './run-tool.ts';

interface Entry {
  readonly folder: string;
  readonly config: string;
  /** Name of the report, in etc/api and in the package's temp/api. */
  readonly report: string;
}

const ENTRIES: readonly Entry[] = [
  { folder: 'packages/manifest', config: 'api-extractor.json', report: 'manifest.api.md' },
  { folder: 'packages/manifest', config: 'api-extractor.base.json', report: 'manifest-base.api.md' },
  { folder: 'packages/runtime', config: 'api-extractor.json', report: 'runtime.api.md' },
  { folder: 'packages/runtime', config: 'api-extractor.testing.json', report: 'runtime-testing.api.md' },
  { folder: 'packages/cli', config: 'api-extractor.json', report: 'cli.api.md' },
];

/** The surface as it is now. Positions in the build are taken out: they change with every line above them. */
async function currentReport({ folder, config, report }: Entry): Promise<string> {
  const cwd = join(ROOT, folder);
  await mkdir(join(cwd, 'temp/api'), { recursive: true });
  await mustRun('api-extractor', ['run', '--local', '--config', config], { cwd, output: 'keep' });
  const path = join(cwd, 'temp/api', report);
  const text = (await readFile(path, 'utf8')).replaceAll(/^\/\/ dist\/(\S+?):\d+:\d+ - /gm, '// dist/$1 - ');
  await writeFile(path, text);
  return text;
}

async function drift({ folder, report }: Entry, current: string): Promise<readonly string[]> {
  const committed = `etc/api/${report}`;
  if ((await readFile(join(ROOT, committed), 'utf8').catch(() => '')) === current) return [];
  const args = ['diff', '--no-index', '--', committed, `${folder}/temp/api/${report}`];
  const { output } = await runTool('git', args, { output: 'keep' });
  const next = 'if the change is meant, run `npm run api` and commit what it writes';
  return [`Cannot accept the public surface: it differs from "${committed}"; ${next}\n${output}`];
}

/** The line after the marker is the declaration. */
function undocumented(report: string, text: string): readonly string[] {
  const found = [...text.matchAll(/^\/\/ @public \(undocumented\)\n(.*)$/gm)];
  return found.map(([, declaration]) => `Cannot accept "${report}": no doc comment on "${declaration}"`);
}

const write = process.argv.includes('--write');
const faults: string[] = [];
for (const entry of ENTRIES) {
  const current = await currentReport(entry);
  if (write) await writeFile(join(ROOT, 'etc/api', entry.report), current);
  else faults.push(...(await drift(entry, current)));
  faults.push(...undocumented(entry.report, current));
}
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.stdout.write(`api reports: ${ENTRIES.length} entries, ${faults.length} faults\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
