import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeProgram, type Instruction, RETURN_ALLOW, RETURN_KILL_PROCESS } from './bpf.ts';
import { compileFilter } from './filter-program.ts';
import { workerFilter } from './worker-filter.ts';
import { AUDIT_ARCH_X86_64, type SyscallName, X32_SYSCALL_BIT, X64_SYSCALLS } from './x64-syscalls.ts';

const PID = 4711;
const EPERM = 0x00050001;
const ENOSYS = 0x00050026;

/** `struct seccomp_data`: number, architecture, instruction pointer, six arguments. */
function seccompData(nr: number, args: readonly bigint[], arch: number): Buffer {
  const data = Buffer.alloc(64);
  data.writeUInt32LE(nr >>> 0, 0);
  data.writeUInt32LE(arch >>> 0, 4);
  for (const [index, argument] of args.entries()) data.writeBigUInt64LE(BigInt.asUintN(64, argument), 16 + index * 8);
  return data;
}

interface Machine {
  accumulator: number;
  at: number;
}

/** One instruction of the kernel's classic BPF, as far as seccomp programs use it. The answer of a return, else undefined. */
function step(machine: Machine, data: Buffer, { code, jumpTrue, jumpFalse, operand }: Instruction): number | undefined {
  const value = operand >>> 0;
  const jump = (holds: boolean): undefined => {
    machine.at += holds ? jumpTrue : jumpFalse;
  };
  switch (code) {
    case 0x20:
      machine.accumulator = data.readUInt32LE(value);
      return undefined;
    case 0x54:
      machine.accumulator = (machine.accumulator & value) >>> 0;
      return undefined;
    case 0x15:
      return jump(machine.accumulator === value);
    case 0x35:
      return jump(machine.accumulator >= value);
    case 0x06:
      return value;
    default:
      throw new Error(`unknown instruction ${code}`);
  }
}

function interpret(
  program: readonly Instruction[],
  nr: number,
  args: readonly bigint[] = [],
  arch: number = AUDIT_ARCH_X86_64,
): number {
  const data = seccompData(nr, args, arch);
  const machine: Machine = { accumulator: 0, at: 0 };
  for (; machine.at < program.length; machine.at += 1) {
    const instruction = program[machine.at];
    const answer = instruction === undefined ? undefined : step(machine, data, instruction);
    if (answer !== undefined) return answer;
  }
  throw new Error('the program ran off its end');
}

const filter = workerFilter({ pid: PID, jit: false });
const withJit = workerFilter({ pid: PID, jit: true });
const ask = (name: SyscallName, ...args: readonly (number | bigint)[]): number =>
  interpret(filter, X64_SYSCALLS[name], args.map(BigInt));

describe('workerFilter', () => {
  it('OS-120 kills another architecture before it looks at the number', () => {
    fc.assert(
      fc.property(fc.nat({ max: 500 }), fc.integer({ min: 0, max: 2 ** 31 }), (nr, arch) => {
        fc.pre(arch !== AUDIT_ARCH_X86_64);
        expect(interpret(filter, nr, [], arch)).toBe(RETURN_KILL_PROCESS);
      }),
    );
  });

  it('OS-120 kills every x32 number', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1000 }), (nr) => {
        expect(interpret(filter, X32_SYSCALL_BIT + nr)).toBe(RETURN_KILL_PROCESS);
      }),
    );
  });

  it('kills every number without a rule', () => {
    const known = new Set<number>(Object.values(X64_SYSCALLS));
    fc.assert(
      fc.property(fc.nat({ max: 0x3fffffff }), (nr) => {
        fc.pre(!known.has(nr));
        expect(interpret(filter, nr)).toBe(RETURN_KILL_PROCESS);
      }),
    );
  });

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
    'seccomp',
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
    expect(ask('openat', -100, 0, 0x80000)).toBe(RETURN_ALLOW);
    expect(ask('open', 0, 0)).toBe(RETURN_ALLOW);
  });

  it('creates threads, never processes or namespaces', () => {
    expect(ask('clone', 0x3d0f00)).toBe(RETURN_ALLOW);
    expect(ask('clone', 17)).toBe(EPERM);
    expect(ask('clone', 0x3d0f00 | 0x10000000)).toBe(EPERM);
    expect(ask('clone', 0x3d0f00 & ~0x10000)).toBe(EPERM);
  });

  it('signals its own threads only', () => {
    expect(ask('tgkill', PID, 1, 6)).toBe(RETURN_ALLOW);
    expect(ask('tgkill', 1, 1, 9)).toBe(EPERM);
  });

  it('reads its limits and never sets them', () => {
    expect(ask('prlimit64', 0, 7, 0, 0x7fff00000000n)).toBe(RETURN_ALLOW);
    expect(ask('prlimit64', 0, 7, 0x7fff00000000n, 0)).toBe(EPERM);
    expect(ask('prlimit64', 0, 7, 0x1000n, 0)).toBe(EPERM);
    expect(ask('prlimit64', 1, 7, 0, 0)).toBe(EPERM);
  });

  it('never maps or makes memory writable and executable without jit', () => {
    expect(ask('mmap', 0, 4096, 7)).toBe(EPERM);
    expect(ask('mmap', 0, 4096, 5)).toBe(RETURN_ALLOW);
    expect(ask('mprotect', 0, 4096, 4)).toBe(EPERM);
    expect(ask('mprotect', 0, 4096, 3)).toBe(RETURN_ALLOW);
    expect(interpret(withJit, X64_SYSCALLS.mmap, [0n, 4096n, 7n])).toBe(RETURN_ALLOW);
    expect(interpret(withJit, X64_SYSCALLS.mprotect, [0n, 4096n, 7n])).toBe(RETURN_ALLOW);
  });

  it.each([
    ['fcntl', [3, 8], EPERM],
    ['fcntl', [3, 4], RETURN_ALLOW],
    ['ioctl', [0, 0x5412], EPERM],
    ['ioctl', [0, 0x5421], RETURN_ALLOW],
    ['prctl', [4, 1], EPERM],
    ['prctl', [22, 2], EPERM],
    ['prctl', [15], RETURN_ALLOW],
    ['execveat', [3, 0, 0, 0, 0], EPERM],
  ] as const)('limits %s %j', (name, args, verdict) => {
    expect(ask(name, ...args)).toBe(verdict);
  });

  it('is one valid program for the kernel', () => {
    expect(encodeProgram(filter)).toHaveLength(filter.length * 8);
  });
});

describe('compileFilter', () => {
  it('refuses two rules for one call, of which the second would never apply', () => {
    const rule = { syscall: 'read', verdict: { kind: 'allow' } } as const;
    expect(() => compileFilter([rule, rule])).toThrow(/two rules for "read"/);
  });
});
