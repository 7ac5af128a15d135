import { TenantData } from '../data/tenant-data.ts';
import { RuntimeFailure } from '../errors.ts';
import type { MountRoot } from '../host/broker/fs/mount-root.ts';
import { openMountRoot } from '../host/broker/fs/open-mount-root.ts';
import { type Overlay, openOverlay } from '../host/broker/fs/overlay/open-overlay.ts';
import type { GrantSet } from '../policy/resolve-grants.ts';

/** The directories of a loaded skill. Disposing closes them and discards what an overlay still holds. */
export interface OpenMounts extends AsyncDisposable {
  /** What calls are given; where a mount has an overlay, the overlay. */
  readonly mounts: readonly MountRoot[];
  /** By mount name. */
  readonly overlays: ReadonlyMap<string, Overlay>;
  /** Absent when no private data is granted. */
  readonly data: TenantData | undefined;
}

/** Directories of the operator that skills share in an orderly way. */
export interface HostFolders {
  /** Below it lie the private directories of skills. */
  readonly dataFolder: string | undefined;
  /** Where overlays keep changes meanwhile. */
  readonly temporaryFolder: string;
}

/**
 * All or none: a directory that cannot be opened must not leave the others open behind it.
 *
 * @throws MountRootError; RuntimeFailure ERR_CARAPACE_RUNTIME_GRANT
 */
export async function openMounts(grants: GrantSet, skill: string, folders: HostFolders): Promise<OpenMounts> {
  await using opened = new AsyncDisposableStack();
  const overlays = new Map<string, Overlay>();
  const mounts: MountRoot[] = [];
  for (const grant of grants.mounts) {
    const root = opened.use(await openMountRoot(grant));
    // A link swapped in after the grant was judged would open a directory that nobody looked at.
    if (root.path !== grant.hostPath)
      throw refuse(`Cannot grant mount "${grant.mount}": its path changed while it was opened`);
    const overlay = grants.overlay.includes(grant.mount)
      ? opened.use(await openOverlay(root, { scratchBase: folders.temporaryFolder }))
      : undefined;
    if (overlay !== undefined) overlays.set(grant.mount, overlay);
    mounts.push(overlay?.root ?? root);
  }
  const data = openData(grants, skill, folders);
  if (data !== undefined) {
    opened.use(data);
    // Opened now for those who name no tenant, so that a folder that cannot be used shows at load.
    using _opened = await data.lease('default');
  }
  const all = opened.move();
  return { mounts, overlays, data, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

function openData({ permissions }: GrantSet, skill: string, { dataFolder }: HostFolders): TenantData | undefined {
  if (permissions.data === undefined) return undefined;
  if (dataFolder === undefined)
    throw refuse(`Cannot grant private data to "${skill}": the runtime has no "dataFolder" to keep it in`);
  const { quotaMiB, files } = permissions.data;
  return new TenantData({ dataFolder, skill }, { quotaMiB, files });
}

function refuse(message: string): RuntimeFailure {
  return new RuntimeFailure('ERR_CARAPACE_RUNTIME_GRANT', message);
}
