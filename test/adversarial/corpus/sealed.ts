import { type SystemCallCase, systemCall as sc } from './system-call.ts';

const CWD = -100;
const EMPTY_PATH = 0x1000;
const [PROT_READ, PROT_READ_WRITE_EXEC, PROT_EXEC] = [1, 7, 4];
const [MAP_SHARED, MAP_PRIVATE, MAP_ANONYMOUS] = [0x01, 0x02, 0x20];
/** A thread as `pthread_create` asks for it. */
const THREAD = 0x3d0f00;
const [CLONE_PTRACE, CLONE_VFORK, CLONE_PARENT, CLONE_THREAD] = [0x2000, 0x4000, 0x8000, 0x10000];
const [F_DUPFD, F_GETFL] = [0, 3];
/** Descriptors of a worker: the add-on may be read by name, so only the second filter keeps it from being opened again. */
const ADDON = 5;

/** What the kernel must answer when the worker has sealed itself: each of these but the last passes the first filter. */
export const SEALED_CASES: readonly SystemCallCase[] = [
  sc('OS-108', 'openat', [CWD, `/proc/self/fd/${ADDON}`, 0, 0], 'EPERM', 'openat a file that Landlock leaves readable'),
  sc('OS-108', 'open', [`/proc/self/fd/${ADDON}`, 0, 0], 'EPERM', 'open a file that Landlock leaves readable'),
  sc('OS-108', 'openat', [CWD, '/', 0x200000, 0], 'EPERM', 'openat O_PATH, which Landlock does not see'),
  sc('OS-108', 'stat', ['/', { zeros: 144 }], 'EPERM'),
  sc('OS-108', 'statx', [CWD, '/', 0, 0x7ff, { zeros: 256 }], 'EPERM'),
  sc('OS-108', 'access', ['/', 0], 'EPERM'),
  sc('OS-108', 'readlink', ['/proc/self/exe', { zeros: 256 }, 256], 'EPERM'),
  sc('OS-108', 'readlinkat', [CWD, '/proc/self/exe', { zeros: 256 }, 256], 'EPERM'),
  sc('OS-108', 'getcwd', [{ zeros: 256 }, 256], 'EPERM'),

  sc('OS-110', 'mmap', [0, 4096, PROT_READ, MAP_PRIVATE, ADDON, 0], 'EPERM', 'mmap a file'),
  sc('OS-110', 'mmap', [0, 4096, PROT_READ, MAP_SHARED, ADDON, 0], 'EPERM', 'mmap a file shared'),
  sc('OS-110', 'mmap', [0, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0], 'ok', 'mmap memory'),
  sc('OS-110', 'mmap', [0, 4096, PROT_EXEC, MAP_PRIVATE, ADDON, 0], 'EPERM', 'mmap a file executable'),
  sc(
    'OS-110',
    'mmap',
    [0, 4096, PROT_READ_WRITE_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0],
    'EPERM',
    'mmap memory executable',
  ),

  sc('OS-115', 'execveat', [CWD, '', null, null, EMPTY_PATH], 'EPERM', 'execveat with the launcher’s flag'),
  sc('OS-115', 'execve', ['/proc/self/exe', null, null], 'EPERM'),
  sc('OS-115', 'clone', [17, null, null, null, 0], 'EPERM', 'clone as fork does'),
  ...Object.entries({ CLONE_PTRACE, CLONE_VFORK, CLONE_PARENT }).map(([flag, value]) =>
    sc('OS-115', 'clone', [THREAD | value, null, null, null, 0], 'EPERM', `clone a thread with ${flag}`),
  ),
  sc('OS-115', 'clone', [THREAD - CLONE_THREAD, null, null, null, 0], 'EPERM', 'clone without CLONE_THREAD'),
  sc('OS-115', 'clone3', [{ zeros: 88 }, 88], 'ENOSYS'),

  sc('OS-119', 'seccomp', [1, 1, null], 'EPERM', 'seccomp as the seal itself'),
  sc('OS-119', 'seccomp', [1, 8, null], 'EPERM', 'seccomp with a listener'),
  sc('OS-119', 'futex', [{ zeros: 4 }, 0x86, 0, null], 'EPERM', 'futex FUTEX_LOCK_PI'),
  sc('OS-119', 'futex', [{ zeros: 4 }, 0x81, 1], 'ok', 'futex FUTEX_WAKE'),
  sc('OS-123', 'ioctl', [2, 0x5412, { bytes: [10] }], 'EPERM', 'ioctl TIOCSTI'),
  sc('OS-125', 'fcntl', [ADDON, F_DUPFD, 0], 'EPERM', 'fcntl F_DUPFD'),
  sc('OS-125', 'fcntl', [2, F_GETFL, 0], 'ok', 'fcntl F_GETFL'),

  sc('OS-111', 'socket', [2, 1, 0], 'killed', 'socket'),
  sc('OS-117', 'ptrace', [0x4206, 1, 0, 0], 'killed'),
  sc('OS-118', 'io_uring_setup', [1, { zeros: 120 }], 'killed'),
  sc('OS-119', 'memfd_create', ['x', 0], 'killed'),
  sc('OS-125', 'dup', [ADDON], 'killed'),
  sc('OS-125', 'pipe2', [{ zeros: 8 }, 0], 'killed'),
  sc('OS-125', 'eventfd2', [0, 0], 'killed'),
  sc('OS-125', 'epoll_create1', [0], 'killed'),
  sc('OS-110', 'pwrite64', [ADDON, { zeros: 1 }, 1, 0], 'killed'),
];
