import type { FsLimits, FsMeter } from './fs-limits.ts';
import { checkFsAccess, concealUnmatched, type FsNeed } from './fs-policy.ts';
import { type FsRefusal, refuse } from './fs-refusal.ts';
import type { MountRoot } from './mount-root.ts';
import { type BeneathPath, type OpenedEntry, type OpenIntent, openBeneath } from './open-beneath.ts';
import type { OpenHandles } from './open-handles.ts';

/** One operation on one path of one mount. */
export interface MountRequest {
  readonly root: MountRoot;
  readonly path: BeneathPath;
  readonly limits: FsLimits;
  readonly meter: FsMeter;
  readonly handles: OpenHandles;
}

/** The order every operation keeps: grant, budget, and only then the gate. A refused path costs the disk nothing. */
export function openGranted(request: MountRequest, need: FsNeed, intent: OpenIntent): OpenedEntry | FsRefusal {
  const { root, path, meter } = request;
  const decision = checkFsAccess(root.grant, path.components, need);
  if (decision.kind === 'refused') return decision;
  if (!meter.charge('files', 1)) return refuse('budget-files');
  const entry = openBeneath(root, path, intent);
  if (entry.kind === 'refused') return concealUnmatched(entry, decision.scope);
  if (entry.kind === 'file' && decision.scope === 'through') {
    entry.handle[Symbol.dispose]();
    return refuse('path-not-matched');
  }
  return entry;
}
