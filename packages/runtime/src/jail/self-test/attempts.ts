import { DESCRIPTORS, type JailLayerName } from '../jail-spec.ts';
import type { PortableSyscallName } from '../seccomp/syscall-numbers.ts';

export interface SyscallAnswer {
  readonly value: number;
  readonly errno: number;
}

export type RawSyscall = (
  name: PortableSyscallName,
  ...args: readonly (number | string | Buffer | null)[]
) => SyscallAnswer;

interface Outcome {
  readonly succeeded: boolean;
  readonly errno: number;
}

/** One forbidden action, tried for real. It succeeds or it does not; there is no third answer. */
export interface Attempt {
  readonly name: AttemptName;
  /** The layers that stop it; each suffices. When one of them stands and the attempt succeeds, that layer is no wall. */
  readonly stoppedBy: readonly JailLayerName[];
  /** Tried after the probe has put the second filter on itself, as a worker does before it is ready. */
  readonly sealed?: boolean;
  run(call: RawSyscall, hostPid: number): Outcome;
}

export type AttemptName =
  | 'open-outside'
  | 'write'
  | 'socket'
  | 'connect'
  | 'udp'
  | 'exec'
  | 'fork'
  | 'ptrace'
  | 'signal'
  | 'io-uring'
  | 'memory'
  | 'executable-memory'
  | 'privilege'
  | 'sealed-open'
  | 'sealed-lookup'
  | 'sealed-link'
  | 'sealed-map'
  | 'sealed-filter'
  | 'sealed-fork'
  | 'sealed-exec';

/** One frame of the probe. An attempt that never answers counts as a success: the probe may have become another program. */
export interface AttemptReport {
  readonly kind: 'attempt';
  readonly name: AttemptName;
  readonly succeeded: boolean;
  readonly errno: number;
}

const AT_FDCWD = -100;
const AT_EMPTY_PATH = 0x1000;
const O_RDONLY = 0;
const O_PATH = 0x200000;
const O_WRONLY_CREATE = 0x41;
const AF_INET = 2;
const SOCK_STREAM = 1;
const SOCK_DGRAM = 2;
const PROT_READ = 1;
const PROT_READ_WRITE = 3;
const PROT_READ_WRITE_EXEC = 7;
const MAP_PRIVATE = 2;
const MAP_PRIVATE_ANONYMOUS = 0x22;
const MAP_NORESERVE = 0x4000;
const PTRACE_SEIZE = 0x4206;
/** Above every address-space limit the runtime sets, and only reserved, never touched. */
const MORE_THAN_THE_LIMIT = 64 * 2 ** 30;
const SIGCHLD = 17;
const EFAULT = 14;
/** In the first page, which is never mapped. */
const NOWHERE = 8;
const STATX_BASIC_STATS = 0x7ff;
const SECCOMP_SET_MODE_FILTER = 1;
const SECCOMP_FILTER_FLAG_TSYNC = 1;
/** The one file besides Node's own that Landlock leaves readable. */
const READABLE = `/proc/self/fd/${DESCRIPTORS.nativeAddon}`;
const EMPTY = 0;

/** IPv4 loopback, discard port: never listened on, and no packet may leave in the first place. */
const LOOPBACK = Buffer.from([2, 0, 0, 9, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);

function verdict({ value, errno }: SyscallAnswer): Outcome {
  return { succeeded: value !== -1, errno };
}

export const ATTEMPTS: readonly Attempt[] = [
  {
    name: 'open-outside',
    stoppedBy: ['landlock'],
    run: tryRead,
  },
  {
    name: 'write',
    stoppedBy: ['seccomp', 'landlock'],
    run: (call) => verdict(call('openat', AT_FDCWD, '/tmp/carapace-self-test', O_WRONLY_CREATE, 0o600)),
  },
  { name: 'socket', stoppedBy: ['seccomp'], run: (call) => verdict(call('socket', AF_INET, SOCK_STREAM, 0)) },
  { name: 'connect', stoppedBy: ['seccomp'], run: tryConnect },
  { name: 'udp', stoppedBy: ['seccomp'], run: tryDatagram },
  { name: 'fork', stoppedBy: ['seccomp'], run: tryFork },
  {
    name: 'ptrace',
    stoppedBy: ['seccomp'],
    run: (call, hostPid) => verdict(call('ptrace', PTRACE_SEIZE, hostPid, 0, 0)),
  },
  {
    name: 'signal',
    stoppedBy: ['seccomp', 'landlock'],
    run: (call, hostPid) => verdict(call('kill', hostPid, EMPTY)),
  },
  { name: 'io-uring', stoppedBy: ['seccomp'], run: (call) => verdict(call('io_uring_setup', 1, Buffer.alloc(120))) },
  { name: 'memory', stoppedBy: ['rlimits'], run: (call) => verdict(map(call, MORE_THAN_THE_LIMIT, PROT_READ_WRITE)) },
  { name: 'executable-memory', stoppedBy: ['seccomp'], run: (call) => verdict(map(call, 4096, PROT_READ_WRITE_EXEC)) },
  { name: 'privilege', stoppedBy: ['identity'], run: tryPrivilege },
  // Last of its stage, because a success may replace the probe.
  { name: 'exec', stoppedBy: ['landlock'], run: tryExec },
  {
    name: 'sealed-open',
    stoppedBy: ['sealed'],
    sealed: true,
    run: (call) => verdict(call('openat', AT_FDCWD, READABLE, O_RDONLY, 0)),
  },
  {
    name: 'sealed-lookup',
    stoppedBy: ['sealed'],
    sealed: true,
    run: (call) => verdict(call('statx', AT_FDCWD, '/', 0, STATX_BASIC_STATS, Buffer.alloc(256))),
  },
  {
    name: 'sealed-link',
    stoppedBy: ['sealed'],
    sealed: true,
    run: (call) => verdict(call('readlinkat', AT_FDCWD, '/proc/self/exe', Buffer.alloc(4096), 4096)),
  },
  {
    name: 'sealed-map',
    stoppedBy: ['sealed'],
    sealed: true,
    run: (call) => verdict(call('mmap', 0, 4096, PROT_READ, MAP_PRIVATE, DESCRIPTORS.nativeAddon, 0)),
  },
  { name: 'sealed-filter', stoppedBy: ['sealed'], sealed: true, run: tryFilter },
  { name: 'sealed-fork', stoppedBy: ['seccomp', 'sealed'], sealed: true, run: tryFork },
  { name: 'sealed-exec', stoppedBy: ['sealed'], sealed: true, run: tryExecSelf },
];

/** Inside namespaces the first does not exist, which says nothing about Landlock; the second exists everywhere. */
function tryRead(call: RawSyscall): Outcome {
  const passwords = call('openat', AT_FDCWD, '/etc/passwd', O_RDONLY, 0);
  if (passwords.value !== -1) return verdict(passwords);
  return verdict(call('openat', AT_FDCWD, '/proc/self/status', O_RDONLY, 0));
}

/** On an unconnected socket if one can be had, else on the protocol descriptor: the filter must answer before the kernel looks. */
function tryConnect(call: RawSyscall): Outcome {
  const socket = call('socket', AF_INET, SOCK_STREAM, 0);
  const answer = call('connect', socket.value === -1 ? 3 : socket.value, LOOPBACK, LOOPBACK.length);
  const reachedTheKernel = answer.errno !== 1;
  return { succeeded: reachedTheKernel, errno: answer.errno };
}

function tryDatagram(call: RawSyscall): Outcome {
  const socket = call('socket', AF_INET, SOCK_DGRAM, 0);
  if (socket.value === -1) return { succeeded: false, errno: socket.errno };
  return verdict(call('sendto', socket.value, Buffer.from('x'), 1, 0, LOOPBACK, LOOPBACK.length));
}

/** Both doors: by name, and by descriptor, the one the launcher itself came through. */
function tryExec(call: RawSyscall): Outcome {
  const argv = harmlessArguments(call);
  const byName = execution(call('execve', '/bin/true', argv, null));
  if (byName.succeeded) return byName;
  const file = call('openat', AT_FDCWD, '/bin/true', O_PATH, 0);
  return file.value === -1 ? byName : execution(call('execveat', file.value, '', argv, null, AT_EMPTY_PATH));
}

/** The door that the launcher came through, to the one program that Landlock leaves. */
function tryExecSelf(call: RawSyscall): Outcome {
  const file = call('openat', AT_FDCWD, '/proc/self/exe', O_PATH, 0);
  return execution(call('execveat', file.value, '', harmlessArguments(call), null, AT_EMPTY_PATH));
}

/**
 * Arguments at an address that holds nothing, where the kernel opens the program before it reads them (from Linux 6.8 on):
 * then EFAULT means that every wall let the program through, and the probe lives on. An older kernel would say EFAULT in any
 * case; there a success replaces the probe, which never answers.
 */
function harmlessArguments(call: RawSyscall): number | null {
  const { errno } = call('execveat', AT_FDCWD, '/carapace-has-none', NOWHERE, null, AT_EMPTY_PATH);
  return errno === EFAULT ? null : NOWHERE;
}

function execution(answer: SyscallAnswer): Outcome {
  return { succeeded: answer.value !== -1 || answer.errno === EFAULT, errno: answer.errno };
}

/** The null pointer is no program: a kernel that looked at it answers EFAULT, and the filter would answer before. */
function tryFilter(call: RawSyscall): Outcome {
  const { errno } = call('seccomp', SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, null);
  return { succeeded: errno !== 1, errno };
}

/** A child that does come to life ends at once, so that no copy of the probe reports a second time. */
function tryFork(call: RawSyscall): Outcome {
  const answer = call('clone', SIGCHLD, 0, 0, 0, 0);
  if (answer.value === 0) call('exit_group', 0);
  return verdict(answer);
}

function map(call: RawSyscall, bytes: number, protection: number): SyscallAnswer {
  return call('mmap', 0, bytes, protection, MAP_PRIVATE_ANONYMOUS | MAP_NORESERVE, -1, 0);
}

/** Any effective capability at all. `capget` reports the set in words 0 and 3 (linux/capability.h, version 3). */
function tryPrivilege(call: RawSyscall): Outcome {
  const header = Buffer.alloc(8);
  header.writeUInt32LE(0x20080522, 0);
  const sets = Buffer.alloc(24);
  const answer = call('capget', header, sets);
  const capable = answer.value !== 0 || sets.readUInt32LE(0) !== 0 || sets.readUInt32LE(12) !== 0;
  return { succeeded: capable, errno: answer.errno };
}
