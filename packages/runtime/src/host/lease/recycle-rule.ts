/** How long one worker may serve its key. */
export interface RecycleRule {
  readonly maxCalls: number;
  readonly maxAgeMs: number;
  /** Resident size between two calls beyond that of the booted worker, in MiB: what calls have left behind. */
  readonly maxGrowthMiB: number;
  /** Time without a call. */
  readonly maxIdleMs: number;
}

/** Profiles whose workers outlive a call. */
export type KeptIsolation = 'skill' | 'session';

const MINUTE_MS = 60_000;

/**
 * A worker of the `skill` profile holds nothing between calls, so it is replaced early and often. One of the `session` profile
 * holds what the user expects to find again: it ends when the session is old or idle, and its heap has a limit of its own.
 */
export const RECYCLE_RULES: Readonly<Record<KeptIsolation, RecycleRule>> = {
  skill: { maxCalls: 1_000, maxAgeMs: 10 * MINUTE_MS, maxGrowthMiB: 48, maxIdleMs: MINUTE_MS },
  session: { maxCalls: 1_000_000, maxAgeMs: 8 * 60 * MINUTE_MS, maxGrowthMiB: 560, maxIdleMs: 30 * MINUTE_MS },
};

/** What is known of a worker between two calls. */
export interface WorkerWear {
  readonly calls: number;
  readonly ageMs: number;
  readonly growthMiB: number;
  /** Processor time left until the kernel's own limit, in ms. */
  readonly cpuLeftMs: number;
}

/** Why a worker must not serve another call, or undefined when it may. */
export type RecycleReason = 'recycled: calls' | 'recycled: age' | 'recycled: memory' | 'recycled: processor time';

/** @param cpuMs processor budget of one call: a call must never meet the kernel's limit before its own. */
export function recycleReason(rule: RecycleRule, wear: WorkerWear, cpuMs: number): RecycleReason | undefined {
  if (wear.calls >= rule.maxCalls) return 'recycled: calls';
  if (wear.ageMs >= rule.maxAgeMs) return 'recycled: age';
  if (wear.growthMiB > rule.maxGrowthMiB) return 'recycled: memory';
  if (wear.cpuLeftMs <= cpuMs) return 'recycled: processor time';
  return undefined;
}
