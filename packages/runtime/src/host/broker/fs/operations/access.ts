import { assertNever } from '@carapace/manifest/base';
import { DONE, type FsResult } from '../fs-outcome.ts';
import { demandAccess } from '../fs-policy.ts';
import { refuse } from '../fs-refusal.ts';
import { lookAtTarget } from '../look-at-target.ts';
import { admit, type MountRequest, openGranted } from '../open-granted.ts';

export type AccessMode = 'exists' | 'read' | 'write';

/** Answers with no value, or refuses. On a directory `read` asks whether it may be listed, `write` whether names may be made in it. */
export function access(request: MountRequest, mode: AccessMode): FsResult {
  switch (mode) {
    case 'exists':
      return inspect(request);
    case 'read':
      return inspect(request, { file: 'read', directory: 'list' });
    case 'write':
      return mayWrite(request);
    default:
      return assertNever(mode);
  }
}

function mayWrite(request: MountRequest): FsResult {
  const { root, path } = request;
  const admission = admit(request, 'write');
  if (admission.kind === 'refused') return admission;
  const target = lookAtTarget(root, path);
  if (target.kind === 'absent') return refuse('not-found');
  if (target.kind === 'refused' && target.rule === 'is-directory') return demandAccess(root.grant, 'create') ?? DONE;
  return target.kind === 'refused' ? target : DONE;
}

function inspect(request: MountRequest, needed?: { readonly file: 'read'; readonly directory: 'list' }): FsResult {
  const entry = openGranted(request, 'inspect', 'inspect');
  if (entry.kind === 'refused') return entry;
  entry.handle[Symbol.dispose]();
  if (needed === undefined) return DONE;
  return demandAccess(request.root.grant, needed[entry.kind]) ?? DONE;
}
