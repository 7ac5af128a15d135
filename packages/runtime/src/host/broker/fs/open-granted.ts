import { limitRemedy } from '../limit-remedy.ts';
import type { ChangeScope } from './book-change.ts';
import { checkFsAccess, concealUnmatched, type FsNeed } from './fs-policy.ts';
import { type FsRefusal, refuse } from './fs-refusal.ts';
import { type BeneathPath, type OpenedEntry, type OpenIntent, openBeneath } from './open-beneath.ts';
import type { OpenHandles } from './open-handles.ts';

/** One operation on one path of one mount. */
export interface MountRequest extends ChangeScope {
  readonly path: BeneathPath;
  readonly handles: OpenHandles;
}

/** What a request may do with its path: decided, and charged as one file. */
export type Admission = { readonly kind: 'admitted'; readonly scope: 'matched' | 'through' } | FsRefusal;

/** Grant, then budget: a refused path costs nothing, an admitted one counts even if nothing is there. */
export function admit({ root, path, meter }: MountRequest, need: FsNeed): Admission {
  const decision = checkFsAccess(root.grant, path.components, need);
  if (decision.kind === 'refused') return decision;
  if (!meter.charge('files', 1)) return refuse('budget-files', limitRemedy('files'));
  return { kind: 'admitted', scope: decision.scope };
}

/** The order every operation keeps: grant, budget, and only then the gate. A refused path costs the disk nothing. */
export function openGranted(request: MountRequest, need: FsNeed, intent: OpenIntent): OpenedEntry | FsRefusal {
  const admission = admit(request, need);
  if (admission.kind === 'refused') return admission;
  const entry = openBeneath(request.root, request.path, intent);
  if (entry.kind === 'refused') return concealUnmatched(entry, admission.scope);
  if (entry.kind === 'file' && admission.scope === 'through') {
    entry.handle[Symbol.dispose]();
    return refuse('path-not-matched');
  }
  return entry;
}
