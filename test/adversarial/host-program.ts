import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const HOSTS = join(import.meta.dirname, 'hosts');
const NODE = ['--conditions=carapace-source'];

/** Answers `errno` to a system call (0: a success that never happened), or only when one argument has one value. */
export interface FilterRule {
  readonly number: number;
  readonly argument?: number;
  readonly value?: number;
  readonly errno: number;
}

export interface HostOptions {
  readonly args?: readonly string[];
  /** Variables on top of those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Directory it runs in. Default: the one of this process. */
  readonly cwd?: string;
  /** File that takes its standard error. Default: the one of this process. */
  readonly stderr?: string;
  /** Runs the host under a filter of the test's own. */
  readonly under?: { readonly rules: readonly FilterRule[]; readonly newPrivileges?: boolean };
}

/** A process of its own that uses the runtime as an application does. */
export interface HostProgram extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly pid: number;
  /** The next line of JSON on its standard output; undefined at the end. */
  next(): Promise<unknown>;
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** Starts `hosts/<name>.ts`. It is killed when the returned object is disposed. */
export function startHost(name: string, { args = [], env = {}, cwd, stderr, under }: HostOptions = {}): HostProgram {
  const own = [...NODE, join(HOSTS, `${name}.ts`), ...args];
  const command = under === undefined ? own : [...NODE, join(HOSTS, 'under-filter.js'), JSON.stringify(under), ...own];
  const errors = stderr === undefined ? undefined : openSync(stderr, 'a');
  const child = spawn(process.execPath, command, {
    stdio: ['ignore', 'pipe', errors ?? 'inherit'],
    env: { ...process.env, ...env },
    ...(cwd === undefined ? {} : { cwd }),
  });
  if (errors !== undefined) closeSync(errors);
  const { pid, stdout } = child;
  if (pid === undefined || stdout === null) throw new Error('the host program did not start');
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const exited: HostProgram['exited'] = new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  return {
    child,
    pid,
    exited,
    next: async () => {
      const { done, value } = await lines.next();
      return done === true ? undefined : JSON.parse(value);
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Processes whose parent is `pid`. */
export function childrenOf(pid: number): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => statOf(name)?.[1] === String(pid))
    .map(Number);
}

/** The same, and their children, and so on: where a layer of the jail stands between host and worker, it is in between. */
export function descendantsOf(pid: number): readonly number[] {
  return childrenOf(pid).flatMap((child) => [child, ...descendantsOf(child)]);
}

/** True when a signal has stopped the process and it has not gone on. */
export function isStopped(pid: number): boolean {
  return statOf(String(pid))?.[0] === 'T';
}

/** True while the process runs; a zombie that waits for its reaper runs no more. */
export function isRunning(pid: number): boolean {
  const state = statOf(String(pid))?.[0];
  return state !== undefined && state !== 'Z' && state !== 'X';
}

/** State, parent and so on: the fields of /proc/PID/stat behind the command name. */
function statOf(pid: string): readonly string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    // Gone between the listing and the look.
    return undefined;
  }
}

/** SIGKILL to each that still runs. One that ends by itself in the same moment is what was wanted. */
export function endAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
}
