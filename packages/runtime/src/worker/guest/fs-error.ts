import { SafeMap } from './collections.ts';
import { defineValue, ErrorOf } from './primordials.ts';

/** The host's codes and the POSIX code that Node would use, so that `error.code === 'ENOENT'` works as usual. */
const POSIX = new SafeMap<string, string>();
POSIX.set('ERR_CARAPACE_PERMISSION_FS_SCOPE', 'EACCES');
POSIX.set('ERR_CARAPACE_PERMISSION_FS_ACCESS', 'EACCES');
POSIX.set('ERR_CARAPACE_PERMISSION_FS_NAME', 'EACCES');
POSIX.set('ERR_CARAPACE_PERMISSION_FS_LINK', 'EACCES');
POSIX.set('ERR_CARAPACE_PERMISSION_FS_TYPE', 'EACCES');
POSIX.set('ERR_CARAPACE_PERMISSION_FS_ROOT_CHANGED', 'EACCES');
POSIX.set('ERR_CARAPACE_PERMISSION_SECRET_FILE', 'EACCES');
POSIX.set('ERR_CARAPACE_FS_NOT_FOUND', 'ENOENT');
POSIX.set('ERR_CARAPACE_FS_EXISTS', 'EEXIST');
POSIX.set('ERR_CARAPACE_FS_NOT_EMPTY', 'ENOTEMPTY');
POSIX.set('ERR_CARAPACE_FS_NOT_DIRECTORY', 'ENOTDIR');
POSIX.set('ERR_CARAPACE_FS_IS_DIRECTORY', 'EISDIR');
POSIX.set('ERR_CARAPACE_FS_CROSS_MOUNT', 'EXDEV');
POSIX.set('ERR_CARAPACE_FS_BUSY', 'EBUSY');
POSIX.set('ERR_CARAPACE_FS_BAD_PATH', 'EINVAL');
POSIX.set('ERR_CARAPACE_FS_BAD_HANDLE', 'EBADF');
POSIX.set('ERR_CARAPACE_FS_BAD_ARGUMENT', 'EINVAL');
POSIX.set('ERR_CARAPACE_FS_TOO_LARGE', 'EFBIG');
POSIX.set('ERR_CARAPACE_FS_TOO_MANY', 'EMFILE');
POSIX.set('ERR_CARAPACE_FS_NO_SPACE', 'ENOSPC');
POSIX.set('ERR_CARAPACE_FS_QUOTA', 'EDQUOT');
POSIX.set('ERR_CARAPACE_FS_IO', 'EIO');
POSIX.set('ERR_CARAPACE_BUDGET_FS_READ', 'EDQUOT');
POSIX.set('ERR_CARAPACE_BUDGET_FS_WRITE', 'EDQUOT');
POSIX.set('ERR_CARAPACE_BUDGET_FILES', 'EDQUOT');
// Of this side.
POSIX.set('ENAMETOOLONG', 'ENAMETOOLONG');
POSIX.set('EBADF', 'EBADF');
POSIX.set('ERR_DIR_CLOSED', 'ERR_DIR_CLOSED');

/**
 * Shaped like Node's system errors; `path` and `to` (of a rename or a copy) are virtual paths, `carapaceCode` the host's own
 * code.
 */
export function createFsError(
  carapaceCode: string,
  sentence: string,
  syscall: string,
  path: string,
  to?: string,
): Error {
  const code = POSIX.get(carapaceCode) ?? 'EIO';
  const where = to === undefined ? `'${path}'` : `'${path}' -> '${to}'`;
  const error = new ErrorOf(`${code}: ${sentence}, ${syscall} ${where}`);
  define(error, 'code', code);
  define(error, 'syscall', syscall);
  define(error, 'path', path);
  if (to !== undefined) define(error, 'dest', to);
  define(error, 'carapaceCode', carapaceCode);
  return error;
}

function define(error: Error, key: string, value: string): void {
  defineValue(error, key, value, true);
}
