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
  ERR_CARAPACE_FS_NOT_DIRECTORY: {
    category: 'skill',
    posix: 'ENOTDIR',
    toSkill: 'Cannot open directory: path is not a directory',
  },
  ERR_CARAPACE_FS_IS_DIRECTORY: {
    category: 'skill',
    posix: 'EISDIR',
    toSkill: 'Cannot read file: path is a directory',
  },
  ERR_CARAPACE_FS_BAD_PATH: {
    category: 'skill',
    posix: 'EINVAL',
    toSkill: 'Cannot open path: its form is not allowed',
  },
  ERR_CARAPACE_FS_TOO_LARGE: {
    category: 'skill',
    posix: 'EFBIG',
    toSkill: 'Cannot read file: it is larger than one read may be',
  },
  ERR_CARAPACE_FS_IO: { category: 'system', posix: 'EIO', toSkill: 'Cannot open path: the storage reported a failure' },
  ERR_CARAPACE_BUDGET_FS_READ: {
    category: 'skill',
    posix: 'EDQUOT',
    toSkill: 'Cannot read file: the budget for bytes read is spent',
  },
  ERR_CARAPACE_BUDGET_FILES: {
    category: 'skill',
    posix: 'EDQUOT',
    toSkill: 'Cannot open path: the budget for files is spent',
  },
} as const;

export type FsCode = keyof typeof FS_CODES;

/** Which check said no, for the audit trail. One code each; several rules may share a code. */
export const FS_RULES = {
  'path-type': 'ERR_CARAPACE_FS_BAD_PATH',
  'path-relative': 'ERR_CARAPACE_FS_BAD_PATH',
  'path-length': 'ERR_CARAPACE_FS_BAD_PATH',
  'path-depth': 'ERR_CARAPACE_FS_BAD_PATH',
  'path-character': 'ERR_CARAPACE_FS_BAD_PATH',
  'component-empty': 'ERR_CARAPACE_FS_BAD_PATH',
  'component-dots': 'ERR_CARAPACE_FS_BAD_PATH',
  'component-length': 'ERR_CARAPACE_FS_BAD_PATH',
  'mount-unknown': 'ERR_CARAPACE_PERMISSION_FS_SCOPE',
  'path-not-matched': 'ERR_CARAPACE_PERMISSION_FS_SCOPE',
  'mount-crossing': 'ERR_CARAPACE_PERMISSION_FS_SCOPE',
  'access-missing': 'ERR_CARAPACE_PERMISSION_FS_ACCESS',
  'os-permission': 'ERR_CARAPACE_PERMISSION_FS_ACCESS',
  symlink: 'ERR_CARAPACE_PERMISSION_FS_LINK',
  'hard-link': 'ERR_CARAPACE_PERMISSION_FS_LINK',
  'special-file': 'ERR_CARAPACE_PERMISSION_FS_TYPE',
  'root-changed': 'ERR_CARAPACE_PERMISSION_FS_ROOT_CHANGED',
  'root-closed': 'ERR_CARAPACE_PERMISSION_FS_ROOT_CHANGED',
  'not-found': 'ERR_CARAPACE_FS_NOT_FOUND',
  'parent-not-directory': 'ERR_CARAPACE_FS_NOT_FOUND',
  'not-directory': 'ERR_CARAPACE_FS_NOT_DIRECTORY',
  'is-directory': 'ERR_CARAPACE_FS_IS_DIRECTORY',
  'read-cap': 'ERR_CARAPACE_FS_TOO_LARGE',
  'io-failure': 'ERR_CARAPACE_FS_IO',
  'race-persisted': 'ERR_CARAPACE_FS_IO',
  'broker-closed': 'ERR_CARAPACE_FS_IO',
  'budget-read': 'ERR_CARAPACE_BUDGET_FS_READ',
  'budget-files': 'ERR_CARAPACE_BUDGET_FILES',
  'open-handles': 'ERR_CARAPACE_BUDGET_FILES',
} as const;

export type FsRule = keyof typeof FS_RULES;
