import { demandAccess } from './fs-policy.ts';
import { APPENDING, UPDATE_PINNED_FLAGS, WRITE_PINNED_FLAGS } from './fs-powers.ts';
import type { FsRefusal } from './fs-refusal.ts';
import { openBeneath } from './open-beneath.ts';
import { OpenFile } from './open-file.ts';
import type { MountRequest } from './open-granted.ts';
import { type CreatedFile, createInPlace } from './open-in-place.ts';

/** A file that only grows, made when it does not exist. The kernel appends each write whole, so two writers mix no lines. */
export function openForAppending(request: MountRequest, readable: boolean, target: string): OpenFile | FsRefusal {
  const opened = openOrCreate(request, readable);
  if (opened.kind === 'refused') return opened;
  return new OpenFile({
    scope: request,
    mode: { readable, writable: true, appending: true },
    content: opened.handle,
    target,
  });
}

type Appendable = CreatedFile | (Pick<CreatedFile, 'handle'> & { readonly kind: 'found' });

function openOrCreate(request: MountRequest, readable: boolean): Appendable | FsRefusal {
  const found = openExisting(request, readable);
  if (found.kind !== 'refused' || found.rule !== 'not-found') return found;
  const missing = demandAccess(request.root.grant, 'create');
  if (missing !== undefined) return missing;
  const created = createInPlace(request, APPENDING);
  // Somebody was faster between the two looks.
  return created.kind === 'refused' && created.rule === 'exists' ? openExisting(request, readable) : created;
}

function openExisting({ root, path }: MountRequest, readable: boolean): Appendable | FsRefusal {
  const entry = openBeneath(root, path, (readable ? UPDATE_PINNED_FLAGS : WRITE_PINNED_FLAGS) | APPENDING);
  if (entry.kind === 'refused') return entry;
  const missing = demandAccess(root.grant, 'write') ?? (readable ? demandAccess(root.grant, 'read') : undefined);
  if (missing === undefined) return { kind: 'found', handle: entry.handle };
  entry.handle[Symbol.dispose]();
  return missing;
}
