import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readSync } from 'node:fs';

/** Everything the pool may do to the machine. Tests of the pool use the real ones; there is no fake process. */
export interface PoolPowers {
  readonly spawn: typeof spawn;
  readonly now: () => number;
  readonly openProcFile: (pid: number, name: 'stat' | 'statm' | 'status') => ProcFile;
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

export const nodePoolPowers: PoolPowers = {
  spawn,
  now: () => performance.now(),
  openProcFile: (pid, name) => holdProcFile(`/proc/${pid}/${name}`),
};

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
