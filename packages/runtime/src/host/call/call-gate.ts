import type { SkillLimits } from '@carapace/manifest';

const MINUTE_MS = 60_000;

/** Counts the calls of one loaded skill against its `concurrency` and `callsPerMinute`. */
export interface CallGate {
  /** Registers a call, or tells which limit refuses it. */
  enter(): 'entered' | 'ERR_CARAPACE_BUDGET_CONCURRENCY' | 'ERR_CARAPACE_BUDGET_RATE';
  leave(): void;
}

export function createCallGate({ concurrency, callsPerMinute }: SkillLimits, now: () => number): CallGate {
  let running = 0;
  let starts: number[] = [];
  return {
    enter: () => {
      const since = now() - MINUTE_MS;
      starts = starts.filter((start) => start > since);
      if (starts.length >= callsPerMinute) return 'ERR_CARAPACE_BUDGET_RATE';
      if (running >= concurrency) return 'ERR_CARAPACE_BUDGET_CONCURRENCY';
      starts.push(now());
      running += 1;
      return 'entered';
    },
    leave: () => {
      running -= 1;
    },
  };
}
