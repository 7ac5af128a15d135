import type { Lease } from '../lease/lease.ts';
import type { LeaseWish, WorkerLeases } from '../lease/worker-leases.ts';
import type { CallRequest } from './call-executor.ts';

/** The reason of a deadline's own signal, so that it is told from the caller's. */
class DeadlinePassed extends Error {}

/**
 * A worker for a call, unless the call's time is spent before there is one: the deadline counts the queue and the boot, so
 * that a caller is never kept longer than the skill's limit says. Rejects with the caller's own reason when it aborts.
 */
export async function leaseInTime(
  leases: WorkerLeases,
  wish: LeaseWish,
  { startedAt, skill }: CallRequest,
  now: () => number,
): Promise<Lease | 'too-late'> {
  wish.signal?.throwIfAborted();
  const ready = leases.takeReady(wish);
  if (ready !== undefined) return ready;
  const deadline = new AbortController();
  const timer = setTimeout(
    () => deadline.abort(new DeadlinePassed()),
    Math.max(0, startedAt + skill.limits.wallMs - now()),
  );
  try {
    const signal = wish.signal === undefined ? deadline.signal : AbortSignal.any([wish.signal, deadline.signal]);
    return await leases.lease({ ...wish, signal });
  } catch (error) {
    if (error instanceof DeadlinePassed) return 'too-late';
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
