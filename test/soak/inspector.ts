import type { Runtime } from '@carapace/runtime';
import type { Ledger } from './ledger.ts';
import { residentMiB } from './machine.ts';

/** Bounds that the runtime was given, and the most that the host may grow to. */
export interface Bounds {
  readonly maxWorkers: number;
  readonly maxSpares: number;
  readonly maxQueue: number;
  readonly maxResidentMiB: number;
}

/** What must hold of the figures of a runtime at any moment. */
export function inspect(runtime: Runtime, ledger: Ledger, bounds: Bounds): void {
  const stats = runtime.stats();
  const { alive, spares, booting, busy, warm, waiting, reservedMiB, ceilingMiB, calls } = stats;
  const figures = JSON.stringify(stats);
  ledger.hold(alive <= bounds.maxWorkers, `more workers than ${bounds.maxWorkers}: ${figures}`);
  ledger.hold(spares <= bounds.maxSpares, `more spares than ${bounds.maxSpares}: ${figures}`);
  ledger.hold(waiting <= bounds.maxQueue, `more waiting calls than ${bounds.maxQueue}: ${figures}`);
  ledger.hold(spares + booting + busy + warm <= alive, `more workers at work than alive: ${figures}`);
  ledger.hold(reservedMiB <= ceilingMiB, `more memory promised than there is: ${figures}`);
  const ended = calls.succeeded + calls.failed + calls.rejected;
  ledger.hold(ended <= calls.started, `more calls ended than started: ${figures}`);
  ledger.hold(Object.values(stats).every(isCount), `a figure is no number of things: ${figures}`);
  const resident = residentMiB();
  ledger.hold(resident <= bounds.maxResidentMiB, `the host has grown to ${resident} MiB`);
}

function isCount(figure: unknown): boolean {
  return typeof figure === 'number' ? figure >= 0 : typeof figure === 'object';
}
