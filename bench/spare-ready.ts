import { setTimeout as sleep } from 'node:timers/promises';
import type { Runtime } from '@carapace/runtime';

const TIMEOUT_MS = 30_000;

/** Waits until exactly `spares` workers are alive and all are idle: the last call's worker is reaped, nothing boots. */
export function untilSparesReady(runtime: Runtime, spares: number): Promise<void> {
  return until('get spare workers ready', () => {
    const stats = runtime.stats();
    return stats.spares === spares && stats.alive === spares;
  });
}

/** Looks every millisecond, so that waiting takes no processor from what is waited for. */
export async function until(action: string, condition: () => boolean): Promise<void> {
  const deadline = performance.now() + TIMEOUT_MS;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`Cannot ${action}: still waiting after ${TIMEOUT_MS} ms`);
    await sleep(1);
  }
}
