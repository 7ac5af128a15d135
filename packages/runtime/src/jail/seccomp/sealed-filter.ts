import type { Architecture } from './architecture.ts';
import type { Instruction } from './bpf.ts';
import { compileFilter, type FilterRule } from './filter-program.ts';
import {
  ENOSYS,
  EPERM,
  namesOnly,
  neverExecutable,
  oneOf,
  ownThreadsOnly,
  readsOwnLimits,
  rulesFor,
  when,
} from './filter-rules.ts';
import type { SyscallName } from './syscall-numbers.ts';
import type { WorkerFilterOptions } from './worker-filter.ts';

const MAP_ANONYMOUS = 0x20;
/**
 * WAIT, WAKE, REQUEUE, CMP_REQUEUE, WAKE_OP, WAIT_BITSET, WAKE_BITSET: no inheritance of priorities, which nobody here uses and
 * through which kernels were taken over (CVE-2014-3153, CVE-2021-3347).
 */
const FUTEX_OPERATIONS = [0, 1, 3, 4, 5, 9, 10];
/** All bits but FUTEX_PRIVATE_FLAG and FUTEX_CLOCK_REALTIME. */
const FUTEX_OPERATION_MASK = 0xfffffe7f;
/** What Node's exit path asks about descriptors 0 to 2. */
const F_GETFL = 3;
const TCGETS = 0x5401;
/**
 * `pthread_create` of glibc and of musl, to the bit. Threads cannot be done without: V8's sweeper posts a delayed task after
 * a full collection, and isolated-vm starts a thread to wait for its time (lib/timer.cc). Refused, the process aborts.
 */
const THREAD_FLAGS = [0x3d0f00, 0x7d0f00];

/**
 * What is left of the kernel for a worker that runs a skill. Nothing here makes a descriptor, so the table of a sealed
 * process can only shrink; memory is anonymous; the rest waits, tells the time, gives random bytes, or ends the process.
 * Each was seen at work: boot is over, and this is what V8, isolated-vm and Node's ways to die still call.
 */
const ALLOWED: readonly SyscallName[] = [
  'read',
  'write',
  'close',
  'fstat',
  'epoll_ctl',
  'epoll_wait',
  'epoll_pwait',
  'madvise',
  'munmap',
  'mremap',
  'brk',
  'sysinfo',
  'getrandom',
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
  'rseq',
  'set_robust_list',
  'membarrier',
  'restart_syscall',
  'exit',
  'exit_group',
];

/**
 * Refused with EPERM instead of death: what the self-test tries in a sealed process, and what libc and Node ask for on the
 * way and do without (the number of processors, the kind of descriptor 2, musl's `abort`).
 */
const REFUSED: readonly SyscallName[] = [
  'open',
  'openat',
  'stat',
  'lstat',
  'newfstatat',
  'statx',
  'access',
  'faccessat',
  'readlink',
  'readlinkat',
  'getcwd',
  'getdents64',
  'getsockname',
  'execve',
  'execveat',
  'seccomp',
  'tkill',
];

/** `pthread_create` asks for clone3 first; its flags lie in memory, where no filter can see them. */
const ABSENT: readonly SyscallName[] = ['clone3'];

/**
 * The second filter, which the worker puts on itself when it has booted. The kernel answers a call with the stricter of both
 * filters, and this one stands by itself: it relies on nothing that the first one forbids.
 */
export function sealedFilter(options: WorkerFilterOptions, architecture: Architecture): readonly Instruction[] {
  return compileFilter(sealedRules(options), architecture);
}

export function sealedRules({ pid, jit }: WorkerFilterOptions): readonly FilterRule[] {
  return [
    ...rulesFor(ALLOWED, { kind: 'allow' }),
    { syscall: 'mmap', verdict: when(oneOf(3, [MAP_ANONYMOUS], MAP_ANONYMOUS), ...(jit ? [] : [neverExecutable])) },
    { syscall: 'mprotect', verdict: jit ? { kind: 'allow' } : when(neverExecutable) },
    { syscall: 'futex', verdict: when(oneOf(1, FUTEX_OPERATIONS, FUTEX_OPERATION_MASK)) },
    { syscall: 'clone', verdict: when(oneOf(0, THREAD_FLAGS)) },
    { syscall: 'prlimit64', verdict: readsOwnLimits(pid) },
    { syscall: 'fcntl', verdict: when(oneOf(1, [F_GETFL])) },
    { syscall: 'ioctl', verdict: when(oneOf(1, [TCGETS])) },
    ownThreadsOnly(pid),
    namesOnly,
    ...rulesFor(REFUSED, { kind: 'errno', errno: EPERM }),
    ...rulesFor(ABSENT, { kind: 'errno', errno: ENOSYS }),
  ];
}
