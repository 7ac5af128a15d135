import { createFsPowers, type FsPowers } from '../host/broker/fs/fs-powers.ts';
import { type DataPlace, pinDataDirectory } from './data-directory.ts';
import { heldBy } from './held-directories.ts';
import { measureDirectory } from './measure-directory.ts';

/**
 * Removes everything a skill keeps. The directory itself stays, so that a loaded skill goes on with an empty one; what a
 * running call has open for writing may come back when it is closed.
 *
 * @throws MountRootError `ERR_CARAPACE_RUNTIME_MOUNT_DATA` for a name that is none, or a directory that cannot be opened
 */
export async function wipeData(place: DataPlace, given?: FsPowers): Promise<void> {
  const powers = given ?? (await createFsPowers());
  using pinned = pinDataDirectory(place, powers);
  if (pinned?.fd === undefined) return;
  const directory = `/proc/self/fd/${pinned.fd}`;
  const names: string[] = [];
  {
    await using found = await powers.openNames(directory);
    for (let entry = await found.next(); entry !== undefined; entry = await found.next()) {
      names.push(Buffer.from(entry.name).toString('utf8'));
    }
  }
  for (const name of names) await powers.removeTree(`${directory}/${name}`);
  const held = heldBy(powers.fstat(pinned.fd));
  if (held !== undefined) Object.assign(held, await measureDirectory(powers, directory));
}
