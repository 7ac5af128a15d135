import { CarapaceError, type CarapaceErrorOptions, defineErrorCodes, type ErrorTable } from '@carapace/manifest/base';

/** For the operator, never for a guest: the messages name host paths. */
export type MountRootErrorCode =
  | 'ERR_CARAPACE_RUNTIME_MOUNT_PLATFORM'
  | 'ERR_CARAPACE_RUNTIME_MOUNT_ROOT'
  | 'ERR_CARAPACE_RUNTIME_MOUNT_PROCFS'
  | 'ERR_CARAPACE_RUNTIME_MOUNT_CASE'
  | 'ERR_CARAPACE_RUNTIME_MOUNT_DUPLICATE'
  | 'ERR_CARAPACE_RUNTIME_MOUNT_DATA';

/** Meaning, remedy and exit code of each mount error. */
export const MOUNT_ERRORS: ErrorTable<MountRootErrorCode> = defineErrorCodes<MountRootErrorCode>({
  ERR_CARAPACE_RUNTIME_MOUNT_PLATFORM: {
    category: 'user',
    retryable: false,
    exitCode: 78,
    meaning: 'File access has no containment on this operating system.',
    fix: 'Grant mounts on Linux only.',
  },
  ERR_CARAPACE_RUNTIME_MOUNT_ROOT: {
    category: 'user',
    retryable: false,
    exitCode: 66,
    meaning: 'The granted path is missing, not a directory, or cannot be opened by the host.',
    fix: 'Name an existing directory that the host user may open.',
  },
  ERR_CARAPACE_RUNTIME_MOUNT_PROCFS: {
    category: 'system',
    retryable: false,
    exitCode: 78,
    meaning: '`/proc/self/fd` does not lead back to the descriptors of the host process.',
    fix: 'Mount a real procfs in the container that runs the host.',
  },
  ERR_CARAPACE_RUNTIME_MOUNT_CASE: {
    category: 'security',
    retryable: false,
    exitCode: 78,
    meaning: 'The filesystem ignores case, so an excluded path could be reached by another spelling.',
    fix: 'Grant a directory on a filesystem that distinguishes case.',
  },
  ERR_CARAPACE_RUNTIME_MOUNT_DUPLICATE: {
    category: 'user',
    retryable: false,
    exitCode: 65,
    meaning: 'Two granted directories have the same mount name.',
    fix: 'Give each mount a name of its own.',
  },
  ERR_CARAPACE_RUNTIME_MOUNT_DATA: {
    category: 'user',
    retryable: false,
    exitCode: 78,
    meaning: 'The directory for the private data of skills, or one below it, is missing rights or open to other users.',
    fix: 'Name a directory that belongs to the host user and that nobody else may write to, such as one of mode 0700.',
  },
});

/** A directory that was granted cannot be opened safely. Thrown by `runtime.load`. */
export class MountRootError extends CarapaceError<MountRootErrorCode> {
  constructor(code: MountRootErrorCode, message: string, options: CarapaceErrorOptions = {}) {
    super(code, MOUNT_ERRORS[code], message, options);
  }
}
