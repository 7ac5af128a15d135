/**
 * Checks the import rules of .dependency-cruiser.cjs, and that they were applied to something: with a TypeScript that it
 * cannot use, dependency-cruiser finds no module at all and reports that all is well.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runTool } from './run-tool.ts';

const FOLDERS = ['packages', 'examples', 'scripts', 'test', 'bench'];

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string; readonly severity: string };
  readonly cycle?: readonly { readonly name: string }[];
}

interface CruiseResult {
  readonly modules: readonly { readonly source: string; readonly dependencies: readonly unknown[] }[];
  readonly summary: { readonly violations: readonly Violation[] };
}

/** One line per violation and per folder in which nothing was looked at; empty when all is well. */
export async function importFaults(root: string): Promise<readonly string[]> {
  const folders = FOLDERS.filter((folder) => existsSync(join(root, folder)));
  const args = [...folders, '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  const { output } = await runTool('depcruise', args, { cwd: root, output: 'stdout' });
  const { modules, summary }: CruiseResult = JSON.parse(output);
  const unread = folders.filter((folder) => !modules.some((module) => isTypeScriptIn(folder, module)));
  return [
    ...unread.map((folder) => `Cannot check "${folder}": dependency-cruiser read no import of a TypeScript file there`),
    ...summary.violations.map(describe),
  ];
}

function isTypeScriptIn(folder: string, { source, dependencies }: CruiseResult['modules'][number]): boolean {
  return source.startsWith(`${folder}/`) && source.endsWith('.ts') && dependencies.length > 0;
}

function describe({ rule, from, to, cycle }: Violation): string {
  const way = cycle === undefined ? to : cycle.map(({ name }) => name).join(' → ');
  return `${rule.severity} ${rule.name}: ${from} → ${way}`;
}

if (import.meta.main) {
  const faults = await importFaults(ROOT);
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  process.stdout.write(`import rules: ${faults.length} faults\n`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
