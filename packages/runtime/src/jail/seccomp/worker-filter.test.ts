import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AUDIT_ARCHITECTURE } from './architecture.ts';
import { compileFilter } from './filter-program.ts';
import { interpret } from './fixtures/bpf-interpreter.ts';
import { ANSWER } from './fixtures/reference-verdict.ts';
import { type SyscallName, syscallNumber } from './syscall-numbers.ts';
import { workerFilter } from './worker-filter.ts';

const PID = 4711;
const { EPERM, ENOSYS, allow, kill } = ANSWER;

const jitless = workerFilter({ pid: PID, jit: false }, 'x64');
const withJit = workerFilter({ pid: PID, jit: true }, 'x64');

function answer(program: typeof jitless, name: SyscallName, args: readonly (number | bigint)[]): number {
  const number = syscallNumber(name, 'x64') ?? -1;
  return interpret(program, { number, auditArchitecture: AUDIT_ARCHITECTURE.x64, args: args.map(BigInt) });
}

const ask = (name: SyscallName, ...args: readonly (number | bigint)[]): number => answer(jitless, name, args);

describe('workerFilter', () => {
  it.each([
    'socket',
    'connect',
    'bind',
    'sendto',
    'sendmsg',
    'recvmsg',
    'fork',
    'vfork',
    'execve',
    'kill',
    'tkill',
    'ptrace',
    'process_vm_readv',
    'bpf',
    'userfaultfd',
    'keyctl',
    'perf_event_open',
    'memfd_create',
    'mount',
    'unshare',
    'setns',
    'unlink',
    'rename',
    'chmod',
    'pidfd_open',
    'setuid',
    'capset',
  ] as const)('refuses %s whatever its arguments', (name) => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { minLength: 6, maxLength: 6 }), (args) => {
        expect(ask(name, ...args)).toBe(EPERM);
      }),
    );
  });

  it.each(['io_uring_setup', 'io_uring_enter', 'io_uring_register', 'clone3', 'openat2'] as const)(
    'answers ENOSYS to %s',
    (name) => {
      expect(ask(name)).toBe(ENOSYS);
    },
  );

  it('opens for reading only', () => {
    const write = [0x1, 0x2, 0x40, 0x200, 0x400, 0x410000];
    for (const flags of write) {
      expect(ask('openat', -100, 0, flags)).toBe(EPERM);
      expect(ask('open', 0, flags)).toBe(EPERM);
    }
    expect(ask('openat', -100, 0, 0x80000)).toBe(allow);
    expect(ask('open', 0, 0)).toBe(allow);
  });

  it('creates threads, never processes or namespaces', () => {
    expect(ask('clone', 0x3d0f00)).toBe(allow);
    expect(ask('clone', 17)).toBe(EPERM);
    expect(ask('clone', 0x3d0f00 | 0x10000000)).toBe(EPERM);
    expect(ask('clone', 0x3d0f00 & ~0x10000)).toBe(EPERM);
  });

  it('signals its own threads only', () => {
    expect(ask('tgkill', PID, 1, 6)).toBe(allow);
    expect(ask('tgkill', 1, 1, 9)).toBe(EPERM);
  });

  it('reads its limits and never sets them', () => {
    expect(ask('prlimit64', 0, 7, 0, 0x7fff00000000n)).toBe(allow);
    expect(ask('prlimit64', 0, 7, 0x7fff00000000n, 0)).toBe(EPERM);
    expect(ask('prlimit64', 0, 7, 0x1000n, 0)).toBe(EPERM);
    expect(ask('prlimit64', 1, 7, 0, 0)).toBe(EPERM);
  });

  it('never maps or makes memory writable and executable without jit', () => {
    expect(ask('mmap', 0, 4096, 7)).toBe(EPERM);
    expect(ask('mmap', 0, 4096, 5)).toBe(allow);
    expect(ask('mprotect', 0, 4096, 4)).toBe(EPERM);
    expect(ask('mprotect', 0, 4096, 3)).toBe(allow);
    expect(answer(withJit, 'mmap', [0, 4096, 7])).toBe(allow);
    expect(answer(withJit, 'mprotect', [0, 4096, 7])).toBe(allow);
  });

  it.each([
    ['fcntl', [3, 8], EPERM],
    ['fcntl', [3, 4], allow],
    ['ioctl', [0, 0x5412], EPERM],
    ['ioctl', [0, 0x5421], allow],
    ['prctl', [4, 1], EPERM],
    ['prctl', [22, 2], EPERM],
    ['prctl', [15], allow],
    ['execveat', [3, 0, 0, 0, 0], EPERM],
  ] as const)('limits %s %j', (name, args, verdict) => {
    expect(ask(name, ...args)).toBe(verdict);
  });

  it('installs one more filter on all threads, and asks nothing else of seccomp', () => {
    const [STRICT, FILTER, GET_ACTION] = [0, 1, 2];
    const [TSYNC, LOG, NEW_LISTENER] = [1, 2, 8];
    expect(ask('seccomp', FILTER, TSYNC, 0x1000)).toBe(allow);
    for (const flags of [0, LOG, NEW_LISTENER, TSYNC | NEW_LISTENER, TSYNC | LOG, 0xffffffff])
      expect(ask('seccomp', FILTER, flags, 0x1000)).toBe(EPERM);
    for (const operation of [STRICT, GET_ACTION, 3]) expect(ask('seccomp', operation, TSYNC, 0)).toBe(EPERM);
  });

  it('kills for a call without a rule', () => {
    for (const name of ['landlock_restrict_self', 'close_range', 'setresuid', 'ppoll', 'faccessat'] as const)
      expect(ask(name)).toBe(kill);
  });

  it('allows arm64 what it has in the place of access and poll', () => {
    const program = workerFilter({ pid: PID, jit: false }, 'arm64');
    for (const name of ['faccessat', 'ppoll'] as const) {
      const call = { number: syscallNumber(name, 'arm64'), auditArchitecture: AUDIT_ARCHITECTURE.arm64, args: [] };
      expect(interpret(program, call)).toBe(allow);
    }
  });
});

describe('compileFilter', () => {
  it('refuses two rules for one call, of which the second would never apply', () => {
    const rule = { syscall: 'read', verdict: { kind: 'allow' } } as const;
    expect(() => compileFilter([rule, rule], 'x64')).toThrow(/two rules for "read"/);
  });
});
