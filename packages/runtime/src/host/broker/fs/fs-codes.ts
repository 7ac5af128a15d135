/**
 * Every way the fs broker says no to a guest. `toSkill` is the whole text that crosses to the guest: it holds no host
 * path and no errno text. `posix` is the `code` that the guest's `node:fs/promises` puts on its error.
 */
export const FS_CODES = {
  ERR_CARAPACE_PERMISSION_FS_SCOPE: {
    category: 'security',
    posix: 'EACCES',
    toSkill: 'Cannot open path: it is not granted',
  },
  ERR_CARAPACE_PERMISSION_FS_ACCESS: {
    category: 'security',
    posix: 'EACCES',
    toSkill: 'Cannot open path: this kind of access is not granted',
  },
  ERR_CARAPACE_PERMISSION_FS_NAME: {
    category: 'security',
    posix: 'EACCES',
    toSkill: 'Cannot use path: its name is reserved or trusted by other programs',
  },
  ERR_CARAPACE_PERMISSION_FS_LINK: {
    category: 'security',
    posix: 'EACCES',
    toSkill: 'Cannot open path: it is or passes through a link',
  },
  ERR_CARAPACE_PERMISSION_FS_TYPE: {
    category: 'security',
    posix: 'EACCES',
    toSkill: 'Cannot open path: it is neither a regular file nor a directory',
  },
  ERR_CARAPACE_PERMISSION_FS_ROOT_CHANGED: {
    category: 'security',
    posix: 'EACCES',
    toSkill: 'Cannot open path: its mount is no longer the directory that was granted',
  },
  ERR_CARAPACE_FS_NOT_FOUND: { category: 'skill', posix: 'ENOENT', toSkill: 'Cannot open path: it does not exist' },
  ERR_CARAPACE_FS_EXISTS: { category: 'skill', posix: 'EEXIST', toSkill: 'Cannot create path: it exists' },
  ERR_CARAPACE_FS_NOT_EMPTY: {
    category: 'skill',
    posix: 'ENOTEMPTY',
    toSkill: 'Cannot remove or replace directory: it is not empty',
  },
  ERR_CARAPACE_FS_NOT_DIRECTORY: {
    category: 'skill',
    posix: 'ENOTDIR',
    toSkill: 'Cannot open directory: path is not a directory',
  },
  ERR_CARAPACE_FS_IS_DIRECTORY: {
    category: 'skill',
    posix: 'EISDIR',
    toSkill: 'Cannot open file: path is a directory',
  },
  ERR_CARAPACE_FS_CROSS_MOUNT: {
    category: 'skill',
    posix: 'EXDEV',
    toSkill: 'Cannot move path: source and target are on different mounts',
  },
  ERR_CARAPACE_FS_BUSY: {
    category: 'skill',
    posix: 'EBUSY',
    toSkill: 'Cannot change path: it is a mount or in use',
  },
  ERR_CARAPACE_FS_BAD_PATH: {
    category: 'skill',
    posix: 'EINVAL',
    toSkill: 'Cannot open path: its form is not allowed',
  },
  ERR_CARAPACE_FS_BAD_HANDLE: {
    category: 'skill',
    posix: 'EBADF',
    toSkill: 'Cannot use file handle: it is closed or not open for this',
  },
  ERR_CARAPACE_FS_BAD_ARGUMENT: {
    category: 'skill',
    posix: 'EINVAL',
    toSkill: 'Cannot change file: position, length or target is not allowed',
  },
  ERR_CARAPACE_FS_TOO_LARGE: {
    category: 'skill',
    posix: 'EFBIG',
    toSkill: 'Cannot open file: it is larger than one operation takes',
  },
  ERR_CARAPACE_FS_TOO_MANY: {
    category: 'skill',
    posix: 'EMFILE',
    toSkill: 'Cannot go on: more files or directories are involved than one operation takes',
  },
  ERR_CARAPACE_FS_NO_SPACE: {
    category: 'system',
    posix: 'ENOSPC',
    toSkill: 'Cannot write file: the storage has no room left',
  },
  ERR_CARAPACE_FS_QUOTA: {
    category: 'skill',
    posix: 'EDQUOT',
    toSkill: 'Cannot write file: the quota of its mount is spent',
  },
  ERR_CARAPACE_FS_IO: { category: 'system', posix: 'EIO', toSkill: 'Cannot open path: the storage reported a failure' },
  ERR_CARAPACE_BUDGET_FS_READ: {
    category: 'skill',
    posix: 'EDQUOT',
    toSkill: 'Cannot read file: the budget for bytes read is spent',
  },
  ERR_CARAPACE_BUDGET_FS_WRITE: {
    category: 'skill',
    posix: 'EDQUOT',
    toSkill: 'Cannot write file: the budget for bytes written is spent',
  },
  ERR_CARAPACE_BUDGET_FILES: {
    category: 'skill',
    posix: 'EDQUOT',
    toSkill: 'Cannot open path: the budget for files is spent',
  },
} as const;

export type FsCode = keyof typeof FS_CODES;
