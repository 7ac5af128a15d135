import { type FsRefusal, refuse } from '../fs-refusal.ts';
import type { MountRoot, OverlayLayers } from '../mount-root.ts';
import { openInLayer } from '../open-in-layer.ts';
import type { TreeEntry } from '../survey-tree.ts';
import { openMergedNames } from './merged-names.ts';

/** Removes what stands in the upper directory and hides what stands in the granted one. */
export async function removeMerged(
  root: MountRoot,
  layers: OverlayLayers,
  { components, kind, size }: TreeEntry,
): Promise<FsRefusal | undefined> {
  if (kind === 'directory' && !(await isEmpty(root, layers, components))) return refuse('not-empty');
  const refused = await removeUpper(root, layers, { components, kind, size });
  if (refused === undefined) layers.hidden.hide(components);
  return refused;
}

async function isEmpty(root: MountRoot, layers: OverlayLayers, components: readonly string[]): Promise<boolean> {
  await using names = await openMergedNames(root, layers, components);
  return (await names.next()) === undefined;
}

async function removeUpper(
  root: MountRoot,
  { upper }: OverlayLayers,
  { components, kind, size }: TreeEntry,
): Promise<FsRefusal | undefined> {
  const parent = openInLayer(upper, { components: components.slice(0, -1), mustBeDirectory: true }, 'directory');
  if (parent.kind === 'refused') return parent.rule === 'not-found' ? undefined : parent;
  using directory = parent.handle;
  const above = openInLayer(upper, { components, mustBeDirectory: false }, 'inspect');
  if (above.kind === 'refused') return above.rule === 'not-found' ? undefined : above;
  above.handle[Symbol.dispose]();
  const path = `/proc/self/fd/${directory.fd}/${components.at(-1) ?? ''}`;
  if (kind === 'file') await upper.powers.removeFile(path);
  else await upper.powers.removeDirectory(path);
  root.quota?.release(size, 1);
  return undefined;
}
