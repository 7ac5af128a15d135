import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { descendantsOf } from '../adversarial/host-program.ts';

/** What this process holds of the machine. */
export interface Holdings {
  readonly descriptors: number;
  readonly processes: number;
  readonly timers: number;
  readonly temporaryFiles: readonly string[];
  readonly residentMiB: number;
  /** What is reachable after a collection, in the heap and outside it: the part of the resident size that a leak is in. */
  readonly liveMiB: number;
}

const MIB = 2 ** 20;
const PAGE_BYTES = 4096;

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

/** Measured after a collection. The listing of descriptors itself opens one, the same one every time. */
export function measureHoldings(): Holdings {
  if (typeof collectGarbage === 'function') collectGarbage();
  return {
    descriptors: readdirSync('/proc/self/fd').length,
    processes: descendantsOf(process.pid).length,
    timers: process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length,
    temporaryFiles: readdirSync(tmpdir()),
    residentMiB: residentMiB(),
    liveMiB: liveMiB(),
  };
}

/** Resident size of this process, without a collection. */
export function residentMiB(): number {
  return Math.round((Number(readFileSync('/proc/self/statm', 'utf8').split(' ')[1]) * PAGE_BYTES) / MIB);
}

function liveMiB(): number {
  const { heapUsed, external } = process.memoryUsage();
  return Math.round((heapUsed + external) / MIB);
}
