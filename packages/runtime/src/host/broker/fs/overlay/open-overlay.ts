import { MountQuota } from '../mount-quota.ts';
import type { MountRoot, OverlayLayers } from '../mount-root.ts';
import { openMountRoot } from '../open-mount-root.ts';
import { makeScratchDirectory } from '../scratch-directory.ts';
import { commitOverlay, type OverlayCommit } from './commit-overlay.ts';
import { diffOverlay, type OverlayDiff } from './diff-overlay.ts';
import { HiddenPaths } from './hidden-paths.ts';

const MIB = 1024 * 1024;
const DEFAULT_QUOTA = { bytes: 256 * MIB, files: 10_000 };

export interface OverlayOptions {
  /** Absolute directory of the host in which the changes are kept meanwhile, such as the system's place for temporary files. */
  readonly scratchBase: string;
  /** What the changes may hold together. Default 256 MiB and 10,000 files and directories. */
  readonly quota?: { readonly bytes: number; readonly files: number };
}

/**
 * A mount whose changes are kept apart: the skill sees them, the granted directory does not, until the operator commits.
 * Disposing it discards what was not committed.
 */
export interface Overlay extends AsyncDisposable {
  /** What calls are to be given instead of the mount it was opened over. */
  readonly root: MountRoot;
  diff(): Promise<OverlayDiff>;
  /** No call may be running: what a call has not closed is not part of it. */
  commit(): Promise<OverlayCommit>;
  discard(): Promise<void>;
}

/**
 * Opens an overlay over a mount. The mount stays its owner's, and has to stay open as long as the overlay.
 *
 * @throws MountRootError when the private directory cannot be opened
 */
export async function openOverlay(lower: MountRoot, options: OverlayOptions): Promise<Overlay> {
  const { powers } = lower;
  const scratch = await makeScratchDirectory(powers, await powers.realpath(options.scratchBase));
  const held = { bytes: 0, files: 0 };
  const layers: OverlayLayers = { upper: await openUpper(lower, scratch.path), hidden: new HiddenPaths() };
  const root = lower.withOverlay(layers, new MountQuota(options.quota ?? DEFAULT_QUOTA, held));
  const discard = async (): Promise<void> => {
    await root.changes.take(async () => {
      await emptyDirectory(layers.upper, scratch.path);
      layers.hidden.clear();
      Object.assign(held, { bytes: 0, files: 0 });
    });
  };
  return {
    root,
    diff: () => diffOverlay(root, layers),
    async commit() {
      const commit = await commitOverlay(lower, root, layers);
      if (commit.failed.length === 0) await discard();
      return commit;
    },
    discard,
    async [Symbol.asyncDispose]() {
      layers.upper[Symbol.dispose]();
      await scratch[Symbol.asyncDispose]();
    },
  };
}

/** Its grant is never asked: who may do what is decided by the grant of the mount above. */
async function openUpper({ grant, powers }: MountRoot, hostPath: string): Promise<MountRoot> {
  const everything = { mount: grant.mount, access: grant.access, matches: () => true, matchesDirectory: () => true };
  return await openMountRoot({ ...everything, hostPath }, powers);
}

async function emptyDirectory({ powers }: MountRoot, path: string): Promise<void> {
  const names: string[] = [];
  {
    await using found = await powers.openNames(path);
    for (let entry = await found.next(); entry !== undefined; entry = await found.next()) {
      names.push(Buffer.from(entry.name).toString('utf8'));
    }
  }
  for (const name of names) await powers.removeTree(`${path}/${name}`);
}
