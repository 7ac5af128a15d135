import type { FairQueue, Ticket } from './fair-queue.ts';
import { IDLE_WORKER_MIB, leaseGrowthMiB } from './memory-ledger.ts';
import { bootsSuspended } from './pool-refusal.ts';
import type { ProfileBook } from './profile-book.ts';
import type { Waiter } from './waiter.ts';
import type { WorkerFleet } from './worker-fleet.ts';

/** What a pass over the waiting calls works with. */
export interface Counter {
  readonly queue: FairQueue<Waiter>;
  readonly fleet: WorkerFleet;
  readonly now: () => number;
  /** Kills one lent worker that runs nothing, at once, and tells whether there was one. */
  readonly reclaim: () => boolean;
  readonly onLent: (book: ProfileBook) => void;
}

/** What has been promised to the calls that this pass has seen already. */
interface Pass extends Counter {
  freeMiB: number;
  /** Dying workers whose places nobody counts on. */
  ending: number;
  readonly coming: ProfileBook[];
}

/**
 * Goes over the waiting calls in turn and does for each what can be done now: hands out a spare, starts a worker, makes room, or
 * refuses. Ends at the first call that has to wait for room, because whoever is behind it must not take that room first.
 */
export function serveInTurn(counter: Counter): void {
  const { queue, fleet } = counter;
  if (queue.size === 0) return;
  const pass = { ...counter, freeMiB: fleet.ledger.freeMiB, ending: fleet.ending.count, coming: [...fleet.booting] };
  for (const ticket of queue.inTurn()) if (!advance(ticket, pass)) return;
}

/** False when the call has to wait for room. */
function advance(ticket: Ticket<Waiter>, pass: Pass): boolean {
  const { book, request } = ticket.item;
  const growth = leaseGrowthMiB(request.memoryMiB);
  const hasSpare = pass.fleet.idle.countOf(book) > 0;
  const coming = pass.coming.indexOf(book);
  const needed = hasSpare || coming !== -1 ? growth : IDLE_WORKER_MIB + growth;
  if (needed > pass.freeMiB) {
    giveUpMemory(pass, book, needed - pass.freeMiB);
    return false;
  }
  pass.freeMiB -= needed;
  if (hasSpare) return handOut(ticket, pass);
  if (coming === -1) return bootFor(ticket, pass);
  pass.coming.splice(coming, 1);
  return true;
}

function handOut(ticket: Ticket<Waiter>, { queue, fleet, onLent }: Pass): boolean {
  const waiter = ticket.item;
  const ready = fleet.lend(waiter.book, waiter.request.memoryMiB);
  if (ready === undefined) return false;
  queue.serve(ticket);
  waiter.resolve(ready);
  onLent(waiter.book);
  return true;
}

/** Starts a worker for a call that none is being booted for, or finds a place for it. */
function bootFor(ticket: Ticket<Waiter>, pass: Pass): boolean {
  const { queue, fleet, now, reclaim } = pass;
  const { book } = ticket.item;
  const status = book.breaker.status(now());
  if (status.retryInMs > 0) {
    queue.remove(ticket);
    ticket.item.reject(bootsSuspended(status));
    return true;
  }
  if (fleet.hasPlace()) {
    // While a trial boot is under way no other one is started; its end will serve this call or refuse it.
    const admission = book.breaker.admit(now());
    if (admission.kind === 'admitted') fleet.boot(book, admission).catch(() => undefined);
    return true;
  }
  if (pass.ending > 0) {
    pass.ending -= 1;
    return true;
  }
  // A spare of another kind must not starve a call that cannot use it.
  return fleet.idle.retire(book) || reclaim();
}

/** Gives up what nobody uses until `missingMiB` will be free, or nothing is left to give up. All of it takes a moment. */
function giveUpMemory({ fleet, reclaim }: Pass, book: ProfileBook, missingMiB: number): void {
  while (fleet.ending.mib < missingMiB && fleet.idle.retire(book));
  if (fleet.ending.mib < missingMiB) reclaim();
}
