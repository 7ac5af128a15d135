import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const ROOT: string = fileURLToPath(new URL('..', import.meta.url));

export interface ToolRun {
  readonly exitCode: number;
  /** Standard output and standard error in the order of arrival; empty when they went to the terminal. */
  readonly output: string;
}

export interface ToolOptions {
  /** Default: the repository. */
  readonly cwd?: string;
  /** `show` writes to the terminal, `keep` returns standard output and error, `stdout` returns standard output alone. */
  readonly output: 'show' | 'keep' | 'stdout';
}

/**
 * Runs a program of node_modules/.bin, with the repository's own Node first in its path: started by a bare path on a machine
 * with an older Node, a tool would otherwise run on that.
 */
export function runTool(tool: string, args: readonly string[], { cwd = ROOT, output }: ToolOptions): Promise<ToolRun> {
  const env = { ...process.env, PATH: `${ROOT}node_modules/.bin:${process.env['PATH'] ?? ''}`, NO_COLOR: '1' };
  const stderr = output === 'keep' ? 'pipe' : 'inherit';
  const child = spawn(tool, args, { cwd, env, stdio: ['ignore', output === 'show' ? 'inherit' : 'pipe', stderr] });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    // A tool that a signal ended has no exit code, and must not count as passed.
    child.once('close', (code) => resolve({ exitCode: code ?? 1, output: Buffer.concat(chunks).toString() }));
  });
}

/** @throws Error when the tool fails; what it printed is then already on the terminal, or in the message. */
export async function mustRun(tool: string, args: readonly string[], options: ToolOptions): Promise<string> {
  const { exitCode, output } = await runTool(tool, args, options);
  if (exitCode !== 0) {
    throw new Error(`Cannot go on after "${tool}": it ended with ${exitCode}${output === '' ? '' : `\n${output}`}`);
  }
  return output;
}
