import type { MountRootErrorCode } from '../../packages/runtime/src/host/broker/fs/mount-root-error.ts';

interface MountErrorText {
  readonly meaning: string;
  readonly fix: string;
}

/** Mount errors are a plain class without a table; the type makes this list complete. */
export const MOUNT_ERRORS: Readonly<Record<MountRootErrorCode, MountErrorText>> = {
  ERR_CARAPACE_RUNTIME_MOUNT_PLATFORM: {
    meaning: 'File access has no containment on this operating system.',
    fix: 'Grant mounts on Linux only.',
  },
  ERR_CARAPACE_RUNTIME_MOUNT_ROOT: {
    meaning: 'The granted path is missing, not a directory, or cannot be opened by the host.',
    fix: 'Name an existing directory that the host user may open.',
  },
  ERR_CARAPACE_RUNTIME_MOUNT_PROCFS: {
    meaning: '`/proc/self/fd` does not lead back to the descriptors of the host process.',
    fix: 'Mount a real procfs in the container that runs the host.',
  },
  ERR_CARAPACE_RUNTIME_MOUNT_CASE: {
    meaning: 'The filesystem ignores case, so an excluded path could be reached by another spelling.',
    fix: 'Grant a directory on a filesystem that distinguishes case.',
  },
  ERR_CARAPACE_RUNTIME_MOUNT_DUPLICATE: {
    meaning: 'Two granted directories have the same mount name.',
    fix: 'Give each mount a name of its own.',
  },
};
