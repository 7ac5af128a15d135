import type { PoolPowers } from './pool-powers.ts';

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
const PAGE_BYTES = 4096;
/** Positions in /proc/PID/stat counted behind the closing bracket of the command name, which may hold anything. */
const PARENT = 1;
const UTIME = 11;
const STIME = 12;
const THREADS = 17;
const RSS_PAGES = 21;

/** Opens the meter of a running process. Throws when it is gone already. */
export function openProcessMeter(powers: PoolPowers, pid: number): ProcessMeter {
  const stat = powers.openProcFile(pid, 'stat');
  const status = powers.openProcFile(pid, 'status');
  let last: ProcessUsage = { cpuMs: 0, residentBytes: 0, threads: 0, sizeHidden: false };
  return {
    read: () => {
      last = parseStat(stat.read()) ?? last;
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

export function parseStat(text: string | undefined): ProcessUsage | undefined {
  const fields = fieldsOf(text);
  if (fields === undefined || fields.length <= RSS_PAGES) return undefined;
  const cpuMs = (Number(fields[UTIME]) + Number(fields[STIME])) * TICK_MS;
  const residentBytes = Number(fields[RSS_PAGES]) * PAGE_BYTES;
  const threads = Number(fields[THREADS]);
  const sizeHidden = fields[0] === 'Z';
  // A whole process that has ended reports no memory: its processor time is still true, its size is not a measurement.
  return sizeHidden && threads <= 1 ? undefined : { cpuMs, residentBytes, threads, sizeHidden };
}

/** Parent's number in the text of /proc/PID/stat. */
export function parseParent(text: string | undefined): number | undefined {
  const parent = fieldsOf(text)?.[PARENT];
  return parent === undefined ? undefined : Number(parent);
}

function fieldsOf(text: string | undefined): readonly string[] | undefined {
  return text?.slice(text.lastIndexOf(')') + 2).split(' ');
}

function parseFilters(text: string | undefined): number | undefined {
  const count = /^Seccomp_filters:\s+(\d+)$/m.exec(text ?? '')?.[1];
  return count === undefined ? undefined : Number(count);
}

function parsePeak(text: string | undefined): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(text ?? '')?.[1] ?? 0) * 1024;
}
