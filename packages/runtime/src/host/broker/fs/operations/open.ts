import { assertNever } from '@carapace/manifest/base';
import type { FsOpenFlags } from '../../../../protocol/messages.ts';
import type { FsNeed } from '../fs-policy.ts';
import { APPENDING, UPDATE_PINNED_FLAGS } from '../fs-powers.ts';
import type { FsRefusal } from '../fs-refusal.ts';
import type { OpenIntent } from '../open-beneath.ts';
import { OpenFile } from '../open-file.ts';
import { openForAppending } from '../open-for-appending.ts';
import { admit, type MountRequest, openGranted } from '../open-granted.ts';
import { createInPlace } from '../open-in-place.ts';
import { stageGranted } from '../stage-file.ts';

/** Opens a file for piecewise use. Flags as in Node; `w` and `w+` replace the file at its close, all others work in place. */
export function openFile(request: MountRequest, flags: FsOpenFlags, target: string): OpenFile | FsRefusal {
  switch (flags) {
    case 'r':
      return openExisting(request, 'read', 'file', target);
    case 'r+':
      return openExisting(request, 'read-and-write', UPDATE_PINNED_FLAGS, target);
    case 'w':
    case 'w+':
      return openForReplacing(request, flags === 'w+', target);
    case 'wx':
    case 'wx+':
      return openNew(request, { readable: flags === 'wx+', appending: false }, target);
    case 'ax':
    case 'ax+':
      return openNew(request, { readable: flags === 'ax+', appending: true }, target);
    case 'a':
    case 'a+': {
      const admission = admit(request, 'put');
      return admission.kind === 'refused' ? admission : openForAppending(request, flags === 'a+', target);
    }
    default:
      return assertNever(flags);
  }
}

function openExisting(request: MountRequest, need: FsNeed, intent: OpenIntent, target: string): OpenFile | FsRefusal {
  const entry = openGranted(request, need, intent);
  if (entry.kind === 'refused') return entry;
  const mode = { readable: true, writable: need !== 'read', appending: false };
  return new OpenFile({ scope: request, mode, content: entry.handle, target });
}

function openForReplacing(request: MountRequest, readable: boolean, target: string): OpenFile | FsRefusal {
  const content = stageGranted(request, false);
  if ('rule' in content) return content;
  return new OpenFile({ scope: request, mode: { readable, writable: true, appending: false }, content, target });
}

/** The name is taken at once, so that it can serve as a lock between programs, as elsewhere. */
function openNew(
  request: MountRequest,
  mode: { readonly readable: boolean; readonly appending: boolean },
  target: string,
): OpenFile | FsRefusal {
  const admission = admit(request, 'create');
  if (admission.kind === 'refused') return admission;
  const created = createInPlace(request, mode.appending ? APPENDING : 0);
  if (created.kind === 'refused') return created;
  const { handle, undo } = created;
  return new OpenFile({ scope: request, mode: { ...mode, writable: true }, content: handle, target, undo });
}
