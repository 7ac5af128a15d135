import type { Instruction } from './bpf.ts';
import { type ArgumentTest, compileFilter, type FilterRule, type Verdict } from './filter-program.ts';
import type { SyscallName } from './x64-syscalls.ts';

/** What makes one worker's filter its own. */
export interface WorkerFilterOptions {
  /** The worker's process id. It survives `execveat`, so signals can be limited to the worker's own threads. */
  readonly pid: number;
  /** Executable memory for V8's compiler; false means no mapping may ever become executable again. */
  readonly jit: boolean;
}

const EPERM = 1;
const ENOSYS = 38;

/** `open` flags that create or change anything: O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND and the O_TMPFILE bit. */
const OPEN_WRITE_FLAGS = 0x1 | 0x2 | 0x40 | 0x200 | 0x400 | 0x400000;
const PROT_WRITE = 0x2;
const PROT_EXEC = 0x4;
const AT_EMPTY_PATH = 0x1000;
/** A thread shares memory, signal handlers and thread group; anything else would be a new process or a namespace. */
const CLONE_THREAD_FLAGS = 0x100 | 0x800 | 0x10000;
const CLONE_NAMESPACE_FLAGS = 0x7e020080;
/** F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC: no F_SETOWN (signals), no locks, no leases. */
const FCNTL_COMMANDS = [0, 1, 2, 3, 4, 1030];
/** FIONCLEX, FIOCLEX, FIONBIO, TCGETS: no TIOCSTI (CVE-2017-5226) and nothing that reaches a device. */
const IOCTL_REQUESTS = [0x5450, 0x5451, 0x5421, 0x5401];
/** PR_SET_NAME, PR_GET_NAME, PR_SET_VMA: no dumpability, no ambient capabilities, no new filters. */
const PRCTL_OPTIONS = [15, 16, 0x53564d41];

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
  'seccomp',
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

/** The filter that the launcher installs right before it becomes the worker. */
export function workerFilter(options: WorkerFilterOptions): readonly Instruction[] {
  return compileFilter([
    ...ruleFor(ALLOWED, { kind: 'allow' }),
    ...conditionalRules(options),
    ...ruleFor(REFUSED, { kind: 'errno', errno: EPERM }),
    ...ruleFor(ABSENT, { kind: 'errno', errno: ENOSYS }),
  ]);
}

function ruleFor(names: readonly SyscallName[], verdict: Verdict): readonly FilterRule[] {
  return names.map((syscall) => ({ syscall, verdict }));
}

function conditionalRules({ pid, jit }: WorkerFilterOptions): readonly FilterRule[] {
  const readOnly = (argument: 1 | 2): Verdict =>
    when({ kind: 'one-of', argument, mask: OPEN_WRITE_FLAGS, values: [0], wide: false });
  return [
    { syscall: 'open', verdict: readOnly(1) },
    { syscall: 'openat', verdict: readOnly(2) },
    { syscall: 'mmap', verdict: jit ? { kind: 'allow' } : neverWritableAndExecutable },
    { syscall: 'mprotect', verdict: jit ? { kind: 'allow' } : neverMadeExecutable },
    {
      syscall: 'clone',
      verdict: when({
        kind: 'one-of',
        argument: 0,
        mask: CLONE_THREAD_FLAGS | CLONE_NAMESPACE_FLAGS,
        values: [CLONE_THREAD_FLAGS],
        wide: false,
      }),
    },
    { syscall: 'tgkill', verdict: when({ kind: 'one-of', argument: 0, values: [pid], wide: false }) },
    { syscall: 'prlimit64', verdict: when(ownLimits(pid), { kind: 'one-of', argument: 2, values: [0], wide: true }) },
    { syscall: 'fcntl', verdict: when({ kind: 'one-of', argument: 1, values: FCNTL_COMMANDS, wide: false }) },
    { syscall: 'ioctl', verdict: when({ kind: 'one-of', argument: 1, values: IOCTL_REQUESTS, wide: false }) },
    { syscall: 'prctl', verdict: when({ kind: 'one-of', argument: 0, values: PRCTL_OPTIONS, wide: false }) },
    // The launcher's own last step. Landlock leaves one executable, the same node, so a second use gains nothing.
    { syscall: 'execveat', verdict: when({ kind: 'one-of', argument: 4, values: [AT_EMPTY_PATH], wide: false }) },
  ];
}

const neverWritableAndExecutable: Verdict = when({
  kind: 'differs',
  argument: 2,
  mask: PROT_WRITE | PROT_EXEC,
  value: PROT_WRITE | PROT_EXEC,
});

const neverMadeExecutable: Verdict = when({ kind: 'differs', argument: 2, mask: PROT_EXEC, value: PROT_EXEC });

function ownLimits(pid: number): ArgumentTest {
  return { kind: 'one-of', argument: 0, values: [0, pid], wide: false };
}

function when(...tests: readonly ArgumentTest[]): Verdict {
  return { kind: 'allow-when', tests, errno: EPERM };
}
