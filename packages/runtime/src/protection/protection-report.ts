import type { LayerReport } from '../jail/jail-spec.ts';

/**
 * How strong the wall around a worker is, weakest first.
 * `process`: a process of its own and an isolate, nothing that survives native code execution.
 * `filtered`: system-call filter, resource limits and no new privileges hold; files are guarded by the filter's read-only
 * rule and user rights alone, because the kernel has no Landlock of ABI 4 or newer.
 * `jailed`: all of that, Landlock, and the second filter: a worker under native code execution can open nothing at all.
 * `contained`: all of that and namespaces of its own: it cannot even see that other files, processes or networks exist.
 */
export const PROTECTION_LEVELS = ['process', 'filtered', 'jailed', 'contained'] as const;
/** One of PROTECTION_LEVELS. */
export type ProtectionLevel = (typeof PROTECTION_LEVELS)[number];

type LayerState = LayerReport['state'];
type Requirement = readonly [layer: LayerReport['layer'], states: readonly LayerState[]];
const WHOLE: readonly LayerState[] = ['enforced'];
const IN_PART: readonly LayerState[] = ['enforced', 'partial'];

/** What each level asks for beyond the one below it. */
const LAYERS_OF: Readonly<Record<ProtectionLevel, readonly Requirement[]>> = {
  process: [],
  filtered: [
    ['seccomp', WHOLE],
    ['no-new-privileges', WHOLE],
    ['rlimits', WHOLE],
  ],
  jailed: [
    ['landlock', IN_PART],
    ['identity', IN_PART],
    ['sealed', WHOLE],
  ],
  contained: [['namespaces', WHOLE]],
};

/** What is enforced, read from the launcher's own report of each worker, never from configuration. */
export interface ProtectionReport {
  readonly level: ProtectionLevel;
  readonly layers: readonly LayerReport[];
}

/** The level that a set of layers amounts to. A layer that is missing from the list counts as absent. */
export function protectionOf(layers: readonly LayerReport[]): ProtectionReport {
  const stateOf = (name: LayerReport['layer']): LayerReport['state'] =>
    layers.find(({ layer }) => layer === name)?.state ?? 'absent';
  const has = (level: ProtectionLevel): boolean =>
    LAYERS_OF[level].every(([name, states]) => states.includes(stateOf(name)));
  const level = PROTECTION_LEVELS.findLast((_, at) => PROTECTION_LEVELS.slice(0, at + 1).every(has)) ?? 'process';
  return { level, layers };
}

export function atLeast(actual: ProtectionLevel, required: ProtectionLevel): boolean {
  return PROTECTION_LEVELS.indexOf(actual) >= PROTECTION_LEVELS.indexOf(required);
}

/** What keeps the report below a level, as one clause for an error message. */
export function shortfall(report: ProtectionReport, required: ProtectionLevel): string {
  const needed = PROTECTION_LEVELS.filter((level) => atLeast(required, level)).flatMap((level) => LAYERS_OF[level]);
  const weak = needed.flatMap(([name, states]) => {
    const layer = report.layers.find((candidate) => candidate.layer === name);
    if (layer === undefined) return [`${name}: missing from the launch report`];
    return states.includes(layer.state) ? [] : [`${name}: ${layer.detail}`];
  });
  return weak.join('; ');
}

/** Names of the layers that stand, for results and records; one that holds only in part says so. */
export function standingLayers({ layers }: ProtectionReport): readonly string[] {
  return layers
    .filter(({ state }) => state !== 'absent')
    .map(({ layer, state }) => (state === 'partial' ? `${layer} (partial)` : layer));
}
