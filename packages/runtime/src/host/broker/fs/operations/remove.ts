import { limitRemedy } from '../../limit-remedy.ts';
import { DONE, type FsResult } from '../fs-outcome.ts';
import { type FsRefusal, refuse } from '../fs-refusal.ts';
import { type MountRequest, openGranted } from '../open-granted.ts';
import { removeMerged } from '../overlay/remove-merged.ts';
import { PinnedParent, pinParent } from '../pin-parent.ts';
import { surveyTree, type TreeEntry } from '../survey-tree.ts';

export interface RemoveForm {
  readonly target: 'file' | 'directory' | 'any';
  readonly recursive: boolean;
}

/** Removes what the path names. The mount's root stays, whatever is asked. */
export async function remove(request: MountRequest, { target, recursive }: RemoveForm): Promise<FsResult> {
  const entry = openGranted(request, 'remove', 'inspect');
  if (entry.kind === 'refused') return entry;
  entry.handle[Symbol.dispose]();
  const { components } = request.path;
  if (components.length === 0) return refuse('mount-root');
  if (entry.kind === 'file') {
    if (target === 'directory') return refuse('not-directory');
    return (await removeOne(request, { components, kind: 'file', size: entry.facts.size })) ?? DONE;
  }
  if (target === 'file' || (target === 'any' && !recursive)) return refuse('is-directory');
  if (recursive) return await removeTree(request);
  return (await removeOne(request, { components, kind: 'directory', size: 0 })) ?? DONE;
}

/** Everything is looked at before anything goes; then the deepest go first, each found anew beneath the root. */
async function removeTree(request: MountRequest): Promise<FsResult> {
  const entries = await surveyTree(request);
  if ('rule' in entries) return entries;
  for (const entry of entries.toReversed()) {
    if (request.handles.isClosed) return refuse('broker-closed');
    // The directory that was asked about is paid for already.
    const isNew = entry.components.length > request.path.components.length;
    if (isNew && !request.meter.charge('files', 1)) return refuse('budget-files', limitRemedy('files'));
    const refused = await removeOne(request, entry);
    if (refused !== undefined) return refused;
  }
  return DONE;
}

async function removeOne({ root }: MountRequest, entry: TreeEntry): Promise<FsRefusal | undefined> {
  return await root.changes.take(async () => {
    if (root.overlay !== undefined) return await removeMerged(root, root.overlay, entry);
    const { components, kind, size } = entry;
    const found = pinParent(root, components);
    if (!(found instanceof PinnedParent)) return found;
    using parent = found;
    if (kind === 'file') await root.powers.removeFile(parent.pathOf());
    else await root.powers.removeDirectory(parent.pathOf());
    root.quota?.release(size, 1);
    return undefined;
  });
}
