import { constants } from './fs/constants.ts';
import { readdir } from './fs/directory.ts';
import { appendFile, open, opendir, readFile, writeFile } from './fs/files.ts';
import { access, lstat, realpath, stat } from './fs/inspect.ts';
import { copyFile, mkdir, rename, rm, rmdir, truncate, unlink } from './fs/tree.ts';
import { unavailable, unavailableNow } from './fs/unavailable.ts';

/**
 * The exports of `node:fs/promises` inside the guest. What a skill does not have exists as well and says so: a library that
 * merely mentions it can be loaded (FS-192).
 */
export const fsPromises: Readonly<Record<string, unknown>> = {
  access,
  appendFile,
  chmod: unavailable('chmod'),
  chown: unavailable('chown'),
  constants,
  copyFile,
  cp: unavailable('cp'),
  glob: unavailableNow('glob'),
  lchmod: unavailable('lchmod'),
  lchown: unavailable('lchown'),
  link: unavailable('link'),
  lstat,
  lutimes: unavailable('lutimes'),
  mkdir,
  mkdtemp: unavailable('mkdtemp'),
  open,
  opendir,
  readFile,
  readdir,
  readlink: unavailable('readlink'),
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  statfs: unavailable('statfs'),
  symlink: unavailable('symlink'),
  truncate,
  unlink,
  utimes: unavailable('utimes'),
  watch: unavailableNow('watch'),
  writeFile,
};
