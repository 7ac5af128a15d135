import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, constants, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { type CgroupSupport, openCgroupParent } from '../../jail/cgroup/cgroup-parent.ts';
import { cgroupPlace } from '../../jail/cgroup/cgroup-place.ts';
import { loadProcessKiller, type ProcessKiller } from '../native/process-killer.ts';
import { pageBytesOf } from './page-size.ts';
import { parseParent, parseStartTime } from './process-stat.ts';

/** Everything the pool may do to the machine. Tests of the pool use the real ones; there is no fake process. */
export interface PoolPowers {
  readonly spawn: typeof spawn;
  readonly now: () => number;
  readonly openProcFile: (pid: number, name: 'stat' | 'statm' | 'status') => ProcFile;
  /** Page size of the kernel, in bytes. */
  readonly pageBytes: () => number;
  /** Numbers of the processes whose parent is `pid`. Looks at every process of the machine. */
  readonly childrenOf: (pid: number) => readonly number[];
  /** A descriptor of /proc, for one launcher; to be closed once it is started. */
  readonly openProc: () => { readonly fd: number; close(): void };
  /** Undefined where the kernel has no pidfd. */
  readonly loadKiller: () => Promise<ProcessKiller | undefined>;
  /** A cgroup for the workers of one runtime, or why there is none. */
  readonly openCgroups: () => CgroupSupport;
  /** Standard output of a short program of the system, with an empty environment; empty when it fails. */
  readonly outputOf: (program: string, args: readonly string[]) => Promise<string>;
}

/**
 * One file of /proc/PID, held open: the kernel ties the descriptor to this very process, so a reused pid can never be
 * measured in its place (corpus IP-151).
 */
export interface ProcFile {
  /** The file's text now, or undefined once the process is gone. */
  read(): string | undefined;
  close(): void;
}

export type { ChildProcess };

/** Does not change while the kernel runs. */
let pageBytes: number | undefined;

export const nodePoolPowers: PoolPowers = {
  spawn,
  now: () => performance.now(),
  openProcFile: (pid, name) => holdProcFile(`/proc/${pid}/${name}`),
  pageBytes: () => {
    pageBytes ??= pageBytesOf(readFileSync('/proc/self/auxv'));
    return pageBytes;
  },
  childrenOf: (pid) =>
    readdirSync('/proc')
      .map(Number)
      .filter((candidate) => Number.isInteger(candidate) && parseParent(statText(candidate)) === pid),
  openProc: () => {
    const fd = openSync('/proc', constants.O_RDONLY | constants.O_DIRECTORY);
    return { fd, close: () => closeSync(fd) };
  },
  loadKiller: () =>
    loadProcessKiller({ loadKoffi: async () => (await import('koffi')).default, closeDescriptor: closeSync }),
  openCgroups: () => {
    if (process.platform !== 'linux') return { kind: 'none', reason: `there are no cgroups on ${process.platform}` };
    const place = cgroupPlace(readFileSync('/proc/self/cgroup', 'utf8'), readFileSync('/proc/self/mountinfo', 'utf8'));
    const startTime = startTimeOf(process.pid) ?? '0';
    return openCgroupParent(place, { pid: process.pid, startTime, startTimeOf });
  },
  outputOf: (program, args) =>
    new Promise((resolve) => {
      const options = { env: {}, cwd: '/', timeout: PROGRAM_TIMEOUT_MS };
      execFile(program, args, options, (error, stdout) => resolve(error === null ? stdout : ''));
    }),
};

const PROGRAM_TIMEOUT_MS = 10_000;

/** In ticks since the machine was started; undefined when there is no process of that number. */
function startTimeOf(pid: number): string | undefined {
  return parseStartTime(statText(pid));
}

function statText(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
}

function holdProcFile(path: string): ProcFile {
  const buffer = Buffer.allocUnsafe(4096);
  let fd: number | undefined = openSync(path, 'r');
  return {
    read: () => {
      if (fd === undefined) return undefined;
      try {
        return buffer.toString('latin1', 0, readSync(fd, buffer, 0, buffer.length, 0));
      } catch {
        // ESRCH: the process was reaped. Any other failure means the same to a meter: nothing can be read any more.
        return undefined;
      }
    },
    close: () => {
      if (fd !== undefined) closeSync(fd);
      fd = undefined;
    },
  };
}
