import { relative } from 'node:path';
import { importFaults } from '../../scripts/check-imports.ts';
import { runTool } from '../../scripts/run-tool.ts';
import type { Plant } from './planted.ts';

/** `<rule> <path>` of everything that a tool says about a workspace. */
export type Findings = ReadonlySet<string>;

interface OxlintReport {
  readonly diagnostics: readonly { readonly code: string; readonly filename: string }[];
}

async function oxlint(root: string): Promise<Findings> {
  const { output } = await runTool('oxlint', ['--type-aware', '-f', 'json'], { cwd: root, output: 'stdout' });
  const { diagnostics }: OxlintReport = JSON.parse(output);
  return new Set(diagnostics.map(({ code, filename }) => `${code} ${filename}`));
}

async function imports(root: string): Promise<Findings> {
  const faults = await importFaults(root);
  return new Set(faults.map((fault) => fault.replace(/^error (\S+): (\S+) .*$/, '$1 $2')));
}

async function biome(root: string): Promise<Findings> {
  const args = ['ci', '--reporter=github', '--max-diagnostics=none', '.'];
  const { output } = await runTool('biome', args, { cwd: root, output: 'keep' });
  const lines = output.matchAll(/^::error title=([^,]+),file=([^,:]+)/gm);
  return new Set(
    [...lines].map(([, rule, file = '']) => `${rule} ${file.startsWith('/') ? relative(root, file) : file}`),
  );
}

interface KnipReport {
  readonly issues: readonly ({ readonly file: string } & Readonly<Record<string, unknown>>)[];
}

async function knip(root: string): Promise<Findings> {
  const { output } = await runTool('knip', ['--reporter', 'json', '--no-config-hints'], {
    cwd: root,
    output: 'stdout',
  });
  const { issues }: KnipReport = JSON.parse(output);
  return new Set(issues.flatMap((issue) => kinds(issue).map((kind) => `${kind} ${issue.file}`)));
}

function kinds(issue: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(issue).filter((kind) => Array.isArray(issue[kind]) && issue[kind].length > 0);
}

export const TOOLS: Readonly<Record<Plant['tool'], (root: string) => Promise<Findings>>> = {
  oxlint,
  imports,
  biome,
  knip,
};
