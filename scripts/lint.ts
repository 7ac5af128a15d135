/** Runs every linter, also when one before it found something, and says at the end which did. */
import { runTool } from './run-tool.ts';

const colours = process.stdout.isTTY ? 'force' : 'off';

const LINTERS: readonly (readonly [tool: string, args: readonly string[]])[] = [
  ['biome', ['ci', '--error-on-warnings', `--colors=${colours}`, '.']],
  ['oxlint', ['--type-aware']],
  ['node', ['scripts/check-imports.ts']],
  ['knip', ['--no-config-hints']],
];

const unhappy: string[] = [];
for (const [tool, args] of LINTERS) {
  const { exitCode } = await runTool(tool, args, { output: 'show' });
  if (exitCode !== 0) unhappy.push(tool === 'node' ? args.join(' ') : tool);
}
process.stdout.write(`lint: ${unhappy.length === 0 ? 'nothing found' : `faults found by ${unhappy.join(', ')}`}\n`);
process.exitCode = unhappy.length === 0 ? 0 : 1;
