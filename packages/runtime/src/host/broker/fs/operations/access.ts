import { assertNever } from '@carapace/manifest/base';
import { DONE, type FsResult } from '../fs-outcome.ts';
import { demandAccess } from '../fs-policy.ts';
import { WRITE_PINNED_FLAGS } from '../fs-powers.ts';
import { type MountRequest, openGranted } from '../open-granted.ts';

export type AccessMode = 'exists' | 'read' | 'write';

/** Answers with no value, or refuses. On a directory `read` asks whether it may be listed, `write` whether names may be made in it. */
export function access(request: MountRequest, mode: AccessMode): FsResult {
  switch (mode) {
    case 'exists':
      return inspect(request);
    case 'read':
      return inspect(request, { file: 'read', directory: 'list' });
    case 'write': {
      const asFile = openGranted(request, 'write', WRITE_PINNED_FLAGS);
      if (asFile.kind !== 'refused') asFile.handle[Symbol.dispose]();
      else if (asFile.rule === 'is-directory') return demandAccess(request.root.grant, 'create') ?? DONE;
      return asFile.kind === 'refused' ? asFile : DONE;
    }
    default:
      return assertNever(mode);
  }
}

function inspect(request: MountRequest, needed?: { readonly file: 'read'; readonly directory: 'list' }): FsResult {
  const entry = openGranted(request, 'inspect', 'inspect');
  if (entry.kind === 'refused') return entry;
  entry.handle[Symbol.dispose]();
  if (needed === undefined) return DONE;
  return demandAccess(request.root.grant, needed[entry.kind]) ?? DONE;
}
