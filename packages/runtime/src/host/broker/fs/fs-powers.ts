import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  promises,
  read as readCallback,
  readFileSync,
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
  readonly open: (path: string, flags: number) => OpenResult;
  readonly close: (fd: number) => void;
  readonly fstat: (fd: number) => FileFacts;
  readonly lstat: (path: string) => FileFacts;
  /** Which mount the descriptor lives on; undefined when procfs does not say. */
  readonly mountId: (fd: number) => string | undefined;
  readonly realpath: (path: string) => Promise<string>;
  /** Fills `into` from the descriptor's position; 0 is the end of the file. */
  readonly read: (fd: number, into: Uint8Array) => Promise<number>;
  readonly openNames: (path: string) => Promise<NameIterator>;
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

const readAsync = promisify(readCallback);

/** The real machine. `support` decides between the containment classes; tests pass `unavailable` to get the walk. */
export async function createFsPowers(support?: LinuxSyscallsSupport): Promise<FsPowers> {
  const native = support ?? (await loadLinuxSyscalls());
  return {
    platform: process.platform,
    openBeneath: toOpenBeneath(native),
    open: (path, flags) => attemptOpen(() => openSync(path, flags)),
    close: closeSync,
    fstat: (fd) => toFacts(fstatSync(fd, { bigint: true })),
    lstat: (path) => toFacts(lstatSync(path, { bigint: true })),
    mountId: readMountId,
    realpath: (path) => promises.realpath(path),
    read: async (fd, into) => (await readAsync(fd, into, 0, into.byteLength, null)).bytesRead,
    openNames,
  };
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
