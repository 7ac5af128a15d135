import { createFsPowers, type FsPowers } from '../host/broker/fs/fs-powers.ts';
import type { FsAccess } from '../host/broker/fs/mount-grant.ts';
import { MountQuota } from '../host/broker/fs/mount-quota.ts';
import type { MountRoot } from '../host/broker/fs/mount-root.ts';
import { openMountRoot } from '../host/broker/fs/open-mount-root.ts';
import { makeScratchDirectory } from '../host/broker/fs/scratch-directory.ts';

/** `/tmp` in the skill's eyes. */
const SCRATCH_MOUNT_NAME = 'tmp';
const ACCESS: ReadonlySet<FsAccess> = new Set(['read', 'list', 'write', 'create', 'delete']);

export interface ScratchMountOptions {
  /** Absolute directory of the host, such as the system's place for temporary files. */
  readonly scratchBase: string;
  readonly quota: { readonly bytes: number; readonly files: number };
  /** The machine. Default: the real one. */
  readonly powers?: FsPowers;
}

export interface ScratchMount extends AsyncDisposable {
  readonly root: MountRoot;
}

/**
 * A directory for one call: random name, mode 0700, gone with its disposal; what a killed host left is swept when the next
 * one is opened.
 *
 * @throws MountRootError when the directory cannot be opened
 */
export async function openScratchMount(options: ScratchMountOptions): Promise<ScratchMount> {
  const powers = options.powers ?? (await createFsPowers());
  const scratch = await makeScratchDirectory(powers, await powers.realpath(options.scratchBase));
  const grant = {
    mount: SCRATCH_MOUNT_NAME,
    hostPath: scratch.path,
    access: ACCESS,
    matches: () => true,
    matchesDirectory: () => true,
  };
  const root = await openMountRoot(grant, powers, new MountQuota(options.quota, { bytes: 0, files: 0 }));
  return {
    root,
    async [Symbol.asyncDispose]() {
      root[Symbol.dispose]();
      await scratch[Symbol.asyncDispose]();
    },
  };
}
