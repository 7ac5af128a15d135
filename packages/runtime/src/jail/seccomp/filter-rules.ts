import type { ArgumentIndex, ArgumentTest, FilterRule, Verdict } from './filter-program.ts';
import type { SyscallName } from './syscall-numbers.ts';

/** Vocabulary of both filters. Numbers are of the kernel's generic ABI, which x86-64 and arm64 share. */
export const EPERM = 1;
export const ENOSYS = 38;
const PROT_WRITE = 0x2;
const PROT_EXEC = 0x4;
/** PR_SET_NAME, PR_GET_NAME, PR_SET_VMA: no dumpability, no ambient capabilities, no new filters. */
const PRCTL_OPTIONS = [15, 16, 0x53564d41];

export function rulesFor(names: readonly SyscallName[], verdict: Verdict): readonly FilterRule[] {
  return names.map((syscall) => ({ syscall, verdict }));
}

/** Allowed when every test holds, else EPERM. */
export function when(...tests: readonly ArgumentTest[]): Verdict {
  return { kind: 'allow-when', tests, errno: EPERM };
}

/** The lower half of an argument, under a mask if one is given, is one of `values`. */
export function oneOf(argument: ArgumentIndex, values: readonly number[], mask?: number): ArgumentTest {
  return { kind: 'one-of', argument, values, wide: false, ...(mask === undefined ? {} : { mask }) };
}

export const neverWritableAndExecutable: ArgumentTest = {
  kind: 'differs',
  argument: 2,
  mask: PROT_WRITE | PROT_EXEC,
  value: PROT_WRITE | PROT_EXEC,
};

export const neverExecutable: ArgumentTest = { kind: 'differs', argument: 2, mask: PROT_EXEC, value: PROT_EXEC };

/** `abort` ends a process by a signal to one of its own threads. The worker's pid survives `execveat`. */
export function ownThreadsOnly(pid: number): FilterRule {
  return { syscall: 'tgkill', verdict: when(oneOf(0, [pid])) };
}

export const namesOnly: FilterRule = { syscall: 'prctl', verdict: when(oneOf(0, PRCTL_OPTIONS)) };

/** `prlimit64` without new values, of the worker itself. */
export function readsOwnLimits(pid: number): Verdict {
  return when(oneOf(0, [0, pid]), { kind: 'one-of', argument: 2, values: [0], wide: true });
}
