/**
 * Compares the public entry of every package with its report in etc/api, so that a change of the public surface is a change
 * that somebody reviews; and asks for a sentence on every export. Reads dist: build first.
 *
 *     node scripts/check-api.ts [--write]
 */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT, runTool } from './run-tool.ts';

const PACKAGES = ['manifest', 'runtime', 'cli'];

async function faultsOf(name: string, write: boolean): Promise<readonly string[]> {
  const folder = join(ROOT, 'packages', name);
  await mkdir(join(ROOT, 'etc/api'), { recursive: true });
  const args = write ? ['run', '--local'] : ['run'];
  const { exitCode, output } = await runTool('api-extractor', args, { cwd: folder, output: 'keep' });
  const report = await readFile(join(folder, `temp/api/${name}.api.md`), 'utf8').catch(() => '');
  const drift = exitCode === 0 ? [] : [await describeDrift(name, output)];
  return [
    ...drift,
    ...undocumented(report).map((line) => `Cannot accept etc/api/${name}.api.md: no doc comment on "${line}"`),
  ];
}

async function describeDrift(name: string, output: string): Promise<string> {
  const [committed, current] = [`etc/api/${name}.api.md`, `packages/${name}/temp/api/${name}.api.md`];
  const { output: diff } = await runTool('git', ['diff', '--no-index', '--', committed, current], { output: 'keep' });
  const next = 'if the change is meant, run `npm run api` and commit what it writes';
  return `Cannot accept the public surface of packages/${name}: it differs from ${committed}; ${next}\n${diff === '' ? output : diff}`;
}

/** The line after the marker is the declaration. */
function undocumented(report: string): readonly string[] {
  return [...report.matchAll(/^\/\/ @public \(undocumented\)\n(.*)$/gm)].map(([, declaration = '']) => declaration);
}

const write = process.argv.includes('--write');
const faults: string[] = [];
for (const name of PACKAGES) faults.push(...(await faultsOf(name, write)));
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.stdout.write(`api reports: ${PACKAGES.length} packages, ${faults.length} faults\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
