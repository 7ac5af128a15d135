/**
 * For the operator, never for a guest: these messages name host paths.
 *
 * - `ERR_CARAPACE_RUNTIME_MOUNT_PLATFORM`: this platform has no containment class yet.
 * - `ERR_CARAPACE_RUNTIME_MOUNT_ROOT`: the granted path is missing or not a directory.
 * - `ERR_CARAPACE_RUNTIME_MOUNT_PROCFS`: `/proc/self/fd` does not lead back to open descriptors.
 * - `ERR_CARAPACE_RUNTIME_MOUNT_CASE`: the filesystem ignores case, so path rules could be spelled around.
 * - `ERR_CARAPACE_RUNTIME_MOUNT_DUPLICATE`: two grants share a mount name.
 */
export type MountRootErrorCode =
  | 'ERR_CARAPACE_RUNTIME_MOUNT_PLATFORM'
  | 'ERR_CARAPACE_RUNTIME_MOUNT_ROOT'
  | 'ERR_CARAPACE_RUNTIME_MOUNT_PROCFS'
  | 'ERR_CARAPACE_RUNTIME_MOUNT_CASE'
  | 'ERR_CARAPACE_RUNTIME_MOUNT_DUPLICATE';

export class MountRootError extends Error {
  override readonly name = 'MountRootError';
  readonly code: MountRootErrorCode;

  constructor(code: MountRootErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
