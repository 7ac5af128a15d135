import type koffi from 'koffi';
import { type Architecture, architectureOf } from '../../jail/seccomp/architecture.ts';
import { syscallNumber } from '../../jail/seccomp/syscall-numbers.ts';

type Koffi = typeof koffi;

const OPEN_HOW_BYTES = 24;

/** `open_how.resolve` bits, from linux/openat2.h. */
export const RESOLVE = {
  NO_XDEV: 0x01,
  NO_MAGICLINKS: 0x02,
  NO_SYMLINKS: 0x04,
  BENEATH: 0x08,
} as const;

export interface OpenHow {
  /** O_* flags of the running architecture, as in `fs.constants`. openat2 refuses unknown bits instead of ignoring them. */
  readonly flags: number;
  /** Union of {@link RESOLVE} bits. */
  readonly resolve: number;
}

/** `errno` is the symbolic name, e.g. `ELOOP`, or `E<number>` for one that koffi does not name. */
export type OpenResult =
  | { readonly kind: 'opened'; readonly fd: number }
  | { readonly kind: 'failed'; readonly errno: string };

export interface LinuxSyscalls {
  /**
   * openat2(2). Blocks the calling thread, about 3 µs on a local filesystem. A mount that may be slow could use
   * koffi's asynchronous calls, but then the directory fd must be kept open until the call has ended.
   */
  openat2(directoryFd: number, path: string, how: OpenHow): OpenResult;
  /**
   * preadv2(2) with RWF_NOWAIT at the descriptor's position, or at `position`: the bytes, if the kernel has them in memory;
   * nothing where it would have to wait for a disk or a network, or the filesystem cannot tell. Never blocks. Some 2 µs
   * for a page, where a read on Node's thread pool takes 50.
   */
  readonly readCached: (fd: number, into: Uint8Array, position?: number) => number | undefined;
}

export type LinuxSyscallsSupport =
  | { readonly kind: 'available'; readonly syscalls: LinuxSyscalls }
  | { readonly kind: 'unavailable'; readonly reason: string };

export interface SyscallHost {
  readonly platform: string;
  readonly arch: string;
  readonly loadKoffi: () => Promise<Koffi>;
}

const THIS_HOST: SyscallHost = {
  platform: process.platform,
  arch: process.arch,
  loadKoffi: async () => (await import('koffi')).default,
};

/**
 * Binds the system calls Node does not offer. Loads the native addon on first use only, so that importing the runtime
 * stays cheap. Never throws: without koffi (or with `--no-addons`) the answer is `unavailable` and says why. Whether
 * the kernel answers is for the caller to try: an old kernel gives ENOSYS, a container's filter ENOSYS or EPERM.
 */
export async function loadLinuxSyscalls(host: SyscallHost = THIS_HOST): Promise<LinuxSyscallsSupport> {
  if (host.platform !== 'linux') return { kind: 'unavailable', reason: `platform is ${host.platform}` };
  const architecture = architectureOf(host.arch);
  if (architecture === undefined) return { kind: 'unavailable', reason: `architecture is ${host.arch}` };
  try {
    return { kind: 'available', syscalls: bindSyscalls(await host.loadKoffi(), architecture) };
  } catch (error) {
    return { kind: 'unavailable', reason: `koffi did not load: ${error instanceof Error ? error.message : 'unknown'}` };
  }
}

function bindSyscalls(koffi: Koffi, architecture: Architecture): LinuxSyscalls {
  // The process itself is searched, so the same line serves glibc and musl.
  const call = koffi
    .load(null)
    .func('long syscall(long number, int directory, const char *path, const void *how, size_t size)');
  const readInto = bindReadCached(koffi);
  const openat2 = syscallNumber('openat2', architecture);
  const errnoNames = nameErrnos(koffi.os.errno);
  return {
    openat2(directoryFd, path, how) {
      const result: unknown = call(openat2, directoryFd, path, encodeOpenHow(how), OPEN_HOW_BYTES);
      if (typeof result === 'number' && result >= 0) return { kind: 'opened', fd: result };
      const errno = koffi.errno();
      return { kind: 'failed', errno: errnoNames.get(errno) ?? `E${errno}` };
    },
    readCached: readInto,
  };
}

/** From linux/fs.h: fail with EAGAIN instead of waiting. */
const RWF_NOWAIT = 0x08;

/** A C library without preadv2 only makes reads slower. */
function bindReadCached(koffi: Koffi): LinuxSyscalls['readCached'] {
  try {
    const vector = koffi.struct({ base: 'void *', length: 'size_t' });
    const preadv2 = koffi.load(null).func('preadv2', 'long', ['int', koffi.pointer(vector), 'int', 'int64_t', 'int']);
    return (fd, into, position = -1) => {
      const result: unknown = preadv2(fd, [{ base: into, length: into.byteLength }], 1, position, RWF_NOWAIT);
      return typeof result === 'number' && result >= 0 ? result : undefined;
    };
  } catch {
    return () => undefined;
  }
}

/** Some numbers have two names; the first is the usual one (EAGAIN before EWOULDBLOCK). */
function nameErrnos(table: Readonly<Record<string, number>>): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const [name, value] of Object.entries(table)) {
    if (!names.has(value)) names.set(value, name);
  }
  return names;
}

/** `struct open_how { u64 flags; u64 mode; u64 resolve; }`; mode stays 0, nothing is created here. */
function encodeOpenHow(how: OpenHow): Uint8Array {
  const bytes = Buffer.alloc(OPEN_HOW_BYTES);
  bytes.writeBigUInt64LE(BigInt(how.flags), 0);
  bytes.writeBigUInt64LE(BigInt(how.resolve), 16);
  return bytes;
}
