import { NR, type SystemCallCase, systemCall as sc } from './system-call.ts';

const CWD = -100;
const SOCKET_STREAM = 1;
const SOCKET_DATAGRAM = 2;
const SOCKET_RAW = 3;
const FAMILY = { AF_UNIX: 1, AF_INET: 2, AF_INET6: 10, AF_NETLINK: 16, AF_PACKET: 17, AF_ALG: 38, AF_VSOCK: 40 };
/** The port 9 of IPv4 loopback, and of 192.0.2.1, a documentation address. */
const LOOPBACK = { bytes: [2, 0, 0, 9, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0] };
const PUBLIC = { bytes: [2, 0, 0, 9, 192, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0] };
/** struct sockaddr_un with an abstract name. */
const ABSTRACT = { bytes: [1, 0, 0, 120, 121] };
const CLONE_THREAD_FLAGS = 0x3d0f00;
const NAMESPACES = {
  CLONE_NEWTIME: 0x80,
  CLONE_NEWNS: 0x20000,
  CLONE_NEWCGROUP: 0x2000000,
  CLONE_NEWUTS: 0x4000000,
  CLONE_NEWIPC: 0x8000000,
  CLONE_NEWUSER: 0x10000000,
  CLONE_NEWPID: 0x20000000,
  CLONE_NEWNET: 0x40000000,
};
const X32 = 0x40000000;

/** What the jail must answer when `host` is the process id of the host and `folder` one that the host may write to. */
export function systemCallCases({
  host,
  folder,
}: {
  readonly host: number;
  readonly folder: string;
}): readonly SystemCallCase[] {
  const inside = `${folder}/secret`;
  return [
    ...[
      '/etc/passwd',
      '/etc/hostname',
      '/proc/self/environ',
      '/proc/self/mem',
      '/root',
      '/home',
      '/tmp',
      '/dev/null',
    ].map((path) => sc('OS-108', 'openat', [CWD, path, 0, 0], 'EACCES', `openat ${path} read-only`)),
    sc('OS-108', 'open', ['/etc/passwd', 0, 0], 'EACCES', 'open, the older spelling of openat'),
    sc('OS-108', 'openat', [CWD, `/proc/${host}/environ`, 0, 0], 'EACCES', 'openat the host’s environment'),
    sc('OS-108', 'openat', [CWD, inside, 0, 0], 'EACCES', 'openat a file of the host’s own'),
    sc('OS-108', 'openat2', [CWD, '/etc/passwd', { zeros: 24 }, 24], 'ENOSYS'),
    sc('OS-108', 'open_by_handle_at', [CWD, { zeros: 16 }, 0], 'killed'),

    ...[
      ['O_WRONLY', 0x1],
      ['O_RDWR', 0x2],
      ['O_CREAT', 0x40],
      ['O_TRUNC', 0x200],
      ['O_APPEND', 0x400],
      ['O_TMPFILE', 0x410000],
    ].flatMap(([flag, value]) => [
      sc('OS-110', 'openat', [CWD, inside, Number(value), 0o600], 'EPERM', `openat ${flag}`),
      sc('OS-110', 'open', [inside, Number(value), 0o600], 'EPERM', `open ${flag}`),
    ]),
    sc('OS-110', 'creat', [`${folder}/new`, 0o600], 'EPERM'),
    sc('OS-110', 'mkdir', [`${folder}/new`, 0o700], 'EPERM'),
    sc('OS-110', 'rename', [inside, `${folder}/moved`], 'EPERM'),
    sc('OS-110', 'unlink', [inside], 'EPERM'),
    sc('OS-110', 'link', [inside, `${folder}/second`], 'EPERM'),
    sc('OS-110', 'symlink', ['/etc', `${folder}/link`], 'EPERM'),
    sc('OS-110', 'chmod', [inside, 0o777], 'EPERM'),
    sc('OS-110', 'truncate', [inside, 0], 'EPERM'),
    sc('OS-110', 'ftruncate', [4, 0], 'EPERM', 'ftruncate the worker bundle'),
    sc('OS-110', 'write', [4, { zeros: 1 }, 1], 'EBADF', 'write to the worker bundle'),
    sc('OS-110', 'pwrite64', [5, { zeros: 1 }, 1, 0], 'EPERM', 'pwrite64 to the add-on'),
    sc('OS-110', 'mmap', [0, 4096, 3, 1, 4, 0], 'EACCES', 'mmap the worker bundle shared and writable'),
    sc('OS-110', 'mknod', [`${folder}/pipe`, 0o10600, 0], 'killed'),
    sc('OS-110', 'utimensat', [CWD, inside, null, 0], 'killed'),

    ...Object.entries(FAMILY).flatMap(([family, number]) => [
      sc('OS-111', 'socket', [number, SOCKET_STREAM, 0], 'EPERM', `socket ${family} stream`),
      sc('OS-111', 'socket', [number, SOCKET_RAW, 0], 'EPERM', `socket ${family} raw`),
    ]),
    sc('OS-111', 'socketpair', [FAMILY.AF_UNIX, SOCKET_STREAM, 0, { zeros: 8 }], 'EPERM'),
    sc('OS-111', 'bind', [3, LOOPBACK, 16], 'EPERM', 'bind the protocol descriptor'),
    sc('OS-111', 'listen', [3, 1], 'EPERM', 'listen on the protocol descriptor'),
    sc('OS-111', 'accept4', [3, null, null, 0], 'killed'),

    sc('OS-112', 'socket', [FAMILY.AF_INET, SOCKET_DATAGRAM, 0], 'EPERM', 'socket for UDP'),
    sc('OS-112', 'sendto', [3, 'x', 1, 0, LOOPBACK, 16], 'EPERM', 'sendto loopback'),
    sc('OS-112', 'sendto', [3, 'x', 1, 0, PUBLIC, 16], 'EPERM', 'sendto a public address'),
    sc('OS-112', 'sendmsg', [3, { zeros: 56 }, 0], 'EPERM'),
    sc('OS-112', 'sendmmsg', [3, { zeros: 64 }, 1, 0], 'killed'),

    sc('OS-113', 'connect', [3, ABSTRACT, 5], 'EPERM', 'connect to an abstract name'),
    sc('OS-113', 'sendto', [3, 'x', 1, 0, ABSTRACT, 5], 'EPERM', 'sendto an abstract name'),
    sc('OS-113', 'recvmsg', [3, { zeros: 56 }, 0], 'EPERM', 'recvmsg, which could take a descriptor in'),
    sc('OS-113', 'recvmmsg', [3, { zeros: 64 }, 1, 0, null], 'killed'),

    sc('OS-114', 'socket', [FAMILY.AF_INET, SOCKET_DATAGRAM | 0x80800, 17], 'EPERM', 'the socket of a resolver'),
    sc('OS-114', 'openat', [CWD, '/etc/resolv.conf', 0x80000, 0], 'EACCES', 'the resolver’s configuration'),
    sc('OS-114', 'openat', [CWD, '/etc/hosts', 0x80000, 0], 'EACCES', 'the hosts file'),

    sc('OS-115', 'fork', [], 'EPERM'),
    sc('OS-115', 'vfork', [], 'EPERM'),
    sc('OS-115', 'clone', [17, null, null, null, 0], 'EPERM', 'clone as fork does'),
    sc('OS-115', 'clone', [0x4111, null, null, null, 0], 'EPERM', 'clone as vfork does'),
    sc('OS-115', 'clone', [CLONE_THREAD_FLAGS - 0x10000, null, null, null, 0], 'EPERM', 'clone without CLONE_THREAD'),
    sc('OS-115', 'clone3', [{ zeros: 88 }, 88], 'ENOSYS'),
    sc('OS-115', 'execve', ['/bin/true', null, null], 'EPERM'),
    sc('OS-115', 'execveat', [CWD, '/bin/true', null, null, 0], 'EPERM'),
    sc('OS-115', 'execveat', [CWD, '/bin/true', null, null, 0x1000], 'EACCES', 'execveat with the launcher’s flag'),
    sc('OS-115', 'execveat', [4, '', null, null, 0x1000], 'EACCES', 'execveat the worker bundle'),

    sc('OS-117', 'ptrace', [0x4206, host, 0, 0], 'EPERM', 'ptrace PTRACE_SEIZE the host'),
    sc('OS-117', 'ptrace', [16, host, 0, 0], 'EPERM', 'ptrace PTRACE_ATTACH the host'),
    sc('OS-117', 'process_vm_readv', [host, { zeros: 16 }, 1, { zeros: 16 }, 1, 0], 'EPERM'),
    sc('OS-117', 'process_vm_writev', [host, { zeros: 16 }, 1, { zeros: 16 }, 1, 0], 'EPERM'),
    ...[host, -1, 0, 1].map((pid) =>
      sc('OS-117', 'kill', [pid, 0], 'EPERM', `kill ${pid === host ? 'the host' : pid}`),
    ),
    sc('OS-117', 'tkill', [host, 0], 'EPERM'),
    sc('OS-117', 'tgkill', [host, host, 0], 'EPERM', 'tgkill the host'),
    sc('OS-117', 'rt_sigqueueinfo', [host, 0, { zeros: 128 }], 'killed'),
    sc('OS-117', 'pidfd_open', [host, 0], 'EPERM'),
    sc('OS-117', 'pidfd_getfd', [3, 0, 0], 'EPERM'),
    sc('OS-117', 'kcmp', [host, host, 0, 0, 0], 'killed'),

    sc('OS-118', 'io_uring_setup', [1, { zeros: 120 }], 'ENOSYS'),
    sc('OS-118', 'io_uring_enter', [3, 1, 0, 0, null, 0], 'ENOSYS'),
    sc('OS-118', 'io_uring_register', [3, 0, null, 0], 'ENOSYS'),
    sc('OS-118', 'io_setup', [1, { zeros: 8 }], 'killed', 'io_setup, the older interface'),

    ...(
      [
        'bpf',
        'userfaultfd',
        'keyctl',
        'perf_event_open',
        'memfd_create',
        'mount',
        'unshare',
        'setns',
        'seccomp',
      ] as const
    ).flatMap((name) => [
      sc('OS-119', name, [0, 0, 0, 0, 0], 'EPERM'),
      sc('OS-119', name, [-1, -1, -1, -1, -1], 'EPERM', `${name} with every bit set`),
    ]),
    ...(
      [
        'pivot_root',
        'chroot',
        'umount2',
        'reboot',
        'init_module',
        'finit_module',
        'kexec_load',
        'add_key',
        'personality',
        'modify_ldt',
        'memfd_secret',
        'open_tree',
        'move_mount',
        'fsopen',
        'mount_setattr',
        'fanotify_init',
        'inotify_init',
        'splice',
        'vmsplice',
        'landlock_restrict_self',
      ] as const
    ).map((name) => sc('OS-119', name, [0, 0, 0, 0, 0], 'killed')),

    sc('OS-120', 'mmap', [0, 4096, 7, 0x22, -1, 0], 'EPERM', 'mmap writable and executable'),
    sc('OS-120', 'mprotect', [0, 4096, 4], 'EPERM', 'mprotect to executable'),
    sc('OS-120', 'mprotect', [0, 4096, 0x1000005], 'EPERM', 'mprotect to executable with PROT_GROWSDOWN'),
    sc('OS-120', 'pkey_mprotect', [0, 4096, 4, -1], 'killed'),
    sc('OS-120', 'remap_file_pages', [0, 4096, 4, 0, 0], 'killed'),
    ...(['getpid', 'read', 'openat', 'ptrace'] as const).map(
      (name): SystemCallCase => ({
        id: 'OS-120',
        name: `${name} with the x32 bit`,
        number: X32 + NR[name],
        args: [0, 0, 0],
        answer: 'killed',
      }),
    ),
    ...[512, 513, 520, 547].map(
      (number): SystemCallCase => ({
        id: 'OS-120',
        name: `number ${number}, which x32 reserves`,
        number,
        args: [],
        answer: 'killed',
      }),
    ),

    ...[
      ['PR_SET_PDEATHSIG', 1],
      ['PR_SET_DUMPABLE', 4],
      ['PR_SET_KEEPCAPS', 8],
      ['PR_SET_SECCOMP', 22],
      ['PR_CAPBSET_DROP', 24],
      ['PR_SET_SECUREBITS', 28],
      ['PR_SET_MM', 35],
      ['PR_SET_NO_NEW_PRIVS', 38],
      ['PR_CAP_AMBIENT', 47],
      ['PR_SET_PTRACER', 0x59616d61],
      ['PR_SET_SYSCALL_USER_DISPATCH', 59],
    ].map(([option, number]) => sc('OS-122', 'prctl', [Number(number), 0, 0, 0, 0], 'EPERM', `prctl ${option}`)),
    sc('OS-122', 'prctl', [15, 'renamed', 0, 0, 0], 'ok', 'prctl PR_SET_NAME, which gains nothing'),
    sc('OS-122', 'capset', [{ zeros: 8 }, { zeros: 24 }], 'EPERM'),
    sc('OS-122', 'setuid', [0], 'EPERM'),
    ...(['setgid', 'setgroups', 'setresuid', 'setrlimit'] as const).map((name) =>
      sc('OS-122', name, [0, 0, 0], 'killed'),
    ),
    sc(
      'OS-122',
      'prlimit64',
      [0, 7, { bytes: Array.from({ length: 16 }, () => 255) }, null],
      'EPERM',
      'prlimit64 to raise',
    ),
    sc('OS-122', 'prlimit64', [host, 7, null, { zeros: 16 }], 'EPERM', 'prlimit64 of the host'),

    ...[
      ['TIOCSTI', 0x5412],
      ['TIOCSCTTY', 0x540e],
      ['TIOCLINUX', 0x541c],
      ['TIOCSETD', 0x5423],
      ['SIOCGIFCONF', 0x8912],
    ].map(([request, number]) => sc('OS-123', 'ioctl', [0, Number(number), 'x'], 'EPERM', `ioctl ${request}`)),
    sc('OS-123', 'openat', [CWD, '/dev/tty', 0, 0], 'EACCES', 'openat /dev/tty'),
    sc('OS-123', 'openat', [CWD, '/dev/ptmx', 0, 0], 'EACCES', 'openat /dev/ptmx'),
    sc('OS-123', 'setsid', [], 'killed'),
    sc('OS-123', 'fcntl', [3, 8, host], 'EPERM', 'fcntl F_SETOWN, signals by descriptor'),

    ...Object.entries(NAMESPACES).flatMap(([flag, value]) => [
      sc('OS-127', 'unshare', [value], 'EPERM', `unshare ${flag}`),
      sc('OS-127', 'clone', [CLONE_THREAD_FLAGS + value, null, null, null, 0], 'EPERM', `clone a thread with ${flag}`),
    ]),
  ];
}
