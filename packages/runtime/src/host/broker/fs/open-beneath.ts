import type { NameIterator } from './fs-powers.ts';
import type { FsRefusal } from './fs-refusal.ts';
import type { MountRoot } from './mount-root.ts';
import { type BeneathPath, type OpenedEntry, type OpenIntent, openInLayer } from './open-in-layer.ts';
import { openMergedNames } from './overlay/merged-names.ts';
import { openMerged } from './overlay/open-merged.ts';
import type { OwnedFd } from './owned-fd.ts';

export type { BeneathPath, OpenedEntry, OpenIntent } from './open-in-layer.ts';

/** Opens what the guest sees at a path of the mount: in the granted directory, or with an overlay in what it shows. */
export function openBeneath(root: MountRoot, path: BeneathPath, intent: OpenIntent): OpenedEntry | FsRefusal {
  const { overlay } = root;
  return overlay === undefined ? openInLayer(root, path, intent) : openMerged(root, overlay, path, intent);
}

/** The names in a directory that was opened with {@link openBeneath}, which has to stay open until this has resolved. */
export async function openNamesBeneath(
  root: MountRoot,
  components: readonly string[],
  pin: OwnedFd,
): Promise<NameIterator> {
  const { overlay } = root;
  return overlay === undefined
    ? await root.powers.openNames(`/proc/self/fd/${pin.fd}`)
    : await openMergedNames(root, overlay, components);
}
