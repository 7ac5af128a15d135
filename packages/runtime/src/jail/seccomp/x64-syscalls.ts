/** System-call numbers of x86-64 Linux that the filter names (arch/x86/entry/syscalls/syscall_64.tbl). */
export const X64_SYSCALLS = {
  read: 0, write: 1, open: 2, close: 3, stat: 4, fstat: 5, lstat: 6, poll: 7, lseek: 8, mmap: 9, mprotect: 10, munmap: 11,
  brk: 12, rt_sigaction: 13, rt_sigprocmask: 14, rt_sigreturn: 15, ioctl: 16, pread64: 17, pwrite64: 18, readv: 19,
  writev: 20, access: 21, pipe: 22, sched_yield: 24, mremap: 25, madvise: 28, dup: 32, dup2: 33, nanosleep: 35, getpid: 39,
  socket: 41, connect: 42, sendto: 44, recvfrom: 45, sendmsg: 46, recvmsg: 47, bind: 49, listen: 50, getsockname: 51,
  socketpair: 53, clone: 56, fork: 57, vfork: 58, execve: 59, exit: 60, wait4: 61, kill: 62, uname: 63, fcntl: 72,
  truncate: 76, ftruncate: 77, getcwd: 79, chdir: 80, rename: 82, mkdir: 83, rmdir: 84, creat: 85, link: 86, unlink: 87,
  symlink: 88, readlink: 89, chmod: 90, fchmod: 91, chown: 92, getrlimit: 97, getrusage: 98, sysinfo: 99, ptrace: 101,
  getuid: 102, getgid: 104, setuid: 105, geteuid: 107, getegid: 108, getppid: 110, capget: 125, capset: 126,
  sigaltstack: 131, sched_getparam: 143, sched_getscheduler: 145, prctl: 157, arch_prctl: 158, mount: 165, gettid: 186,
  tkill: 200, futex: 202, sched_getaffinity: 204, getdents64: 217, set_tid_address: 218, restart_syscall: 219,
  clock_gettime: 228, clock_getres: 229, clock_nanosleep: 230, exit_group: 231, epoll_wait: 232, epoll_ctl: 233, tgkill: 234,
  keyctl: 250, openat: 257, mkdirat: 258, newfstatat: 262, unlinkat: 263, renameat: 264, linkat: 265, symlinkat: 266,
  readlinkat: 267, fchmodat: 268, unshare: 272, set_robust_list: 273, epoll_pwait: 281, eventfd2: 290, epoll_create1: 291,
  pipe2: 293, perf_event_open: 298, prlimit64: 302, setns: 308, process_vm_readv: 310, process_vm_writev: 311, seccomp: 317,
  getrandom: 318, memfd_create: 319, bpf: 321, execveat: 322, userfaultfd: 323, membarrier: 324, statx: 332, rseq: 334,
  pidfd_send_signal: 424, io_uring_setup: 425, io_uring_enter: 426, io_uring_register: 427, pidfd_open: 434, clone3: 435,
  close_range: 436, openat2: 437, pidfd_getfd: 438, landlock_create_ruleset: 444, landlock_add_rule: 445,
  landlock_restrict_self: 446,
} as const;

export type SyscallName = keyof typeof X64_SYSCALLS;

/** AUDIT_ARCH_X86_64 (linux/audit.h): EM_X86_64 with the 64-bit and little-endian marks. */
export const AUDIT_ARCH_X86_64 = 0xc000003e;
/** x32 numbers share the architecture word and carry this bit; none of them is ever wanted. */
export const X32_SYSCALL_BIT = 0x40000000;
