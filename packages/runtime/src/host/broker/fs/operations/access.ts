import { assertNever } from '@carapace/manifest/base';
import type { FsDone } from '../fs-outcome.ts';
import { type FsRefusal, refuse } from '../fs-refusal.ts';
import { type MountRequest, openGranted } from '../open-granted.ts';

export type AccessMode = 'exists' | 'read' | 'write';

/** Answers with no value, or refuses. `read` on a directory asks whether it may be listed. */
export function access(request: MountRequest, mode: AccessMode): FsDone | FsRefusal {
  switch (mode) {
    case 'exists':
    case 'read':
      return inspect(request, mode === 'read');
    case 'write':
      // Read-only broker: no grant can make this true.
      return refuse('access-missing');
    default:
      return assertNever(mode);
  }
}

function inspect(request: MountRequest, mustBeReadable: boolean): FsDone | FsRefusal {
  const entry = openGranted(request, 'inspect', 'inspect');
  if (entry.kind === 'refused') return entry;
  entry.handle[Symbol.dispose]();
  const needed = entry.kind === 'file' ? 'read' : 'list';
  if (mustBeReadable && !request.root.grant.access.has(needed)) return refuse('access-missing');
  return { kind: 'done' };
}
