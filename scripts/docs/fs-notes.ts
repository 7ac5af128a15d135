/** How what `node:fs/promises` offers differs from Node's. */
export const FS_NOTES: Readonly<Record<string, string>> = {
  access: '`X_OK` asks for nothing; the answer is about the grant and the file, as for any other call',
  appendFile: 'also to a `FileHandle`; a missing file is created if the grant says `create`',
  constants: '`F_OK`, `R_OK`, `W_OK`, `X_OK` and the `COPYFILE_` flags only',
  copyFile: '`COPYFILE_EXCL` works, `COPYFILE_FICLONE_FORCE` is refused',
  lstat: 'the same as `stat`',
  mkdir: 'option `recursive`; `mode` is ignored; answers nothing, also with `recursive`',
  open: 'flags as text, not as numbers; `mode` is ignored',
  opendir: '`read()`, `close()`, `for await`, `await using`; the way to lists of more than 1,000 names',
  readFile:
    "`Uint8Array`, or text with `'utf8'`, `'base64'` or `'hex'`; at most 16 MiB at once; option `signal`; also of a `FileHandle`",
  readdir: 'granted names only, sorted, at most 1,000 of a directory; options `withFileTypes`, `recursive`, `signal`',
  realpath: 'the path itself, if something is there',
  rename: 'within a mount; between two mounts `EXDEV`',
  rm: 'options `recursive`, `force`; a directory without `recursive` is `EISDIR`',
  rmdir: '',
  stat: '`size`, `mtimeMs`, `mtime` in whole seconds, `isFile()`, `isDirectory()` and the like; no owner, mode or inode',
  truncate: '',
  unlink: '',
  writeFile:
    'text, bytes, or an iterable of both, a web stream for example; the file is replaced as a whole or not at all; encodings as with `readFile`; `mode` and `flush` are ignored',
};

/** Exports that always fail with `ERR_FEATURE_UNAVAILABLE_ON_PLATFORM`, so that a library which only mentions them loads. */
export const FS_REFUSED: readonly string[] = [
  'chmod',
  'chown',
  'cp',
  'glob',
  'lchmod',
  'lchown',
  'link',
  'lutimes',
  'mkdtemp',
  'readlink',
  'statfs',
  'symlink',
  'utimes',
  'watch',
];

/** The methods of what `open` gives. */
export const HANDLE_NOTES: readonly (readonly [method: string, note: string])[] = [
  ['read', 'brings at most 1 MiB at once, like a read of the kernel possibly less than asked'],
  ['write', 'writes all or fails'],
  ['readFile', 'from where the last operation ended'],
  ['writeFile', 'at where the last operation ended'],
  ['appendFile', 'the same as `writeFile`'],
  ['stat', ''],
  ['truncate', ''],
  ['readLines', 'a loop over lines of UTF-8; a lone `\\r` does not end one'],
  ['createReadStream', 'a web stream; options `start`, `end`, `highWaterMark`, `encoding`, `autoClose`'],
  ['createWriteStream', 'a web stream; option `start`'],
  ['readableWebStream', 'option `autoClose`'],
  ['close', 'also by `await using`'],
];
