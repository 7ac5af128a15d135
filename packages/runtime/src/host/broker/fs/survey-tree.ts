import { isDangerousPath } from './dangerous-names.ts';
import { isListed } from './fs-policy.ts';
import type { NameIterator } from './fs-powers.ts';
import { type FsRefusal, refuse } from './fs-refusal.ts';
import { nameRemedy } from './fs-remedy.ts';
import { decodeName } from './list-entry.ts';
import { openBeneath, openNamesBeneath } from './open-beneath.ts';
import type { MountRequest } from './open-granted.ts';
import { isSpellableName } from './virtual-path.ts';

export interface TreeEntry {
  readonly components: readonly string[];
  readonly kind: 'file' | 'directory';
  /** Bytes; 0 for a directory. */
  readonly size: number;
}

/**
 * Looks at everything below a directory before anything is removed or moved, parents before children. One entry that the
 * grant does not name, one link, one special file refuses the whole: else moving a directory would carry an excluded file
 * to a place where it can be read, and removing one would take what nobody agreed to lose.
 */
export async function surveyTree(request: MountRequest): Promise<readonly TreeEntry[] | FsRefusal> {
  const entries: TreeEntry[] = [{ components: request.path.components, kind: 'directory', size: 0 }];
  for (let index = 0; index < entries.length; index += 1) {
    const directory = entries[index];
    if (directory?.kind !== 'directory') continue;
    const refused = await surveyDirectory(request, directory.components, entries);
    if (refused !== undefined) return refused;
  }
  return entries;
}

async function surveyDirectory(
  request: MountRequest,
  components: readonly string[],
  entries: TreeEntry[],
): Promise<FsRefusal | undefined> {
  const { root, limits, handles } = request;
  const opened = openBeneath(root, { components, mustBeDirectory: true }, 'directory');
  if (opened.kind === 'refused') return opened;
  using pin = opened.handle;
  await using names: NameIterator = await openNamesBeneath(root, components, pin);
  for (;;) {
    const found = await names.next();
    if (found === undefined) return undefined;
    if (handles.isClosed) return refuse('broker-closed');
    if (entries.length >= limits.maxTreeEntries) return refuse('tree-entries');
    const entry = surveyEntry(request, components, found.name);
    if ('rule' in entry) return entry;
    entries.push(entry);
  }
}

function surveyEntry({ root }: MountRequest, parent: readonly string[], rawName: Uint8Array): TreeEntry | FsRefusal {
  const name = decodeName(rawName);
  if (name === undefined || !isSpellableName(name)) return refuse('path-not-matched');
  const components = [...parent, name];
  const entry = openBeneath(root, { components, mustBeDirectory: false }, 'inspect');
  if (entry.kind === 'refused') return entry;
  entry.handle[Symbol.dispose]();
  const isDirectory = entry.kind === 'directory';
  if (!isListed(root.grant, components.join('/'), isDirectory)) return refuse('path-not-matched');
  if (root.grant.allowDangerousNames !== true && isDangerousPath(components)) {
    return refuse('dangerous-name', nameRemedy(root.grant.mount));
  }
  return { components, kind: entry.kind, size: isDirectory ? 0 : entry.facts.size };
}
