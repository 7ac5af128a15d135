import { errnoOf, type FileFacts, type FsPowers, type NameIterator, PIN_FLAGS } from './fs-powers.ts';
import { OwnedFd } from './owned-fd.ts';

/** Names looked at before the answer is "not seen to fold"; one name with a letter settles it almost always. */
const MAX_NAMES = 64;

/**
 * Whether the filesystem takes `PRIVATE` for `private`, as FAT, NTFS, CIFS and Windows drives under WSL do. There a
 * grant that excludes `private` would be walked around by spelling, since rules compare names byte by byte.
 *
 * Finds a name in the root whose other spelling leads to the same entry without being an entry of its own. A root that
 * holds no name with a letter cannot be judged, nor can single folding directories below it (ext4 with `chattr +F`).
 */
export async function foldsCase(powers: FsPowers, rootFd: number): Promise<boolean> {
  const names = await listSomeNames(powers, `/proc/self/fd/${rootFd}`);
  for (const name of names) {
    const other = swapCase(name);
    if (other === name || names.has(other)) continue;
    const here = pinnedFacts(powers, rootFd, name);
    if (here === undefined) continue;
    const there = pinnedFacts(powers, rootFd, other);
    if (there?.inode !== here.inode || there.device !== here.device) return false;
    // Two hard links may be spelled alike, and only one of them may be among the names looked at.
    if (here.kind === 'directory' || here.links === 1n) return true;
  }
  return false;
}

function swapCase(name: string): string {
  return name.replace(/[a-zA-Z]/g, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}

/** Empty when the operating system does not let the root be listed: then nothing is seen to fold. */
async function listSomeNames(powers: FsPowers, path: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  try {
    await using names: NameIterator = await powers.openNames(path);
    while (found.size < MAX_NAMES) {
      const entry = await names.next();
      if (entry === undefined) break;
      found.add(Buffer.from(entry.name).toString('utf8'));
    }
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
  }
  return found;
}

function pinnedFacts(powers: FsPowers, rootFd: number, name: string): FileFacts | undefined {
  const pinned = powers.open(`/proc/self/fd/${rootFd}/${name}`, PIN_FLAGS);
  if (pinned.kind === 'failed') return undefined;
  using owned = new OwnedFd(pinned.fd, powers.close);
  return owned.fd === undefined ? undefined : powers.fstat(owned.fd);
}
