import { RuntimeFailure } from '../../errors.ts';
import type { BreakerStatus } from './circuit-breaker.ts';

/** A hint below this would make a crowd of callers come back at the same moment. */
const LEAST_RETRY_MS = 100;

export interface Crowd {
  readonly alive: number;
  readonly waiting: number;
  readonly oldestWaitMs: number;
}

/** The queue is full. The first in it has waited for so long, so a newcomer would have to wait about as long. */
export function queueFull({ alive, waiting, oldestWaitMs }: Crowd): RuntimeFailure {
  const retryInMs = Math.max(LEAST_RETRY_MS, Math.round(oldestWaitMs));
  return new RuntimeFailure(
    'ERR_CARAPACE_RUNTIME_BUSY',
    `Cannot start call: ${alive} workers are alive and ${waiting} calls wait; try again in about ${retryInMs} ms`,
    { detail: { alive, waiting, retryInMs } },
  );
}

/** To wait would not help. */
export function tooLarge(neededMiB: number, ceilingMiB: number): RuntimeFailure {
  return new RuntimeFailure(
    'ERR_CARAPACE_RUNTIME_MEMORY',
    `Cannot start call: its worker may take ${neededMiB} MiB, all workers together ${ceilingMiB} MiB`,
    { detail: { neededMiB, ceilingMiB } },
  );
}

/** Boots fail in a row, and to try again at once would only burn the machine's time. */
export function bootsSuspended({ failures, retryInMs }: BreakerStatus): RuntimeFailure {
  const wait = Math.ceil(retryInMs);
  return new RuntimeFailure(
    'ERR_CARAPACE_WORKER_START',
    `Cannot start worker: ${failures} starts in a row have failed, the next try is in ${wait} ms`,
    { detail: { failures, retryInMs: wait } },
  );
}

export function poolClosed(): RuntimeFailure {
  return new RuntimeFailure('ERR_CARAPACE_RUNTIME_CLOSED', 'Cannot start call: the runtime is closed');
}
