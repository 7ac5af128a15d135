/**
 * Writes every generated file that is committed. With `--check` it writes nothing and fails when one of them differs from
 * what its source gives.
 */
import { globSync } from 'node:fs';
import { ROOT, runTool } from './run-tool.ts';

/** Each writes its own files and understands `--check`. */
const GENERATORS: readonly string[] = [
  ...globSync('packages/*/scripts/{generate,generate-*}.ts', { cwd: ROOT }).toSorted(),
  'scripts/build-guest.ts',
  ...globSync('scripts/generate-*.ts', { cwd: ROOT }).toSorted(),
];

/** @throws Error that names the generators that failed, after all have run. */
export async function generate(mode: 'write' | 'check'): Promise<void> {
  const failed: string[] = [];
  for (const generator of GENERATORS) {
    const args = mode === 'check' ? [generator, '--check'] : [generator];
    const { exitCode } = await runTool('node', ['--conditions=carapace-source', ...args], { output: 'show' });
    if (exitCode !== 0) failed.push(generator);
  }
  if (failed.length > 0) {
    const next = mode === 'check' ? '; run `npm run generate` and commit what it writes' : '';
    throw new Error(`Cannot ${mode} generated files: ${failed.join(', ')} failed${next}`);
  }
}

if (import.meta.main) await generate(process.argv.includes('--check') ? 'check' : 'write');
