import { errnoOf, type FileFacts, type FsPowers, PIN_DIRECTORY_FLAGS } from '../host/broker/fs/fs-powers.ts';
import { MountRootError } from '../host/broker/fs/mount-root-error.ts';
import { OwnedFd } from '../host/broker/fs/owned-fd.ts';

/** Which directory below the operator's data root belongs to which skill. */
export interface DataPlace {
  /** Absolute directory of the operator for the private data of all skills. */
  readonly dataRoot: string;
  /** Name of the skill, as in its manifest. */
  readonly skill: string;
}

const SKILL_NAME = /^(?!.*--)[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/;
const PRIVATE_MODE = 0o700;
const OTHERS_MAY_WRITE = 0o022;

/**
 * The directory of one skill. By name, not by version: that is what "survives" means. Made when it is missing; one that
 * another user could have prepared is refused, since its files would be taken for the skill's own.
 *
 * @throws MountRootError `ERR_CARAPACE_RUNTIME_MOUNT_DATA`
 */
export function prepareDataDirectory(place: DataPlace, powers: FsPowers): string {
  const path = dataPath(place);
  try {
    powers.makeDirectories(place.dataRoot, PRIVATE_MODE);
    judge(place.dataRoot, powers.lstat(place.dataRoot), powers.userId);
    powers.makeDirectories(path, PRIVATE_MODE);
    judge(path, powers.lstat(path), powers.userId);
    return path;
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    throw unusable(path, errno, error);
  }
}

/** Pins the directory of a skill that has one; undefined if it never kept anything. */
export function pinDataDirectory(place: DataPlace, powers: FsPowers): OwnedFd | undefined {
  const path = dataPath(place);
  const opened = powers.open(path, PIN_DIRECTORY_FLAGS);
  if (opened.kind === 'opened') return new OwnedFd(opened.fd, powers.close);
  if (opened.errno === 'ENOENT') return undefined;
  throw unusable(path, opened.errno);
}

/** The name is looked at again: it becomes part of a path, and not every caller has a parsed manifest. */
function dataPath({ dataRoot, skill }: DataPlace): string {
  if (!dataRoot.startsWith('/')) throw unusable(dataRoot, 'the data root is not an absolute path');
  if (!SKILL_NAME.test(skill)) throw unusable(dataRoot, `${JSON.stringify(skill.slice(0, 64))} is no name of a skill`);
  return `${dataRoot.replace(/\/+$/, '')}/${skill}`;
}

function judge(path: string, facts: FileFacts, userId: number): void {
  if (facts.kind !== 'directory') throw unusable(path, 'it is not a directory');
  if (facts.owner !== userId) throw unusable(path, 'it belongs to another user');
  if ((facts.mode & OTHERS_MAY_WRITE) !== 0) throw unusable(path, 'other users may write to it');
}

function unusable(path: string, state: string, cause?: unknown): MountRootError {
  return new MountRootError('ERR_CARAPACE_RUNTIME_MOUNT_DATA', `Cannot keep data in "${path}": ${state}`, { cause });
}
