import type { Containment } from './containment.ts';
import { errnoOf, type FileFacts, type FsPowers } from './fs-powers.ts';
import { type FsRefusal, refuse } from './fs-refusal.ts';
import type { MountGrant } from './mount-grant.ts';
import type { MountQuota } from './mount-quota.ts';
import type { HiddenPaths } from './overlay/hidden-paths.ts';
import type { OwnedFd } from './owned-fd.ts';
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
    if (!isSameDirectory(this.#identity, lookAt(this.powers, this.#path))) return refuse('root-changed');
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

function lookAt(powers: FsPowers, path: string): FileFacts | undefined {
  try {
    return powers.lstat(path);
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return undefined;
  }
}

/** Whether a path still leads to the directory that was opened. */
export function isSameDirectory(identity: FileFacts, now: FileFacts | undefined): boolean {
  return now?.kind === 'directory' && now.device === identity.device && now.inode === identity.inode;
}
