import { constants } from 'node:os';
import type { ProcessKiller } from '../native/process-killer.ts';
import type { PoolPowers } from './pool-powers.ts';
import { openProcessMeter, type ProcessMeter } from './process-meter.ts';
import { parseParent } from './process-stat.ts';
import type { WorkerExit } from './worker-death.ts';

/** A worker inside bubblewrap: the host's child is bwrap, whose child is process 1 of the namespace, whose child is the worker. */
export interface EnclosedWorker {
  readonly pid: number;
  readonly meter: ProcessMeter;
  /**
   * SIGKILL to process 1. The kernel ends every process of the namespace and lets go of process 1 only when all are gone, so
   * bwrap's own end, which follows, says that the worker is reaped. False when process 1 is gone already.
   */
  kill(): boolean;
  close(): void;
}

/**
 * Finds the worker behind the number in its launch report and holds on to it. Nothing untrusted has run when the report is
 * written, and the number is checked all the same: a worker that is not a grandchild of `bwrapPid` would be metered in the
 * place of the real one.
 *
 * @throws TypeError when it is not; Error from the file system when it is gone
 */
export function openEnclosedWorker(
  powers: PoolPowers,
  bwrapPid: number,
  pid: number,
  killer: ProcessKiller,
): EnclosedWorker {
  const meter = openProcessMeter(powers, pid);
  try {
    const first = meter.readParent() ?? 0;
    const stat = powers.openProcFile(first, 'stat');
    const isTheOne = (): boolean => parseParent(stat.read()) === bwrapPid;
    if (!isTheOne()) {
      stat.close();
      throw new TypeError(`Cannot meter process ${pid}: it is not in the namespace of this worker`);
    }
    return {
      pid,
      meter,
      kill: () => killer.kill(first, isTheOne),
      close: () => {
        meter.close();
        stat.close();
      },
    };
  } catch (error) {
    meter.close();
    throw error;
  }
}

/** Of two names for one number (SIGABRT, SIGIOT) the one that Node itself uses comes first, so it has to be set last. */
const SIGNAL_NAMES: ReadonlyMap<number, NodeJS.Signals> = new Map(
  Object.entries(constants.signals)
    .toReversed()
    .flatMap(([name, number]) => (isSignalName(name) ? [[number, name] as const] : [])),
);
const SIGNALLED = 128;

/**
 * bwrap ends with 128 + n where the worker was ended by signal n. A worker can claim a signal by that number; it could as well
 * send it to itself.
 */
export function exitInside({ code, signal }: WorkerExit): WorkerExit {
  const inside = code !== null && code > SIGNALLED ? SIGNAL_NAMES.get(code - SIGNALLED) : undefined;
  return inside === undefined ? { code, signal } : { code: null, signal: inside };
}

function isSignalName(name: string): name is NodeJS.Signals {
  return name.startsWith('SIG') && name in constants.signals;
}
