import type { FileFacts } from './fs-powers.ts';
import { type FsRefusal, refuse } from './fs-refusal.ts';
import type { MountRoot } from './mount-root.ts';
import { type OpenedEntry, openBeneath } from './open-beneath.ts';
import { ensureUpperDirectory } from './overlay/ensure-upper-directory.ts';
import type { OwnedFd } from './owned-fd.ts';

/**
 * The directory in which a name is made, replaced or taken away, held open. The kernel never follows the last name of
 * mkdir, unlink, rmdir and rename, nor of an open with O_EXCL: whatever another process puts there, only this directory
 * changes.
 */
export class PinnedParent implements Disposable {
  readonly facts: FileFacts;
  readonly name: string;
  readonly #handle: OwnedFd;
  readonly #directory: string;

  constructor(handle: OwnedFd, fd: number, facts: FileFacts, name: string) {
    this.#handle = handle;
    this.#directory = `/proc/self/fd/${fd}`;
    this.facts = facts;
    this.name = name;
  }

  /** Good until disposal only: then the number may be another directory's. */
  get directory(): string {
    return this.#directory;
  }

  /** Path of the name itself, or of another name beside it. */
  pathOf(name: string = this.name): string {
    return `${this.#directory}/${name}`;
  }

  isSameDirectory(other: PinnedParent): boolean {
    return this.facts.inode === other.facts.inode && this.facts.device === other.facts.device;
  }

  [Symbol.dispose](): void {
    this.#handle[Symbol.dispose]();
  }
}

export function pinParent(root: MountRoot, components: readonly string[]): PinnedParent | FsRefusal {
  const name = components.at(-1);
  if (name === undefined) return refuse('mount-root');
  if (name === '' || name === '.' || name === '..' || /[/\0]/.test(name)) return refuse('component-dots');
  const entry = openParent(root, components.slice(0, -1));
  if (entry.kind === 'refused') return entry.rule === 'not-directory' ? refuse('parent-not-directory') : entry;
  const { fd } = entry.handle;
  return fd === undefined ? refuse('io-failure') : new PinnedParent(entry.handle, fd, entry.facts, name);
}

/** With an overlay every name is made, replaced and taken away in the upper directory. */
function openParent(root: MountRoot, components: readonly string[]): OpenedEntry | FsRefusal {
  const entry = openBeneath(root, { components, mustBeDirectory: false }, 'directory');
  if (entry.kind === 'refused' || root.overlay === undefined) return entry;
  entry.handle[Symbol.dispose]();
  return ensureUpperDirectory(root.overlay, components);
}
