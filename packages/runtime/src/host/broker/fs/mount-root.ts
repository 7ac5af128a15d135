import { foldsCase } from './case-folding.ts';
import { type Containment, chooseContainment } from './containment.ts';
import { createFsPowers, errnoOf, type FileFacts, type FsPowers, PIN_DIRECTORY_FLAGS, PIN_FLAGS } from './fs-powers.ts';
import { type FsRefusal, refuse } from './fs-refusal.ts';
import type { MountGrant } from './mount-grant.ts';
import type { MountQuota } from './mount-quota.ts';
import { MountRootError } from './mount-root-error.ts';
import type { HiddenPaths } from './overlay/hidden-paths.ts';
import { OwnedFd } from './owned-fd.ts';
import { sweepLeftovers } from './sweep-leftovers.ts';
import { Turns } from './turns.ts';

export interface PinnedRoot {
  readonly kind: 'pinned';
  readonly fd: number;
  readonly mountId: string;
}

/** Where changes go instead of the granted directory. */
export interface OverlayLayers {
  /** A private directory of the host, empty at first. */
  readonly upper: MountRoot;
  readonly hidden: HiddenPaths;
}

/**
 * The directory an operator granted, held open. Everything resolves beneath this descriptor, so renaming or replacing
 * the path can redirect nothing.
 */
export class MountRoot {
  readonly grant: MountGrant;
  readonly containment: Containment;
  readonly powers: FsPowers;
  /** What the mount may hold in all. Absent: as much as the storage. */
  readonly quota: MountQuota | undefined;
  /** Names change one at a time: a directory is looked through before it is moved, and must not change meanwhile. */
  readonly changes: Turns = new Turns();
  /** Present: the granted directory is only read. */
  readonly overlay: OverlayLayers | undefined;
  readonly #root: OwnedFd;
  readonly #identity: FileFacts;
  readonly #path: string;
  readonly #mountId: string;

  constructor(grant: MountGrant, powers: FsPowers, opened: OpenedRoot) {
    this.grant = grant;
    this.powers = powers;
    this.containment = opened.containment;
    this.quota = opened.quota;
    this.overlay = opened.overlay;
    this.#root = opened.root;
    this.#identity = opened.identity;
    this.#path = opened.path;
    this.#mountId = opened.mountId;
  }

  /** The path that was opened, links resolved: what a grant has to be judged by. */
  get path(): string {
    return this.#path;
  }

  /**
   * The root's descriptor, if the granted path still names the same directory: after "rename the root away and put
   * another in its place", neither the old nor the new one is what the operator sees under that path. Use the number at
   * once; after an `await` the root may be closed and the number taken by another file.
   */
  check(): PinnedRoot | FsRefusal {
    const { fd } = this.#root;
    if (fd === undefined) return refuse('root-closed');
    if (!isSame(this.#identity, lookAt(this.powers, this.#path))) return refuse('root-changed');
    return { kind: 'pinned', fd, mountId: this.#mountId };
  }

  /** The same directory with its changes kept elsewhere. Both share one descriptor, which ends with either. */
  withOverlay(overlay: OverlayLayers, quota: MountQuota): MountRoot {
    return new MountRoot(this.grant, this.powers, { ...this.#opened(), overlay, quota });
  }

  /** The same directory under another grant. Both share one descriptor, which ends with either. */
  withGrant(grant: MountGrant): MountRoot {
    return new MountRoot(grant, this.powers, this.#opened());
  }

  #opened(): OpenedRoot {
    return {
      root: this.#root,
      identity: this.#identity,
      path: this.#path,
      mountId: this.#mountId,
      containment: this.containment,
    };
  }

  [Symbol.dispose](): void {
    this.#root[Symbol.dispose]();
  }
}

export interface OpenedRoot {
  readonly root: OwnedFd;
  readonly identity: FileFacts;
  readonly path: string;
  readonly mountId: string;
  readonly containment: Containment;
  readonly quota?: MountQuota;
  readonly overlay?: OverlayLayers;
}

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
  return owned.fd !== undefined && isSame(identity, powers.fstat(owned.fd));
}

function lookAt(powers: FsPowers, path: string): FileFacts | undefined {
  try {
    return powers.lstat(path);
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return undefined;
  }
}

function isSame(identity: FileFacts, now: FileFacts | undefined): boolean {
  return now?.kind === 'directory' && now.device === identity.device && now.inode === identity.inode;
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
