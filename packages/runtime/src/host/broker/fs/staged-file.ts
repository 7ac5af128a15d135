import { bookBytes, type ChangeScope } from './book-change.ts';
import { claimName } from './claim-name.ts';
import { ruleOfErrno } from './errno-rule.ts';
import { demandAccess } from './fs-policy.ts';
import { errnoOf, type FileFacts } from './fs-powers.ts';
import { FsFailure, type FsRefusal, refuse } from './fs-refusal.ts';
import { type FileTarget, lookAtTarget, releaseReplaced } from './look-at-target.ts';
import type { BeneathPath } from './open-beneath.ts';
import type { OwnedFd } from './owned-fd.ts';
import { PinnedParent, pinParent } from './pin-parent.ts';
import { writeAll } from './write-all.ts';

/** What a replaced file's own mode may hand on: no execution, no setuid, no setgid, no sticky bit. */
const KEPT_MODE = 0o666;

const UNSUPPORTED: ReadonlySet<string> = new Set(['EINVAL', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP']);

export interface StagedFileParts {
  readonly scope: ChangeScope;
  readonly path: BeneathPath;
  readonly parent: PinnedParent;
  readonly temporary: string;
  readonly handle: OwnedFd;
}

/**
 * Content on its way to a name: a file of unforeseeable name beside it, which takes the name when it is complete. A
 * reader, a crash or a full disk sees the old content or the new one, never a part.
 */
export class StagedFile implements AsyncDisposable {
  readonly handle: OwnedFd;
  readonly #parts: StagedFileParts;
  #size = 0;
  #spoilt: FsRefusal | undefined;
  #isOver = false;

  constructor(parts: StagedFileParts) {
    this.#parts = parts;
    this.handle = parts.handle;
  }

  get size(): number {
    return this.#size;
  }

  /** Books first. After one that failed the content is not what was meant, and will not take the name. */
  async write(bytes: Uint8Array, position: number): Promise<FsRefusal | undefined> {
    const growth = Math.max(0, position + bytes.byteLength - this.#size);
    const charged = bytes.byteLength + Math.max(0, position - this.#size);
    const { powers } = this.#parts.scope.root;
    return await this.#change({ charged, growth }, () => writeAll(powers, this.handle, bytes, position));
  }

  async truncate(length: number): Promise<FsRefusal | undefined> {
    const growth = length - this.#size;
    const { powers } = this.#parts.scope.root;
    return await this.#change({ charged: Math.max(0, growth), growth }, async () => {
      if (this.handle.fd !== undefined) await powers.truncate(this.handle.fd, length);
    });
  }

  async #change(
    booking: { readonly charged: number; readonly growth: number },
    work: () => Promise<void>,
  ): Promise<FsRefusal | undefined> {
    const { scope, parent } = this.#parts;
    const refused = bookBytes(scope, parent.directory, booking) ?? (await this.#book(booking.growth, work));
    this.#spoilt ??= refused;
    return refused;
  }

  /** What was booked stays booked until the file goes: a write that failed may have taken room. */
  async #book(growth: number, work: () => Promise<void>): Promise<FsRefusal | undefined> {
    if (growth < 0) this.#parts.scope.root.quota?.release(-growth, 0);
    this.#size += growth;
    try {
      await work();
      return undefined;
    } catch (error) {
      if (error instanceof FsFailure) return error.refusal;
      const errno = errnoOf(error);
      if (errno === undefined) throw error;
      return refuse(ruleOfErrno(errno));
    }
  }

  /** Takes the name. `exclusive`: only if nothing has it. Otherwise by the grant: `write` to replace, `create` to be new. */
  async commit(exclusive: boolean): Promise<FsRefusal | undefined> {
    if (this.#spoilt !== undefined) return this.#spoilt;
    const { scope, path } = this.#parts;
    const { root } = scope;
    const target = lookAtTarget(root, path);
    if (target.kind === 'refused') return target;
    if (target.kind === 'file' && exclusive) return refuse('exists');
    const missing = demandAccess(root.grant, target.kind === 'file' ? 'write' : 'create');
    if (missing !== undefined) return missing;
    if (target.kind === 'file') await this.#takeAfter(target.facts);
    const mayReplace = !exclusive && root.grant.access.has('write');
    return await root.changes.take(() => this.#takeName(target.kind === 'file' ? target : undefined, mayReplace));
  }

  /** A replaced file hands on its mode and owner, and is not given up before the new content has reached the storage. */
  async #takeAfter(old: FileFacts): Promise<void> {
    const { powers } = this.#parts.scope.root;
    const { fd } = this.handle;
    if (fd === undefined) return;
    const own = powers.fstat(fd);
    if (own.owner !== old.owner || own.group !== old.group)
      giveIfAllowed(() => powers.setOwner(fd, old.owner, old.group));
    powers.setMode(fd, old.mode & KEPT_MODE);
    await syncIfAble(() => powers.sync(fd));
  }

  async #takeName(old: FileTarget | undefined, mayReplace: boolean): Promise<FsRefusal | undefined> {
    const { scope, path, parent, temporary } = this.#parts;
    const { root } = scope;
    const found = pinParent(root, path.components);
    if (!(found instanceof PinnedParent)) return found;
    using now = found;
    // The directory was moved meanwhile, perhaps to where the grant does not reach.
    if (!now.isSameDirectory(parent)) return refuse('not-found');
    const taken = old === undefined && !mayReplace ? claimName(root.powers, now) : undefined;
    if (taken !== undefined) return taken;
    await root.powers.rename(now.pathOf(temporary), now.pathOf());
    this.#isOver = true;
    releaseReplaced(root, old);
    this.#close();
    return undefined;
  }

  /** Takes unfinished content away. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    const { scope, parent, temporary } = this.#parts;
    scope.root.quota?.release(this.#size, 1);
    try {
      await scope.root.powers.removeFile(parent.pathOf(temporary));
    } catch (error) {
      // Swept by somebody else already.
      if (errnoOf(error) === undefined) throw error;
    } finally {
      this.#close();
    }
  }

  #close(): void {
    this.handle[Symbol.dispose]();
    this.#parts.parent[Symbol.dispose]();
  }
}

/** Only a privileged host can give a file away; for any other the new file stays its own. */
function giveIfAllowed(give: () => void): void {
  try {
    give();
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
  }
}

/** Some file systems, most of them of the network or in memory, have no such call; what they promise holds without it. */
async function syncIfAble(sync: () => Promise<void>): Promise<void> {
  try {
    await sync();
  } catch (error) {
    if (!UNSUPPORTED.has(errnoOf(error) ?? '')) throw error;
  }
}
