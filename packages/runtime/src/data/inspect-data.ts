import { createFsPowers, type FsPowers } from '../host/broker/fs/fs-powers.ts';
import { type DataPlace, pinDataDirectory } from './data-directory.ts';
import { type DataEntry, entriesBelow } from './measure-directory.ts';

const MAX_ENTRIES = 10_000;

/** What a skill keeps. */
export interface DataInspection {
  /** False: the skill never kept anything, or it was wiped with its directory. */
  readonly exists: boolean;
  readonly bytes: number;
  /** Files and directories. */
  readonly files: number;
  /** The first 10,000. Names are the skill's words: escape them before they reach a terminal. */
  readonly entries: readonly DataEntry[];
  readonly truncated: boolean;
}

/**
 * Looks at the private data of a skill, for its operator. Nothing is opened for reading.
 *
 * @throws MountRootError `ERR_CARAPACE_RUNTIME_MOUNT_DATA` for a name that is none, or a directory that cannot be opened
 */
export async function inspectData(place: DataPlace, given?: FsPowers): Promise<DataInspection> {
  const powers = given ?? (await createFsPowers());
  using pinned = pinDataDirectory(place, powers);
  if (pinned?.fd === undefined) return { exists: false, bytes: 0, files: 0, entries: [], truncated: false };
  const entries: DataEntry[] = [];
  let bytes = 0;
  let files = 0;
  for await (const entry of entriesBelow(powers, `/proc/self/fd/${pinned.fd}`)) {
    bytes += entry.size;
    files += 1;
    if (entries.length < MAX_ENTRIES) entries.push(entry);
  }
  return { exists: true, bytes, files, entries, truncated: files > entries.length };
}
