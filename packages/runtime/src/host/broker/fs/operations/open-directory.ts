import type { FsRefusal } from '../fs-refusal.ts';
import { openNamesBeneath } from '../open-beneath.ts';
import { OpenDirectory } from '../open-directory.ts';
import { type MountRequest, openGranted } from '../open-granted.ts';

/** For directories of any size: names come in portions, and nothing is sorted. */
export async function openDirectory(request: MountRequest, target: string): Promise<OpenDirectory | FsRefusal> {
  const entry = openGranted(request, 'list', 'directory');
  if (entry.kind === 'refused') return entry;
  // Held until the listing has a descriptor of its own: until then the pin's number must stay taken.
  using pin = entry.handle;
  const names = await openNamesBeneath(request.root, request.path.components, pin);
  return new OpenDirectory(request, names, target);
}
