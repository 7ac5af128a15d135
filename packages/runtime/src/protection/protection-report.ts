import type { LayerReport } from '../jail/jail-spec.ts';

/**
 * How strong the wall around a worker is, weakest first.
 * `process`: a process of its own and an isolate, nothing that survives native code execution.
 * `filtered`: system-call filter, resource limits and no new privileges hold; files are guarded by the filter's read-only
 * rule and user rights alone, because the kernel has no Landlock of ABI 4 or newer.
 * `jailed`: all of that and Landlock: a worker under native code execution can read its own boot files and nothing else.
 */
export const PROTECTION_LEVELS = ['process', 'filtered', 'jailed'] as const;
/** One of PROTECTION_LEVELS. */
export type ProtectionLevel = (typeof PROTECTION_LEVELS)[number];

/** What is enforced, read from the launcher's own report of each worker, never from configuration. */
export interface ProtectionReport {
  readonly level: ProtectionLevel;
  readonly layers: readonly LayerReport[];
}

/** The level that a set of layers amounts to. A layer that is missing from the list counts as absent. */
export function protectionOf(layers: readonly LayerReport[]): ProtectionReport {
  const stateOf = (name: LayerReport['layer']): LayerReport['state'] =>
    layers.find(({ layer }) => layer === name)?.state ?? 'absent';
  const filtered =
    stateOf('seccomp') === 'enforced' &&
    stateOf('no-new-privileges') === 'enforced' &&
    stateOf('rlimits') === 'enforced';
  const contained = stateOf('landlock') !== 'absent' && stateOf('identity') !== 'absent';
  return { level: filtered ? (contained ? 'jailed' : 'filtered') : 'process', layers };
}

export function atLeast(actual: ProtectionLevel, required: ProtectionLevel): boolean {
  return PROTECTION_LEVELS.indexOf(actual) >= PROTECTION_LEVELS.indexOf(required);
}

/** What keeps the report below a level, as one clause for an error message. */
export function shortfall(report: ProtectionReport): string {
  const weak = report.layers
    .filter(({ state }) => state !== 'enforced')
    .map(({ layer, detail }) => `${layer}: ${detail}`);
  return weak.length === 0 ? 'a layer is missing from the launch report' : weak.join('; ');
}

/** Names of the layers that stand, for results and records; one that holds only in part says so. */
export function standingLayers({ layers }: ProtectionReport): readonly string[] {
  return layers
    .filter(({ state }) => state !== 'absent')
    .map(({ layer, state }) => (state === 'partial' ? `${layer} (partial)` : layer));
}
