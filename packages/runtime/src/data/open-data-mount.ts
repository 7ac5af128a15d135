import { createFsPowers, type FsPowers } from '../host/broker/fs/fs-powers.ts';
import type { FsAccess, MountGrant } from '../host/broker/fs/mount-grant.ts';
import { type HeldSpace, MountQuota } from '../host/broker/fs/mount-quota.ts';
import type { MountRoot } from '../host/broker/fs/mount-root.ts';
import { openMountRoot } from '../host/broker/fs/open-mount-root.ts';
import { type DataPlace, prepareDataDirectory } from './data-directory.ts';
import { heldBy, shareHeld } from './held-directories.ts';
import { measureDirectory } from './measure-directory.ts';

/** `/data` in the skill's eyes. */
const DATA_MOUNT_NAME = 'data';
const MIB = 1024 * 1024;
const ACCESS: ReadonlySet<FsAccess> = new Set(['read', 'list', 'write', 'create', 'delete']);

export interface DataMountOptions extends DataPlace {
  readonly quota: {
    /** What all files may hold together, holes included. */
    readonly quotaMiB: number;
    /** Files and directories together. */
    readonly files: number;
  };
  /** The machine. Default: the real one. */
  readonly powers?: FsPowers;
}

/**
 * Opens the private directory of a skill as a mount: made with mode 0700 when it is missing, full access for the skill,
 * nothing for anybody else, bounded by the quota. What it holds is counted once here and kept up to date; another process
 * that writes to the same directory is noticed at the next open only.
 *
 * @throws MountRootError
 */
export async function openDataMount(options: DataMountOptions): Promise<MountRoot> {
  const powers = options.powers ?? (await createFsPowers());
  const hostPath = await powers.realpath(prepareDataDirectory(options, powers));
  const grant: MountGrant = {
    mount: DATA_MOUNT_NAME,
    hostPath,
    access: ACCESS,
    matches: () => true,
    matchesDirectory: () => true,
  };
  const directory = powers.lstat(hostPath);
  const held: HeldSpace = heldBy(directory) ?? { bytes: 0, files: 0 };
  const maxima = { bytes: options.quota.quotaMiB * MIB, files: options.quota.files };
  const root = await openMountRoot(grant, powers, new MountQuota(maxima, held));
  // Measured after the sweep of the open, so that half-written files of a crash do not count; and each time, since the
  // kernel gives the number of a removed directory to the next one.
  try {
    Object.assign(held, await measureDirectory(powers, hostPath));
    shareHeld(directory, held);
    return root;
  } catch (error) {
    root[Symbol.dispose]();
    throw error;
  }
}
