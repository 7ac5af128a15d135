import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

const running = new Set<ChildProcess>();

/** Starts a process in a group of its own, so that nothing it starts outlives the bench. */
export function startChild(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, [...args], { ...options, detached: true });
  running.add(child);
  child.once('close', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

/** SIGKILL for the child and everything in its group. */
export function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // ESRCH: the group is gone, which is what was wanted.
  }
}

/** For the end of the bench, whatever its reason. */
export function killAllChildren(): void {
  for (const child of running) killGroup(child);
}

export interface ChildRun {
  readonly stdout: string;
  readonly stderr: string;
  /** Null after a signal. */
  readonly code: number | null;
}

export interface ChildOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Killed after this many ms. Default 120,000. */
  readonly timeoutMs?: number;
}

/** Runs a program to its end. Rejects when it cannot be started. */
export async function runChild(
  command: string,
  args: readonly string[],
  { env = {}, cwd = '/', timeoutMs = 120_000 }: ChildOptions = {},
): Promise<ChildRun> {
  const child = startChild(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env, cwd });
  const timer = setTimeout(() => killGroup(child), timeoutMs);
  try {
    const { stdout, stderr } = child;
    if (stdout === null || stderr === null) throw new TypeError('Cannot read child: its pipes are missing');
    const [output, errors] = await Promise.all([text(stdout), text(stderr), once(child, 'close')]);
    return { stdout: output, stderr: errors, code: child.exitCode };
  } finally {
    clearTimeout(timer);
    killGroup(child);
  }
}
