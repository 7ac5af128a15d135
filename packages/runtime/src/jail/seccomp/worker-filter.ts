import type { Architecture } from './architecture.ts';
import type { Instruction } from './bpf.ts';
import { compileFilter, type FilterRule } from './filter-program.ts';
import {
  ENOSYS,
  EPERM,
  namesOnly,
  neverExecutable,
  neverWritableAndExecutable,
  oneOf,
  ownThreadsOnly,
  readsOwnLimits,
  rulesFor,
  when,
} from './filter-rules.ts';
import type { SyscallName } from './syscall-numbers.ts';

/** What makes one worker's filter its own. */
export interface WorkerFilterOptions {
  /** The worker's process id. It survives `execveat`, so signals can be limited to the worker's own threads. */
  readonly pid: number;
  /** Executable memory for V8's compiler; false means no mapping may ever become executable again. */
  readonly jit: boolean;
}

/** `open` flags that create or change anything: O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND and the O_TMPFILE bit. */
const OPEN_WRITE_FLAGS = 0x1 | 0x2 | 0x40 | 0x200 | 0x400 | 0x400000;
const AT_EMPTY_PATH = 0x1000;
/** A thread shares memory, signal handlers and thread group; anything else would be a new process or a namespace. */
const CLONE_THREAD_FLAGS = 0x100 | 0x800 | 0x10000;
const CLONE_NAMESPACE_FLAGS = 0x7e020080;
/** F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC: no F_SETOWN (signals), no locks, no leases. */
const FCNTL_COMMANDS = [0, 1, 2, 3, 4, 1030];
/** FIONCLEX, FIOCLEX, FIONBIO, TCGETS: no TIOCSTI (CVE-2017-5226) and nothing that reaches a device. */
const IOCTL_REQUESTS = [0x5450, 0x5451, 0x5421, 0x5401];
/** The one form of `seccomp` that the second filter is installed with: it can only take away. */
const SECCOMP_SET_MODE_FILTER = 1;
const SECCOMP_FILTER_FLAG_TSYNC = 1;

/** Calls that Node, V8 and isolated-vm need to boot, run and die; each is powerless without something else on this page. */
const ALLOWED: readonly SyscallName[] = [
  'read',
  'write',
  'futex',
  'madvise',
  'munmap',
  'mremap',
  'brk',
  'close',
  'fstat',
  'lseek',
  'pread64',
  'readv',
  'writev',
  'newfstatat',
  'statx',
  'stat',
  'lstat',
  'access',
  'getcwd',
  'readlink',
  'readlinkat',
  'getdents64',
  'dup',
  'pipe2',
  'eventfd2',
  'epoll_create1',
  'epoll_ctl',
  'epoll_wait',
  'epoll_pwait',
  'poll',
  'rt_sigaction',
  'rt_sigprocmask',
  'rt_sigreturn',
  'sigaltstack',
  'sched_yield',
  'sched_getaffinity',
  'sched_getparam',
  'sched_getscheduler',
  'nanosleep',
  'clock_nanosleep',
  'clock_gettime',
  'clock_getres',
  'getpid',
  'gettid',
  'getppid',
  'getuid',
  'getgid',
  'geteuid',
  'getegid',
  'getrusage',
  'getrlimit',
  'uname',
  'sysinfo',
  'capget',
  'arch_prctl',
  'set_tid_address',
  'set_robust_list',
  'rseq',
  'membarrier',
  'getrandom',
  'restart_syscall',
  'exit',
  'exit_group',
];

/**
 * Refused with EPERM instead of death, so that one probe process can try each class at start-up and report all of them.
 * The process is no freer for it: every call on this list fails.
 */
const REFUSED: readonly SyscallName[] = [
  'socket',
  'connect',
  'bind',
  'listen',
  'sendto',
  'recvfrom',
  'sendmsg',
  'recvmsg',
  'socketpair',
  'getsockname',
  'fork',
  'vfork',
  'execve',
  'wait4',
  'kill',
  'tkill',
  'pidfd_open',
  'pidfd_send_signal',
  'pidfd_getfd',
  'ptrace',
  'process_vm_readv',
  'process_vm_writev',
  'bpf',
  'perf_event_open',
  'userfaultfd',
  'keyctl',
  'memfd_create',
  'mount',
  'unshare',
  'setns',
  'creat',
  'truncate',
  'ftruncate',
  'pwrite64',
  'rename',
  'renameat',
  'mkdir',
  'mkdirat',
  'rmdir',
  'unlink',
  'unlinkat',
  'link',
  'linkat',
  'symlink',
  'symlinkat',
  'chmod',
  'fchmod',
  'fchmodat',
  'chown',
  'setuid',
  'capset',
];

/** ENOSYS makes Node fall back: libuv's ring would do I/O behind the filter's back, clone3 hides its flags in memory. */
const ABSENT: readonly SyscallName[] = ['io_uring_setup', 'io_uring_enter', 'io_uring_register', 'clone3', 'openat2'];

/** arm64 has these in the place of `access` and `poll`; on x86-64 nothing of ours calls them. */
const ALLOWED_ON_ARM64: readonly SyscallName[] = ['faccessat', 'ppoll'];

/** The filter that the launcher installs right before it becomes the worker. */
export function workerFilter(options: WorkerFilterOptions, architecture: Architecture): readonly Instruction[] {
  return compileFilter(workerRules(options, architecture), architecture);
}

/** The rules behind the program, each call has at most one. */
export function workerRules(options: WorkerFilterOptions, architecture: Architecture): readonly FilterRule[] {
  return [
    ...rulesFor(ALLOWED, { kind: 'allow' }),
    ...rulesFor(architecture === 'arm64' ? ALLOWED_ON_ARM64 : [], { kind: 'allow' }),
    ...conditionalRules(options),
    ...rulesFor(REFUSED, { kind: 'errno', errno: EPERM }),
    ...rulesFor(ABSENT, { kind: 'errno', errno: ENOSYS }),
  ];
}

function conditionalRules({ pid, jit }: WorkerFilterOptions): readonly FilterRule[] {
  return [
    { syscall: 'open', verdict: when(oneOf(1, [0], OPEN_WRITE_FLAGS)) },
    { syscall: 'openat', verdict: when(oneOf(2, [0], OPEN_WRITE_FLAGS)) },
    { syscall: 'mmap', verdict: jit ? { kind: 'allow' } : when(neverWritableAndExecutable) },
    { syscall: 'mprotect', verdict: jit ? { kind: 'allow' } : when(neverExecutable) },
    { syscall: 'clone', verdict: when(oneOf(0, [CLONE_THREAD_FLAGS], CLONE_THREAD_FLAGS | CLONE_NAMESPACE_FLAGS)) },
    ownThreadsOnly(pid),
    { syscall: 'prlimit64', verdict: readsOwnLimits(pid) },
    { syscall: 'fcntl', verdict: when(oneOf(1, FCNTL_COMMANDS)) },
    { syscall: 'ioctl', verdict: when(oneOf(1, IOCTL_REQUESTS)) },
    namesOnly,
    // The launcher's own last step. Landlock leaves one executable, the same node, so a second use gains nothing.
    { syscall: 'execveat', verdict: when(oneOf(4, [AT_EMPTY_PATH])) },
    // The worker's own last step before it is ready. A filter on top of this one can only make it smaller.
    {
      syscall: 'seccomp',
      verdict: when(oneOf(0, [SECCOMP_SET_MODE_FILTER]), oneOf(1, [SECCOMP_FILTER_FLAG_TSYNC])),
    },
  ];
}
