import type { SkillLimits } from '@carapace/manifest';
import type { BudgetCode } from '../../budget/call-budget.ts';
import type { ProcessMeter, ProcessUsage } from '../pool/process-meter.ts';

/** How often the kernel's figures are read, in ms: the most a budget is overrun before the kill, scheduling aside. */
const SAMPLE_MS = 20;
const MIB = 2 ** 20;
/** Resident size a call may add beyond its heap: bundle text, V8's own tables, one buffer on its way through. */
const MEMORY_ALLOWANCE_MIB = 48;

export interface WatchdogLimits {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly memoryMiB: number;
}

/** Time and memory of one call, measured from `start`. The spare's boot is not the call's. */
export interface CallUsage {
  readonly wallMs: number;
  readonly cpuMs: number;
  /** Largest resident growth seen since the start of the call, in MiB. */
  readonly peakMemoryMiB: number;
}

export interface Watchdog {
  usage(): CallUsage;
  /** True when the kernel's high-water mark, or the last sample of a process that is gone, is near the heap limit. */
  reachedMemoryLimit(): boolean;
  stop(): void;
}

/** Arms wall clock, processor time and memory at once; `onSpent` is called at most once. */
export function startWatchdog(
  meter: ProcessMeter,
  limits: WatchdogLimits,
  now: () => number,
  onSpent: (code: BudgetCode) => void,
): Watchdog {
  const startedAt = now();
  const base = meter.read();
  let peakBytes = 0;
  let last: ProcessUsage = base;
  const sample = (): ProcessUsage => {
    last = meter.read();
    peakBytes = Math.max(peakBytes, last.residentBytes - base.residentBytes);
    return last;
  };
  const stop = (): void => {
    clearTimeout(wall);
    clearInterval(sampling);
  };
  const spend = (code: BudgetCode): void => {
    stop();
    onSpent(code);
  };
  const wall = setTimeout(() => spend('ERR_CARAPACE_BUDGET_WALL'), limits.wallMs);
  const sampling = setInterval(() => {
    const { cpuMs } = sample();
    if (peakBytes > (limits.memoryMiB + MEMORY_ALLOWANCE_MIB) * MIB) spend('ERR_CARAPACE_BUDGET_MEMORY');
    else if (cpuMs - base.cpuMs > limits.cpuMs) spend('ERR_CARAPACE_BUDGET_CPU');
  }, SAMPLE_MS);
  return {
    usage: () => {
      sample();
      return {
        wallMs: Math.round(now() - startedAt),
        cpuMs: last.cpuMs - base.cpuMs,
        peakMemoryMiB: Math.round(Math.max(0, peakBytes) / MIB),
      };
    },
    reachedMemoryLimit: () => Math.max(meter.readPeak() - base.residentBytes, peakBytes) > (limits.memoryMiB * MIB) / 2,
    stop,
  };
}

export function watchdogLimits({ wallMs, cpuMs, memoryMiB }: SkillLimits): WatchdogLimits {
  return { wallMs, cpuMs, memoryMiB };
}
