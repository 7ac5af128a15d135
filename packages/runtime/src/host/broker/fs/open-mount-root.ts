import { foldsCase } from './case-folding.ts';
import { chooseContainment } from './containment.ts';
import { createFsPowers, errnoOf, type FileFacts, type FsPowers, PIN_DIRECTORY_FLAGS, PIN_FLAGS } from './fs-powers.ts';
import type { MountGrant } from './mount-grant.ts';
import type { MountQuota } from './mount-quota.ts';
import { isSameDirectory, MountRoot } from './mount-root.ts';
import { MountRootError } from './mount-root-error.ts';
import { OwnedFd } from './owned-fd.ts';
import { sweepLeftovers } from './sweep-leftovers.ts';

/**
 * Opens a granted directory. Links in the operator's own path are resolved here, once, and never again.
 * @throws MountRootError when the path is missing or no directory, or the platform offers no containment.
 */
export async function openMountRoot(grant: MountGrant, given?: FsPowers, quota?: MountQuota): Promise<MountRoot> {
  const root = await pinMountRoot(grant, given, quota);
  if (!grant.access.has('write') && !grant.access.has('create')) return root;
  try {
    await sweepLeftovers(root);
    return root;
  } catch (error) {
    root[Symbol.dispose]();
    throw error;
  }
}

async function pinMountRoot(grant: MountGrant, given?: FsPowers, quota?: MountQuota): Promise<MountRoot> {
  const powers = given ?? (await createFsPowers());
  if (powers.platform !== 'linux') {
    throw new MountRootError(
      'ERR_CARAPACE_RUNTIME_MOUNT_PLATFORM',
      `Cannot open mount "${grant.mount}": file access is not available on ${powers.platform} yet`,
    );
  }
  const path = await resolveRoot(grant, powers);
  const opened = powers.open(path, PIN_DIRECTORY_FLAGS);
  if (opened.kind === 'failed') throw rootUnavailable(grant, opened.errno);
  const root = new OwnedFd(opened.fd, powers.close);
  try {
    const identity = powers.fstat(opened.fd);
    const mountId = powers.mountId(opened.fd);
    if (mountId === undefined || !leadsBack(powers, opened.fd, identity)) throw procfsUnusable(grant);
    if (grant.allowCaseFolding !== true && (await foldsCase(powers, opened.fd))) throw ignoresCase(grant);
    return new MountRoot(grant, powers, {
      root,
      identity,
      path,
      mountId,
      containment: chooseContainment(powers, opened.fd),
      ...(quota === undefined ? {} : { quota }),
    });
  } catch (error) {
    root[Symbol.dispose]();
    throw error;
  }
}

async function resolveRoot(grant: MountGrant, powers: FsPowers): Promise<string> {
  if (!grant.hostPath.startsWith('/')) throw rootUnavailable(grant, 'path is not absolute');
  try {
    return await powers.realpath(grant.hostPath);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    throw rootUnavailable(grant, errno, error);
  }
}

/** Files are reopened and directories walked through procfs; without a real one neither would reach what was pinned. */
function leadsBack(powers: FsPowers, fd: number, identity: FileFacts): boolean {
  const again = powers.open(`/proc/self/fd/${fd}/.`, PIN_FLAGS);
  if (again.kind === 'failed') return false;
  using owned = new OwnedFd(again.fd, powers.close);
  return owned.fd !== undefined && isSameDirectory(identity, powers.fstat(owned.fd));
}

function rootUnavailable(grant: MountGrant, state: string, cause?: unknown): MountRootError {
  const message = `Cannot open mount "${grant.mount}" at "${grant.hostPath}": ${state}`;
  return new MountRootError('ERR_CARAPACE_RUNTIME_MOUNT_ROOT', message, { cause });
}

function procfsUnusable(grant: MountGrant): MountRootError {
  const message = `Cannot open mount "${grant.mount}": /proc/self/fd does not lead to this process's descriptors`;
  return new MountRootError('ERR_CARAPACE_RUNTIME_MOUNT_PROCFS', message);
}

function ignoresCase(grant: MountGrant): MountRootError {
  const message = `Cannot open mount "${grant.mount}" at "${grant.hostPath}": its filesystem ignores case in names`;
  return new MountRootError('ERR_CARAPACE_RUNTIME_MOUNT_CASE', message);
}
