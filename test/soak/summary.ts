import type { Ledger } from './ledger.ts';
import type { Holdings } from './machine.ts';

/** How the soak went, as it is written for programs. */
export interface Summary {
  readonly seed: number;
  readonly seconds: number;
  readonly calls: number;
  readonly kills: number;
  readonly scenarios: readonly {
    readonly name: string;
    readonly calls: number;
    readonly p50Ms: number;
    readonly p99Ms: number;
    readonly fates: Readonly<Record<string, number>>;
  }[];
  readonly eventLoopDelayMs: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly before: Holdings;
  readonly after: Holdings;
  readonly faults: readonly string[];
  readonly suppressedFaults: number;
}

export function rowsOf(ledger: Ledger): Summary['scenarios'] {
  return [...ledger.rows].map(([name, { fates, durations }]) => {
    const sorted = durations.toSorted((one, other) => one - other);
    const at = (share: number): number => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
    return { name, calls: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), fates: Object.fromEntries(fates) };
  });
}

/** The same for people. */
export function printSummary(summary: Summary): string {
  const { scenarios, before, after, eventLoopDelayMs: delay, faults } = summary;
  const lines = scenarios.map(({ name, calls, p50Ms, p99Ms, fates }) => {
    const outcomes = Object.entries(fates).map(([fate, count]) => `${fate.replace('ERR_CARAPACE_', '')} ${count}`);
    return `${name.padEnd(18)} ${pad(calls, 6)} ${pad(p50Ms, 7)} ${pad(p99Ms, 7)}  ${outcomes.join(', ')}`;
  });
  const held = (['descriptors', 'processes', 'timers', 'residentMiB', 'liveMiB'] as const).map(
    (figure) => `${figure} ${before[figure]} → ${after[figure]}`,
  );
  return [
    `${'scenario'.padEnd(18)} ${'calls'.padStart(6)} ${'p50 ms'.padStart(7)} ${'p99 ms'.padStart(7)}  outcomes`,
    ...lines,
    '',
    `${summary.calls} calls in ${summary.seconds} s, ${summary.kills} workers killed, seed ${summary.seed}`,
    `event loop delay: p50 ${delay.p50} ms, p99 ${delay.p99} ms, longest ${delay.max} ms`,
    `the host before and after: ${held.join(', ')}, temporary files ${before.temporaryFiles.length} → ${after.temporaryFiles.length}`,
    ...(faults.length === 0
      ? ['every invariant held']
      : [`${faults.length + summary.suppressedFaults} faults:`, ...faults.map((fault) => `  ${fault}`)]),
    '',
  ].join('\n');
}

function pad(figure: number, width: number): string {
  return String(figure).padStart(width);
}
