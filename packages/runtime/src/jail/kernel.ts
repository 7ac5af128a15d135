import koffi from 'koffi';
import { thisArchitecture } from './seccomp/architecture.ts';
import { PORTABLE_SYSCALL_NAMES, type PortableSyscallName, syscallNumber } from './seccomp/syscall-numbers.ts';

/** A system call that failed, with the call's name; the launcher turns it into a `jail-failed` report. */
class SyscallFailed extends Error {
  readonly errno: number;
  constructor(call: string, errno: number) {
    super(`${call} failed with errno ${errno}`);
    this.name = 'SyscallFailed';
    this.errno = errno;
  }
}

const libc = koffi.load(null);
const rawSyscall = libc.func('long syscall(long number, ...)');
const rawExec = libc.func('int fexecve(int fd, const char **argv, const char **envp)');

/** Integers are passed as 64-bit words, buffers as pointers, exactly as the kernel's own table types them. */
export type SyscallArgument = number | bigint | Buffer | null;

/** A system call, and behind a space what is asked of it, for the error message: `prctl PR_SET_SECCOMP`. */
type NamedCall = PortableSyscallName | `${PortableSyscallName} ${string}`;

/** Calls the kernel and throws SyscallFailed when it answers -1. The call's result otherwise. */
export function syscall(call: NamedCall, ...args: readonly SyscallArgument[]): number {
  const result = trySyscall(call, ...args);
  if (result.errno !== 0) throw new SyscallFailed(call, result.errno);
  return result.value;
}

/** As `syscall`, for callers that tell one errno from another. `errno` is 0 on success. */
export function trySyscall(
  call: NamedCall,
  ...args: readonly SyscallArgument[]
): { readonly value: number; readonly errno: number } {
  const typed = args.flatMap((argument): readonly unknown[] =>
    typeof argument === 'number' || typeof argument === 'bigint' ? ['int64_t', argument] : ['void *', argument],
  );
  const value = Number(rawSyscall(numberOf(call), ...typed));
  return value === -1 ? { value, errno: koffi.errno() } : { value, errno: 0 };
}

function numberOf(call: NamedCall): number {
  const name = PORTABLE_SYSCALL_NAMES.find((known) => call === known || call.startsWith(`${known} `));
  if (name === undefined) throw new RangeError(`Cannot call "${call}": there is no number for it`);
  return syscallNumber(name, thisArchitecture());
}

/** Replaces this process by the program behind `fd` with an empty environment. Returns only by throwing. */
export function executeDescriptor(fd: number, argv: readonly string[]): never {
  rawExec(fd, [...argv, null], [null]);
  throw new SyscallFailed('execveat', koffi.errno());
}

/** The address of `buffer`, for structures that hold pointers. The caller keeps the buffer alive. */
export function addressOf(buffer: Buffer): bigint {
  return BigInt(koffi.address(buffer));
}
