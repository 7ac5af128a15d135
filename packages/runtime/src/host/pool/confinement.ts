import type { CgroupSupport } from '../../jail/cgroup/cgroup-parent.ts';
import type { Enclosure } from '../../jail/namespace/enclosure.ts';
import type { ProcessKiller } from '../native/process-killer.ts';

/** What the machine lends to every worker of a runtime, found out once at its start. */
export interface Confinement {
  readonly enclosure: Enclosure;
  /** There whenever the enclosure is bubblewrap: the worker is then no child of the host. */
  readonly killer?: ProcessKiller;
  /** Default: not looked for, and not reported. */
  readonly cgroups?: CgroupSupport;
}

export const UNCONFINED: Confinement = { enclosure: { kind: 'none', reason: 'namespaces were not asked for' } };
