import type { SkillLimits } from '@carapace/manifest';
import type { BudgetCode } from '../../budget/call-budget.ts';
import { CALL_ALLOWANCE_MIB } from '../pool/memory-ledger.ts';
import type { ProcessMeter, ProcessUsage } from '../pool/process-meter.ts';

/** How often the kernel's figures are read, in ms: the most a budget is overrun before the kill, scheduling aside. */
const SAMPLE_MS = 20;
const MIB = 2 ** 20;
/**
 * Threads a worker may add to those of its boot; Node's own pools have fewer. No kernel limit fits: RLIMIT_NPROC counts per user, not per process.
 * Attack: 30,000 sleeping threads are on no other meter and take every process id of the machine.
 */
const THREAD_ALLOWANCE = 32;
/** A dying worker looks for a moment as if it hid its size, so that counts only after this many samples in a row. */
const HIDDEN_SAMPLES = 4;

export interface WatchdogLimits {
  /** When the call was accepted, by the clock that the watchdog is given: `wallMs` counts from there. */
  readonly startedAt: number;
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly memoryMiB: number;
}

/** What is measured. */
export interface Measured {
  readonly meter: ProcessMeter;
  /** What the worker had used when it was lent for the first time: its boot is nobody's call. */
  readonly base: ProcessUsage;
  /** What it had used when it was measured last. Between two calls a worker rests, so a call begins with this figure. */
  usage: ProcessUsage;
}

/** Time of one call from its start; memory of the worker beyond its boot, whichever call left it behind. */
export interface CallUsage {
  readonly wallMs: number;
  readonly cpuMs: number;
  /** Largest resident size seen during the call beyond that of the booted worker, in MiB. */
  readonly peakMemoryMiB: number;
}

export interface Watchdog {
  usage(): CallUsage;
  /** True when the kernel's high-water mark, or the last sample of a process that is gone, is near the heap limit. */
  reachedMemoryLimit(): boolean;
  stop(): void;
}

/** What ends a call: a spent budget, or more threads than any honest worker starts. */
export type Alarm = BudgetCode | 'threads';

/** Arms wall clock, processor time, memory and threads at once; `onAlarm` is called at most once. */
export function startWatchdog(
  measured: Measured,
  limits: WatchdogLimits,
  now: () => number,
  onAlarm: (alarm: Alarm) => void,
): Watchdog {
  const { meter, base } = measured;
  const { startedAt } = limits;
  let last: ProcessUsage = measured.usage;
  const cpuBefore = last.cpuMs;
  let peakBytes = 0;
  let hiddenFor = 0;
  const sample = (): ProcessUsage => {
    last = meter.read();
    measured.usage = last;
    peakBytes = Math.max(peakBytes, last.residentBytes - base.residentBytes);
    hiddenFor = last.sizeHidden ? hiddenFor + 1 : 0;
    return last;
  };
  const stop = (): void => {
    clearTimeout(wall);
    clearInterval(sampling);
  };
  const ring = (alarm: Alarm): void => {
    stop();
    onAlarm(alarm);
  };
  const wall = setTimeout(() => ring('ERR_CARAPACE_BUDGET_WALL'), Math.max(0, startedAt + limits.wallMs - now()));
  const sampling = setInterval(() => {
    const { cpuMs, threads } = sample();
    if (threads - base.threads > THREAD_ALLOWANCE) ring('threads');
    else if (peakBytes > (limits.memoryMiB + CALL_ALLOWANCE_MIB) * MIB) ring('ERR_CARAPACE_BUDGET_MEMORY');
    else if (cpuMs - cpuBefore > limits.cpuMs) ring('ERR_CARAPACE_BUDGET_CPU');
    // What cannot be measured is not within its limit.
    else if (hiddenFor >= HIDDEN_SAMPLES) ring('ERR_CARAPACE_BUDGET_MEMORY');
  }, SAMPLE_MS);
  return {
    usage: () => {
      sample();
      return {
        wallMs: Math.round(now() - startedAt),
        cpuMs: last.cpuMs - cpuBefore,
        peakMemoryMiB: Math.round(Math.max(0, peakBytes) / MIB),
      };
    },
    reachedMemoryLimit: () => Math.max(meter.readPeak() - base.residentBytes, peakBytes) > (limits.memoryMiB * MIB) / 2,
    stop,
  };
}

export function watchdogLimits({ wallMs, cpuMs, memoryMiB }: SkillLimits, startedAt: number): WatchdogLimits {
  return { startedAt, wallMs, cpuMs, memoryMiB };
}
