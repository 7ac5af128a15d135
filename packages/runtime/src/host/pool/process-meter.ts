import type { PoolPowers } from './pool-powers.ts';
import { parseParent, STAT, statFields } from './process-stat.ts';

/** The kernel's own accounting of one worker. What the worker says about itself is never asked for. */
export interface ProcessUsage {
  readonly cpuMs: number;
  readonly residentBytes: number;
  readonly threads: number;
  /** The first thread has ended and others run on: the kernel then tells no size any more. */
  readonly sizeHidden: boolean;
}

export interface ProcessMeter {
  /** Usage now; the last known one when the process is gone. */
  read(): ProcessUsage;
  /** The largest resident size the kernel has seen, in bytes; 0 when the process is gone. */
  readPeak(): number;
  /** The number of its parent; undefined when the process is gone. */
  readParent(): number | undefined;
  /** How many system-call filters stand on it; undefined when the process is gone or the kernel does not say (before 5.9). */
  readFilters(): number | undefined;
  close(): void;
}

/** USER_HZ is 100 on every Linux architecture that Node supports: a tick of process time is 10 ms. */
const TICK_MS = 10;

/** Opens the meter of a running process. Throws when it is gone already. */
export function openProcessMeter(powers: PoolPowers, pid: number): ProcessMeter {
  const stat = powers.openProcFile(pid, 'stat');
  const status = powers.openProcFile(pid, 'status');
  const pageBytes = powers.pageBytes();
  let last: ProcessUsage = { cpuMs: 0, residentBytes: 0, threads: 0, sizeHidden: false };
  return {
    read: () => {
      last = parseStat(stat.read(), pageBytes) ?? last;
      return last;
    },
    readPeak: () => parsePeak(status.read()),
    readParent: () => parseParent(stat.read()),
    readFilters: () => parseFilters(status.read()),
    close: () => {
      stat.close();
      status.close();
    },
  };
}

export function parseStat(text: string | undefined, pageBytes: number): ProcessUsage | undefined {
  const fields = statFields(text);
  if (fields === undefined || fields.length <= STAT.residentPages) return undefined;
  const cpuMs = (Number(fields[STAT.userTime]) + Number(fields[STAT.systemTime])) * TICK_MS;
  const residentBytes = Number(fields[STAT.residentPages]) * pageBytes;
  const threads = Number(fields[STAT.threads]);
  const sizeHidden = fields[STAT.state] === 'Z';
  // A whole process that has ended reports no memory: its processor time is still true, its size is not a measurement.
  return sizeHidden && threads <= 1 ? undefined : { cpuMs, residentBytes, threads, sizeHidden };
}

function parseFilters(text: string | undefined): number | undefined {
  const count = /^Seccomp_filters:\s+(\d+)$/m.exec(text ?? '')?.[1];
  return count === undefined ? undefined : Number(count);
}

function parsePeak(text: string | undefined): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(text ?? '')?.[1] ?? 0) * 1024;
}
