import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AUDIT_ARCHITECTURE } from './architecture.ts';
import { interpret } from './fixtures/bpf-interpreter.ts';
import { ANSWER } from './fixtures/reference-verdict.ts';
import { sealedFilter } from './sealed-filter.ts';
import { SYSCALL_NAMES, type SyscallName, syscallNumber } from './syscall-numbers.ts';

const PID = 4711;
const { EPERM, ENOSYS, allow, kill } = ANSWER;

describe.each(['x64', 'arm64'] as const)('sealedFilter on %s', (architecture) => {
  const jitless = sealedFilter({ pid: PID, jit: false }, architecture);
  const withJit = sealedFilter({ pid: PID, jit: true }, architecture);
  const exists = (name: SyscallName): boolean => syscallNumber(name, architecture) !== undefined;

  function answer(program: typeof jitless, name: SyscallName, args: readonly (number | bigint)[]): number {
    const number = syscallNumber(name, architecture) ?? -1;
    return interpret(program, { number, auditArchitecture: AUDIT_ARCHITECTURE[architecture], args: args.map(BigInt) });
  }
  const ask = (name: SyscallName, ...args: readonly (number | bigint)[]): number => answer(jitless, name, args);

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

  it.each(REFUSED.filter(exists))('OS-108 refuses %s whatever its arguments', (name) => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { minLength: 6, maxLength: 6 }), (args) => {
        expect(ask(name, ...args)).toBe(EPERM);
      }),
    );
  });

  it('OS-119 kills for every call by which a process reaches out, gains a descriptor or another process', () => {
    const survived = SYSCALL_NAMES.filter(exists).filter((name) => ask(name) !== kill);
    const allowed = `read write close fstat mmap mprotect munmap brk rt_sigaction rt_sigprocmask rt_sigreturn ioctl
      sched_yield mremap madvise nanosleep getpid clone exit fcntl sysinfo sigaltstack sched_getparam sched_getscheduler
      prctl gettid futex sched_getaffinity restart_syscall clock_gettime clock_getres clock_nanosleep exit_group epoll_wait
      epoll_ctl tgkill set_robust_list epoll_pwait prlimit64 getrandom membarrier rseq clone3`.split(/\s+/);
    const missing = architecture === 'arm64' ? ['open', 'stat', 'lstat', 'access', 'readlink', 'epoll_wait'] : [];
    const expected = [...allowed, ...REFUSED].filter((name) => !missing.includes(name));

    expect(survived.toSorted()).toEqual(expected.toSorted());
  });

  it('starts threads and nothing else', () => {
    const GLIBC = 0x3d0f00;
    const MUSL = 0x7d0f00;
    expect(ask('clone', GLIBC)).toBe(allow);
    expect(ask('clone', MUSL)).toBe(allow);
    for (let bit = 0; bit < 32; bit += 1) {
      const flags = (GLIBC ^ (2 ** bit)) >>> 0;
      if (flags !== MUSL) expect([bit, ask('clone', flags)]).toEqual([bit, EPERM]);
    }
    expect(ask('clone', 17)).toBe(EPERM);
    expect(ask('clone3', 0, 88)).toBe(ENOSYS);
  });

  it('maps memory that no file is behind', () => {
    const [SHARED, PRIVATE, FIXED, ANONYMOUS] = [0x01, 0x02, 0x10, 0x20];
    expect(ask('mmap', 0, 4096, 3, PRIVATE | ANONYMOUS)).toBe(allow);
    expect(ask('mmap', 0, 4096, 0, PRIVATE | ANONYMOUS | FIXED)).toBe(allow);
    for (const flags of [PRIVATE, SHARED, PRIVATE | FIXED]) {
      expect(ask('mmap', 0, 4096, 1, flags, 5)).toBe(EPERM);
      expect(answer(withJit, 'mmap', [0, 4096, 1, flags, 5])).toBe(EPERM);
    }
  });

  it('makes no memory executable without jit', () => {
    const PRIVATE_ANONYMOUS = 0x22;
    for (const protection of [4, 5, 6, 7]) {
      expect(ask('mmap', 0, 4096, protection, PRIVATE_ANONYMOUS)).toBe(EPERM);
      expect(ask('mprotect', 0, 4096, protection)).toBe(EPERM);
      expect(answer(withJit, 'mmap', [0, 4096, protection, PRIVATE_ANONYMOUS])).toBe(allow);
      expect(answer(withJit, 'mprotect', [0, 4096, protection])).toBe(allow);
    }
  });

  it.each([
    ['tgkill', [PID, 1, 6], allow],
    ['tgkill', [1, 1, 9], EPERM],
    ['prlimit64', [0, 3, 0, 0x1000], allow],
    ['prlimit64', [PID, 3, 0, 0x1000], allow],
    ['prlimit64', [0, 3, 0x1000, 0], EPERM],
    ['prlimit64', [1, 3, 0, 0x1000], EPERM],
    ['futex', [0, 0x80], allow],
    ['futex', [0, 0x189], allow],
    ['futex', [0, 0x86], EPERM],
    ['futex', [0, 0x8b], EPERM],
    ['futex', [0, 0x8c], EPERM],
    ['futex', [0, 0x200], EPERM],
    ['fcntl', [2, 3], allow],
    ['fcntl', [2, 0], EPERM],
    ['fcntl', [2, 1030], EPERM],
    ['fcntl', [2, 4], EPERM],
    ['ioctl', [2, 0x5401], allow],
    ['ioctl', [2, 0x5412], EPERM],
    ['prctl', [15], allow],
    ['prctl', [0x53564d41], allow],
    ['prctl', [4, 1], EPERM],
    ['prctl', [22, 2], EPERM],
  ] as const)('limits %s %j', (name, args, verdict) => {
    expect(ask(name, ...args)).toBe(verdict);
  });
});
