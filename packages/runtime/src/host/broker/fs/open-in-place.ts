import { bookName, tooDeep } from './book-change.ts';
import { FILE_MODE } from './claim-name.ts';
import { ruleOfErrno } from './errno-rule.ts';
import { CREATE_FLAGS, errnoOf, type FileFacts } from './fs-powers.ts';
import { type FsRefusal, refuse } from './fs-refusal.ts';
import { lookAtTarget } from './look-at-target.ts';
import type { MountRequest } from './open-granted.ts';
import { OwnedFd } from './owned-fd.ts';
import { PinnedParent, pinParent } from './pin-parent.ts';

/** A file that has its name from the first moment, and a way to take it back. */
export interface CreatedFile {
  readonly kind: 'created';
  readonly handle: OwnedFd;
  readonly undo: () => Promise<void>;
}

/** Makes a new empty file under its own name; `extraFlags` such as appending. */
export function createInPlace(request: MountRequest, extraFlags: number): CreatedFile | FsRefusal {
  const { root, path } = request;
  const deep = tooDeep(path.components, request);
  if (deep !== undefined) return deep;
  if (path.mustBeDirectory) return refuse('is-directory');
  // With an overlay O_EXCL sees the upper directory alone.
  if (root.overlay !== undefined && lookAtTarget(root, path).kind !== 'absent') return refuse('exists');
  const found = pinParent(root, path.components);
  if (!(found instanceof PinnedParent)) return found;
  using parent = found;
  const booked = bookName(request, parent.directory);
  if (booked !== undefined) return booked;
  const opened = root.powers.open(parent.pathOf(), CREATE_FLAGS | extraFlags, FILE_MODE);
  if (opened.kind === 'failed') {
    root.quota?.release(0, 1);
    return refuse(ruleOfErrno(opened.errno));
  }
  const handle = new OwnedFd(opened.fd, root.powers.close);
  return { kind: 'created', handle, undo: () => takeBack(request, handle) };
}

/** Only if the name still is the file that was made: anything else is somebody else's. */
async function takeBack({ root, path }: MountRequest, handle: OwnedFd): Promise<void> {
  const { powers } = root;
  if (handle.fd === undefined) return;
  const made = powers.fstat(handle.fd);
  const found = pinParent(root, path.components);
  if (!(found instanceof PinnedParent)) return;
  using parent = found;
  try {
    if (!isSame(powers.lstat(parent.pathOf()), made)) return;
    await powers.removeFile(parent.pathOf());
    root.quota?.release(made.size, 1);
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
  }
}

function isSame(one: FileFacts, other: FileFacts): boolean {
  return one.inode === other.inode && one.device === other.device;
}
