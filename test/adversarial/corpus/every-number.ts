import type { CallAnswer } from './system-call.ts';

/** Reach the kernel: with zero arguments each fails by itself or does nothing. */
const REACHES_KERNEL = {
  read: 0,
  write: 1,
  open: 2,
  close: 3,
  stat: 4,
  fstat: 5,
  lstat: 6,
  poll: 7,
  lseek: 8,
  mmap: 9,
  mprotect: 10,
  munmap: 11,
  brk: 12,
  rt_sigaction: 13,
  rt_sigprocmask: 14,
  pread64: 17,
  readv: 19,
  writev: 20,
  access: 21,
  sched_yield: 24,
  mremap: 25,
  madvise: 28,
  dup: 32,
  nanosleep: 35,
  getpid: 39,
  uname: 63,
  fcntl: 72,
  getcwd: 79,
  readlink: 89,
  getrlimit: 97,
  getrusage: 98,
  sysinfo: 99,
  getuid: 102,
  getgid: 104,
  geteuid: 107,
  getegid: 108,
  getppid: 110,
  capget: 125,
  sigaltstack: 131,
  sched_getparam: 143,
  sched_getscheduler: 145,
  arch_prctl: 158,
  gettid: 186,
  futex: 202,
  sched_getaffinity: 204,
  getdents64: 217,
  set_tid_address: 218,
  restart_syscall: 219,
  clock_gettime: 228,
  clock_getres: 229,
  clock_nanosleep: 230,
  epoll_wait: 232,
  epoll_ctl: 233,
  openat: 257,
  newfstatat: 262,
  readlinkat: 267,
  set_robust_list: 273,
  epoll_pwait: 281,
  eventfd2: 290,
  epoll_create1: 291,
  pipe2: 293,
  prlimit64: 302,
  getrandom: 318,
  membarrier: 324,
  statx: 332,
  rseq: 334,
} as const;

/** Allowed as well, but with zero arguments they end the process: each is tried in one of its own. */
export const ENDS_PROCESS = { rt_sigreturn: 15, exit: 60, exit_group: 231 } as const;

/** Refused without asking the kernel; the last line holds the calls whose zero arguments fail the filter's own test. */
const EPERM = [
  18, 41, 42, 44, 45, 46, 47, 49, 50, 51, 53, 57, 58, 59, 61, 62, 76, 77, 82, 83, 84, 85, 86, 87, 88, 90, 91, 92, 101,
  105, 126, 165, 200, 250, 258, 263, 264, 265, 266, 268, 272, 298, 308, 310, 311, 317, 319, 321, 323, 424, 434, 438, 16,
  56, 157, 234, 322,
];
const ENOSYS = [425, 426, 427, 435, 437];

/** What is left of `REACHES_KERNEL` once the worker has sealed itself. */
const REACHES_KERNEL_SEALED = [
  0, 1, 3, 5, 10, 11, 12, 13, 14, 24, 25, 28, 35, 39, 99, 131, 143, 145, 186, 202, 204, 219, 228, 229, 230, 232, 233,
  273, 281, 302, 318, 324, 334,
];

/** Refused to a sealed worker; 9, 16, 56, 72, 157 and 234 because their zero arguments fail the filter's own test. */
const EPERM_SEALED = [2, 4, 6, 9, 16, 21, 51, 56, 59, 72, 79, 89, 157, 200, 217, 234, 257, 262, 267, 317, 322, 332];

const ENOSYS_SEALED = [435];

export const LAST_NUMBER = 500;

/** What the jail is meant to answer to a system call with six zero arguments; `ok` means that the kernel was asked. */
export function intendedAnswer(number: number): CallAnswer {
  if (reachesKernel.has(number)) return 'ok';
  if (EPERM.includes(number)) return 'EPERM';
  return ENOSYS.includes(number) ? 'ENOSYS' : 'killed';
}

/** The same of a worker that has sealed itself, as it has before any skill runs in it. */
export function intendedAnswerSealed(number: number): CallAnswer {
  if (REACHES_KERNEL_SEALED.includes(number)) return 'ok';
  if (EPERM_SEALED.includes(number)) return 'EPERM';
  return ENOSYS_SEALED.includes(number) ? 'ENOSYS' : 'killed';
}

const reachesKernel: ReadonlySet<number> = new Set<number>(Object.values(REACHES_KERNEL));

/** Numbers that must kill: each costs a process, so a seeded sample stands for all of them. */
export function sampleOfKilled(
  size: number,
  seed: number,
  intended: (number: number) => CallAnswer = intendedAnswer,
): readonly number[] {
  const ending: ReadonlySet<number> = new Set<number>(Object.values(ENDS_PROCESS));
  const killed = Array.from({ length: LAST_NUMBER + 1 }, (_, number) => number).filter(
    (number) => intended(number) === 'killed' && !ending.has(number),
  );
  let state = seed;
  const next = (): number => {
    // Numerical Recipes' linear congruential generator: any fixed sequence will do.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state;
  };
  return killed
    .map((number) => ({ number, order: next() }))
    .toSorted((one, other) => one.order - other.order)
    .slice(0, size)
    .map(({ number }) => number);
}
