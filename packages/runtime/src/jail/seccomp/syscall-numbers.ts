import type { Architecture } from './architecture.ts';

/**
 * Every system call that carapace names, with its number on x86-64 (arch/x86/entry/syscalls/syscall_64.tbl) and on arm64
 * (include/uapi/asm-generic/unistd.h). A row of one number is a call that arm64 does not have: there the same is done by
 * a newer call with a directory descriptor or flags. No other file holds a system-call number.
 */
const SYSCALLS = {
  read: [0, 63],
  write: [1, 64],
  open: [2],
  close: [3, 57],
  stat: [4],
  fstat: [5, 80],
  lstat: [6],
  poll: [7],
  lseek: [8, 62],
  mmap: [9, 222],
  mprotect: [10, 226],
  munmap: [11, 215],
  brk: [12, 214],
  rt_sigaction: [13, 134],
  rt_sigprocmask: [14, 135],
  rt_sigreturn: [15, 139],
  ioctl: [16, 29],
  pread64: [17, 67],
  pwrite64: [18, 68],
  readv: [19, 65],
  writev: [20, 66],
  access: [21],
  sched_yield: [24, 124],
  mremap: [25, 216],
  madvise: [28, 233],
  dup: [32, 23],
  nanosleep: [35, 101],
  getpid: [39, 172],
  socket: [41, 198],
  connect: [42, 203],
  sendto: [44, 206],
  recvfrom: [45, 207],
  sendmsg: [46, 211],
  recvmsg: [47, 212],
  bind: [49, 200],
  listen: [50, 201],
  getsockname: [51, 204],
  socketpair: [53, 199],
  clone: [56, 220],
  fork: [57],
  vfork: [58],
  execve: [59, 221],
  exit: [60, 93],
  wait4: [61, 260],
  kill: [62, 129],
  uname: [63, 160],
  fcntl: [72, 25],
  truncate: [76, 45],
  ftruncate: [77, 46],
  getcwd: [79, 17],
  rename: [82],
  mkdir: [83],
  rmdir: [84],
  creat: [85],
  link: [86],
  unlink: [87],
  symlink: [88],
  readlink: [89],
  chmod: [90],
  fchmod: [91, 52],
  chown: [92],
  getrlimit: [97, 163],
  getrusage: [98, 165],
  sysinfo: [99, 179],
  ptrace: [101, 117],
  getuid: [102, 174],
  getgid: [104, 176],
  setuid: [105, 146],
  geteuid: [107, 175],
  getegid: [108, 177],
  getppid: [110, 173],
  setgroups: [116, 159],
  setresuid: [117, 147],
  setresgid: [119, 149],
  capget: [125, 90],
  capset: [126, 91],
  sigaltstack: [131, 132],
  sched_getparam: [143, 121],
  sched_getscheduler: [145, 120],
  prctl: [157, 167],
  arch_prctl: [158],
  mount: [165, 40],
  gettid: [186, 178],
  tkill: [200, 130],
  futex: [202, 98],
  sched_getaffinity: [204, 123],
  getdents64: [217, 61],
  set_tid_address: [218, 96],
  restart_syscall: [219, 128],
  clock_gettime: [228, 113],
  clock_getres: [229, 114],
  clock_nanosleep: [230, 115],
  exit_group: [231, 94],
  epoll_wait: [232],
  epoll_ctl: [233, 21],
  tgkill: [234, 131],
  keyctl: [250, 219],
  openat: [257, 56],
  mkdirat: [258, 34],
  newfstatat: [262, 79],
  unlinkat: [263, 35],
  renameat: [264, 38],
  linkat: [265, 37],
  symlinkat: [266, 36],
  readlinkat: [267, 78],
  fchmodat: [268, 53],
  faccessat: [269, 48],
  ppoll: [271, 73],
  unshare: [272, 97],
  set_robust_list: [273, 99],
  epoll_pwait: [281, 22],
  eventfd2: [290, 19],
  epoll_create1: [291, 20],
  dup3: [292, 24],
  pipe2: [293, 59],
  perf_event_open: [298, 241],
  prlimit64: [302, 261],
  setns: [308, 268],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  seccomp: [317, 277],
  getrandom: [318, 278],
  memfd_create: [319, 279],
  bpf: [321, 280],
  execveat: [322, 281],
  userfaultfd: [323, 282],
  membarrier: [324, 283],
  statx: [332, 291],
  rseq: [334, 293],
  pidfd_send_signal: [424, 424],
  io_uring_setup: [425, 425],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
  pidfd_open: [434, 434],
  clone3: [435, 435],
  close_range: [436, 436],
  openat2: [437, 437],
  pidfd_getfd: [438, 438],
  landlock_create_ruleset: [444, 444],
  landlock_add_rule: [445, 445],
  landlock_restrict_self: [446, 446],
} as const;

export type SyscallName = keyof typeof SYSCALLS;

/** A call that exists on every architecture. */
export type PortableSyscallName = {
  [Name in SyscallName]: (typeof SYSCALLS)[Name] extends readonly [number, number] ? Name : never;
}[SyscallName];

export const SYSCALL_NAMES: readonly SyscallName[] = Object.keys(SYSCALLS).filter(isSyscallName);

export const PORTABLE_SYSCALL_NAMES: readonly PortableSyscallName[] = SYSCALL_NAMES.filter(isPortable);

/** The number of a call, or undefined where the architecture has no such call. */
export function syscallNumber(name: PortableSyscallName, architecture: Architecture): number;
export function syscallNumber(name: SyscallName, architecture: Architecture): number | undefined;
export function syscallNumber(name: SyscallName, architecture: Architecture): number | undefined {
  const [x64, arm64]: readonly [number, number?] = SYSCALLS[name];
  return architecture === 'x64' ? x64 : arm64;
}

function isPortable(name: SyscallName): name is PortableSyscallName {
  return SYSCALLS[name].length === 2;
}

function isSyscallName(name: string): name is SyscallName {
  return name in SYSCALLS;
}
