import { randomBytes } from 'node:crypto';
import {
  type BigIntStats,
  closeSync,
  constants,
  copyFileSync,
  fchmodSync,
  fchownSync,
  fdatasync,
  fstatSync,
  ftruncate,
  lstatSync,
  mkdirSync,
  openSync,
  promises,
  read as readCallback,
  readFileSync,
  statfsSync,
  write as writeCallback,
} from 'node:fs';
import { promisify } from 'node:util';
import { type LinuxSyscallsSupport, loadLinuxSyscalls, type OpenResult, RESOLVE } from '../../native/linux-syscalls.ts';

/** What the kernel says about an open descriptor. `special` is a FIFO, socket or device. */
export interface FileFacts {
  readonly kind: 'file' | 'directory' | 'symlink' | 'special';
  readonly device: bigint;
  readonly inode: bigint;
  readonly links: bigint;
  readonly size: number;
  /** Milliseconds since the epoch, cut to whole seconds: finer times are a side channel and of no use here. */
  readonly mtimeMs: number;
  /** Permission, setuid, setgid and sticky bits. */
  readonly mode: number;
  readonly owner: number;
  readonly group: number;
}

/** What the file system that holds an open directory has left for ordinary users. */
export interface FreeSpace {
  readonly bytes: number;
  /** Undefined where the file system does not count files. */
  readonly files: number | undefined;
}

export interface ListedName {
  /** Raw bytes: a name on disk need not be UTF-8. */
  readonly name: Uint8Array;
  readonly kind: 'file' | 'directory' | 'other';
}

export interface NameIterator extends AsyncDisposable {
  next(): Promise<ListedName | undefined>;
}

/** Opens relative to a directory descriptor, never leaving it and never through any link or mount point. */
export type OpenBeneath = (directoryFd: number, path: string, flags: number) => OpenResult;

/** Everything the fs broker may do to the machine. Opens are synchronous on purpose, see open-beneath.ts. */
export interface FsPowers {
  readonly platform: string;
  readonly openBeneath:
    | { readonly kind: 'available'; readonly open: OpenBeneath }
    | { readonly kind: 'unavailable'; readonly reason: string };
  /** `mode` is for files that the call creates; the process's umask takes bits away from it. */
  readonly open: (path: string, flags: number, mode?: number) => OpenResult;
  readonly close: (fd: number) => void;
  readonly fstat: (fd: number) => FileFacts;
  readonly lstat: (path: string) => FileFacts;
  /** Which mount the descriptor lives on; undefined when procfs does not say. */
  readonly mountId: (fd: number) => string | undefined;
  readonly realpath: (path: string) => Promise<string>;
  /** Fills `into` from `position`, or from where the last such read ended; 0 is the end of the file. */
  readonly read: (fd: number, into: Uint8Array, position?: number) => Promise<number>;
  readonly openNames: (path: string) => Promise<NameIterator>;
  /** May write less than asked. A descriptor opened for appending writes at the end, whatever the position. */
  readonly write: (fd: number, bytes: Uint8Array, position: number) => Promise<number>;
  readonly truncate: (fd: number, length: number) => Promise<void>;
  /** Until the content, not necessarily the times, is on the storage. */
  readonly sync: (fd: number) => Promise<void>;
  readonly setMode: (fd: number, mode: number) => void;
  readonly setOwner: (fd: number, owner: number, group: number) => void;
  readonly makeDirectory: (path: string, mode: number) => void;
  readonly removeFile: (path: string) => Promise<void>;
  readonly removeDirectory: (path: string) => Promise<void>;
  readonly rename: (from: string, to: string) => Promise<void>;
  readonly freeSpace: (path: string) => FreeSpace;
  /** All bytes of one file into another that exists, without coming back in between. */
  readonly copyContent: (from: string, to: string) => void;
  /** With all parents; nothing happens to what exists. */
  readonly makeDirectories: (path: string, mode: number) => void;
  /** A directory with all below it, links as links. For directories of the host's own alone. */
  readonly removeTree: (path: string) => Promise<void>;
  readonly userId: number;
  /** 64 bits nobody can foresee, as 16 hexadecimal digits. */
  readonly randomDigits: () => string;
  readonly processId: number;
  /** When this process began, milliseconds since the epoch. */
  readonly startedMs: number;
  readonly isRunning: (processId: number) => boolean;
}

/** Not in `fs.constants`; the same value on every architecture Node runs on under Linux. */
const O_PATH = 0o10000000;
const O_CLOEXEC = 0o2000000;
const BENEATH = RESOLVE.BENEATH | RESOLVE.NO_SYMLINKS | RESOLVE.NO_MAGICLINKS | RESOLVE.NO_XDEV;

/** Pins an entry without opening it: no driver is woken, no FIFO writer is let go, and a link is caught as a link. */
export const PIN_FLAGS: number = O_PATH | constants.O_NOFOLLOW | O_CLOEXEC;
export const PIN_DIRECTORY_FLAGS: number = PIN_FLAGS | constants.O_DIRECTORY;
/** For a pinned regular file. O_NONBLOCK: a lease holder cannot make the open wait. */
export const READ_PINNED_FLAGS: number = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY | O_CLOEXEC;
export const WRITE_PINNED_FLAGS: number = constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY | O_CLOEXEC;
export const UPDATE_PINNED_FLAGS: number = constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY | O_CLOEXEC;
export const APPENDING: number = constants.O_APPEND;
/** A new name or nothing: whatever stands there already, a dangling link included, makes the open fail. */
export const CREATE_FLAGS: number =
  constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW | constants.O_NOCTTY | O_CLOEXEC;

const readAsync = promisify(readCallback);
const writeAsync = promisify(writeCallback);
const truncateAsync = promisify(ftruncate);
const syncAsync = promisify(fdatasync);

/** The real machine. `support` decides between the containment classes; tests pass `unavailable` to get the walk. */
export async function createFsPowers(support?: LinuxSyscallsSupport): Promise<FsPowers> {
  const native = support ?? (await loadLinuxSyscalls());
  const syscalls = native.kind === 'available' ? native.syscalls : undefined;
  return {
    platform: process.platform,
    openBeneath: toOpenBeneath(native),
    open: (path, flags, mode) => attemptOpen(() => openSync(path, flags, mode)),
    close: closeSync,
    fstat: (fd) => toFacts(fstatSync(fd, { bigint: true })),
    lstat: (path) => toFacts(lstatSync(path, { bigint: true })),
    mountId: readMountId,
    realpath: (path) => promises.realpath(path),
    // What the kernel has in memory is read at once; only what has to be waited for goes through the thread pool.
    read: async (fd, into, position) =>
      syscalls?.readCached(fd, into, position) ??
      (await readAsync(fd, into, 0, into.byteLength, position ?? null)).bytesRead,
    openNames,
    ...WRITING,
    randomDigits: () => randomBytes(8).toString('hex'),
    processId: process.pid,
    userId: process.getuid?.() ?? 0,
    startedMs: Date.now() - process.uptime() * 1000,
    isRunning,
  };
}

const WRITING: Pick<
  FsPowers,
  | 'write'
  | 'truncate'
  | 'sync'
  | 'setMode'
  | 'setOwner'
  | 'makeDirectory'
  | 'removeFile'
  | 'removeDirectory'
  | 'rename'
  | 'freeSpace'
  | 'copyContent'
  | 'makeDirectories'
  | 'removeTree'
> = {
  write: async (fd, bytes, position) => (await writeAsync(fd, bytes, 0, bytes.byteLength, position)).bytesWritten,
  truncate: truncateAsync,
  sync: syncAsync,
  setMode: fchmodSync,
  setOwner: fchownSync,
  makeDirectory: (path, mode) => {
    mkdirSync(path, { mode });
  },
  removeFile: promises.unlink,
  removeDirectory: (path) => promises.rmdir(path),
  rename: promises.rename,
  copyContent: copyFileSync,
  makeDirectories: (path, mode) => {
    mkdirSync(path, { mode, recursive: true });
  },
  removeTree: (path) => promises.rm(path, { recursive: true, force: true }),
  freeSpace(path) {
    const { bavail, bsize, files, ffree } = statfsSync(path);
    return { bytes: bavail * bsize, files: files === 0 ? undefined : ffree };
  },
};

/** EPERM: it runs, as somebody else. */
function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return errnoOf(error) === 'EPERM';
  }
}

function toOpenBeneath(support: LinuxSyscallsSupport): FsPowers['openBeneath'] {
  if (support.kind === 'unavailable') return support;
  const { syscalls } = support;
  return {
    kind: 'available',
    open: (directoryFd, path, flags) => syscalls.openat2(directoryFd, path, { flags, resolve: BENEATH }),
  };
}

function attemptOpen(open: () => number): OpenResult {
  try {
    return { kind: 'opened', fd: open() };
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    return { kind: 'failed', errno };
  }
}

/** The symbolic errno of a failed system call; undefined for any other error, which is a defect and must not be hidden. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

function toFacts(stats: BigIntStats): FileFacts {
  return {
    kind: kindOf(stats),
    device: stats.dev,
    inode: stats.ino,
    links: stats.nlink,
    size: Number(stats.size),
    mtimeMs: Number(stats.mtimeMs / 1000n) * 1000,
    mode: Number(stats.mode) & 0o7777,
    owner: Number(stats.uid),
    group: Number(stats.gid),
  };
}

function kindOf(stats: BigIntStats): FileFacts['kind'] {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'directory';
  return stats.isSymbolicLink() ? 'symlink' : 'special';
}

function readMountId(fd: number): string | undefined {
  try {
    return /^mnt_id:\s*(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1];
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return undefined;
  }
}

async function openNames(path: string): Promise<NameIterator> {
  // @ts-expect-error -- Dir reads names as bytes with this encoding, but the types list string encodings only
  const directory = await promises.opendir(path, { encoding: 'buffer', bufferSize: 256 });
  return {
    async next() {
      const entry = await directory.read();
      if (entry === null) return undefined;
      const name: unknown = entry.name;
      if (!(name instanceof Uint8Array)) throw new TypeError('Cannot read directory: names are not bytes');
      const kind = entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : 'other';
      return { name, kind };
    },
    [Symbol.asyncDispose]: () => directory.close(),
  };
}
