import type { Report } from './report.ts';

/** Where and with what a run was made, in three lines. */
export function describeRun({ machine, versions, startedAt, tookSeconds, quick }: Report): readonly string[] {
  const { cpu, cores, memoryMiB, kernel, os, load } = machine;
  const { node, v8, carapace, peers, ...native } = versions;
  const named = [['carapace', carapace] as const, ...Object.entries(native), ...Object.entries(peers)];
  return [
    `${cpu}, ${cores} cores, ${memoryMiB} MiB; ${os}, kernel ${kernel}; load before the run ${load.toFixed(2)}`,
    `Node ${node} (V8 ${v8}), ${named.map(([name, version]) => `${name} ${version}`).join(', ')}`,
    `${startedAt}, took ${tookSeconds} s${quick ? '; quick run, few samples' : ''}`,
  ];
}
