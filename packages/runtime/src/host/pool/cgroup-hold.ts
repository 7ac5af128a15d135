import type { CgroupSupport } from '../../jail/cgroup/cgroup-parent.ts';
import type { LayerReport } from '../../jail/jail-spec.ts';

/** A worker's place in the cgroups of its runtime, or the lack of one. */
export interface CgroupHold {
  readonly layers: readonly LayerReport[];
  /** Bounds the resident memory that the worker may take from now on, in bytes. */
  limitMemory(bytes: number): void;
  /** Ends everything in it. The worker is killed in its own way too; this is for what that way could have missed. */
  kill(): void;
  /** To be called when the worker is reaped. */
  release(): void;
}

/** Until a skill is known: the largest heap that a manifest may ask for, and what Node and V8 have beside it. */
const MEMORY_BYTES = 768 * 2 ** 20;
/** The filter has no fork; this is for threads, of which an honest worker has some ten. */
const PROCESSES = 32;
/** The skill computes on one thread. What V8 does beside it can wait. */
const CPU_PERCENT = 100;

/**
 * Puts a launched worker into a cgroup of its own, before it has seen any skill. What it used to boot stays on the host's
 * account. Where that fails the worker goes on without, and its report says so: cgroups add to the limits that every
 * worker has, and no level of protection asks for them.
 */
export function holdByCgroup(support: CgroupSupport | undefined, pid: number): CgroupHold {
  if (support === undefined) return notHeld([]);
  if (support.kind === 'none') return notHeld([{ layer: 'cgroup', state: 'absent', detail: support.reason }]);
  const { parent } = support;
  try {
    const cgroup = parent.create({ memoryBytes: MEMORY_BYTES, processes: PROCESSES, cpuPercent: CPU_PERCENT });
    cgroup.join(pid);
    return {
      layers: [{ layer: 'cgroup', state: 'enforced', detail: `limits of ${parent.controllers.join(', ')}` }],
      limitMemory: (bytes) => quietly(() => cgroup.limitMemory(bytes)),
      kill: () => quietly(() => cgroup.kill()),
      release: () => void cgroup.remove(),
    };
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'the cgroup could not be made';
    return notHeld([{ layer: 'cgroup', state: 'absent', detail }]);
  }
}

/** A worker that has ended takes its cgroup with it; its limits and its end are no longer anybody's concern. */
function quietly(act: () => void): void {
  try {
    act();
  } catch {
    // ENOENT or ENODEV. The walls that every worker has do not depend on it.
  }
}

function notHeld(layers: readonly LayerReport[]): CgroupHold {
  const nothing = (): void => undefined;
  return { layers, limitMemory: nothing, kill: nothing, release: nothing };
}
