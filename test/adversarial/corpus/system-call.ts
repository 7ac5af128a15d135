/** An argument as data: a word, a C string, the null pointer, a buffer of zero bytes or one with content. */
export type CallArgument = number | string | null | { readonly zeros: number } | { readonly bytes: readonly number[] };

/** One system call that a worker under native code execution might issue, and what the kernel must answer. */
export interface SystemCallCase {
  readonly id: string;
  readonly name: string;
  readonly number: number;
  readonly args: readonly CallArgument[];
  readonly answer: CallAnswer;
}

/** The name of an errno, `ok` for a call that may succeed, or the death of the process by the filter. */
export type CallAnswer = 'ok' | 'killed' | ErrnoName;

export const ERRNO = { EPERM: 1, ENOENT: 2, EBADF: 9, ENOMEM: 12, EACCES: 13, EMFILE: 24, ENOSYS: 38 } as const;
export type ErrnoName = keyof typeof ERRNO;

/** Numbers of x86-64 Linux, written down here a second time: a wrong number in the filter must not be wrong here too. */
export const NR = {
  read: 0,
  write: 1,
  open: 2,
  stat: 4,
  mmap: 9,
  mprotect: 10,
  ioctl: 16,
  access: 21,
  dup: 32,
  pwrite64: 18,
  getpid: 39,
  socket: 41,
  connect: 42,
  sendto: 44,
  sendmsg: 46,
  recvmsg: 47,
  bind: 49,
  listen: 50,
  socketpair: 53,
  clone: 56,
  fork: 57,
  vfork: 58,
  execve: 59,
  kill: 62,
  fcntl: 72,
  getcwd: 79,
  readlink: 89,
  readlinkat: 267,
  futex: 202,
  eventfd2: 290,
  epoll_create1: 291,
  pipe2: 293,
  statx: 332,
  truncate: 76,
  ftruncate: 77,
  rename: 82,
  mkdir: 83,
  creat: 85,
  link: 86,
  unlink: 87,
  symlink: 88,
  chmod: 90,
  ptrace: 101,
  setuid: 105,
  setgid: 106,
  setsid: 112,
  setgroups: 116,
  setresuid: 117,
  capset: 126,
  rt_sigqueueinfo: 129,
  mknod: 133,
  personality: 135,
  modify_ldt: 154,
  pivot_root: 155,
  prctl: 157,
  setrlimit: 160,
  chroot: 161,
  mount: 165,
  umount2: 166,
  reboot: 169,
  init_module: 175,
  tkill: 200,
  io_setup: 206,
  remap_file_pages: 216,
  tgkill: 234,
  kexec_load: 246,
  add_key: 248,
  keyctl: 250,
  inotify_init: 253,
  openat: 257,
  mknodat: 259,
  unshare: 272,
  splice: 275,
  vmsplice: 278,
  utimensat: 280,
  accept4: 288,
  recvmmsg: 299,
  perf_event_open: 298,
  fanotify_init: 300,
  prlimit64: 302,
  open_by_handle_at: 304,
  sendmmsg: 307,
  setns: 308,
  process_vm_readv: 310,
  process_vm_writev: 311,
  kcmp: 312,
  finit_module: 313,
  seccomp: 317,
  memfd_create: 319,
  bpf: 321,
  execveat: 322,
  userfaultfd: 323,
  pkey_mprotect: 329,
  io_uring_setup: 425,
  io_uring_enter: 426,
  io_uring_register: 427,
  open_tree: 428,
  move_mount: 429,
  fsopen: 430,
  pidfd_open: 434,
  clone3: 435,
  openat2: 437,
  pidfd_getfd: 438,
  mount_setattr: 442,
  landlock_restrict_self: 446,
  memfd_secret: 447,
} as const;

export type CallName = keyof typeof NR;

/** One case; the system call's name is part of its title. */
export function systemCall(
  id: string,
  name: CallName,
  args: readonly CallArgument[],
  answer: CallAnswer,
  title: string = name,
): SystemCallCase {
  return { id, name: title, number: NR[name], args, answer };
}
