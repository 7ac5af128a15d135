import type { FsRule } from './fs-rules.ts';

const RULES: ReadonlyMap<string, FsRule> = new Map<string, FsRule>([
  ['ENOENT', 'not-found'],
  ['ENAMETOOLONG', 'not-found'],
  // Opens never pass O_DIRECTORY, so this is about a parent. It counts as "not found": "not a directory" would tell
  // that a file exists whose own name the grant may not cover.
  ['ENOTDIR', 'parent-not-directory'],
  ['ELOOP', 'symlink'],
  // openat2: the path left the root (RESOLVE_BENEATH) or entered another mount (RESOLVE_NO_XDEV).
  ['EXDEV', 'mount-crossing'],
  ['EACCES', 'os-permission'],
  ['EPERM', 'os-permission'],
  ['EAGAIN', 'race-persisted'],
  ['EROFS', 'os-permission'],
  ['EEXIST', 'exists'],
  ['ENOTEMPTY', 'not-empty'],
  ['EISDIR', 'is-directory'],
  ['EBUSY', 'in-use'],
  ['ETXTBSY', 'in-use'],
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EFBIG', 'offset-range'],
  ['EINVAL', 'offset-range'],
]);

/** What a failed system call means to the guest; anything unforeseen is an I/O failure. */
export function ruleOfErrno(errno: string): FsRule {
  return RULES.get(errno) ?? 'io-failure';
}
