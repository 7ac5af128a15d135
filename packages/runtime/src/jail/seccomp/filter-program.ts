import { type Architecture, AUDIT_ARCHITECTURE } from './architecture.ts';
import {
  and,
  argumentOffsets,
  type Instruction,
  jumpIfEqual,
  jumpUnlessEqual,
  load,
  OFFSET_ARCHITECTURE,
  OFFSET_NUMBER,
  RETURN_ALLOW,
  RETURN_KILL_PROCESS,
  returnAction,
  returnErrno,
} from './bpf.ts';
import { type SyscallName, syscallNumber } from './syscall-numbers.ts';

/** What the kernel does with one system call. Anything without a rule kills the process. */
export type Verdict =
  | { readonly kind: 'allow' }
  | { readonly kind: 'errno'; readonly errno: number }
  /** Allowed when every test holds, else refused with `errno`. */
  | { readonly kind: 'allow-when'; readonly tests: readonly ArgumentTest[]; readonly errno: number };

/**
 * One test of one system-call argument.
 * `one-of`: `argument & mask` is one of `values`; with `wide`, the upper 32 bits must be zero as well (pointers, pids).
 * `differs`: `argument & mask` is not `value`; for 32-bit flag words only.
 */
export type ArgumentTest =
  | {
      readonly kind: 'one-of';
      readonly argument: ArgumentIndex;
      readonly mask?: number;
      readonly values: readonly number[];
      readonly wide: boolean;
    }
  | { readonly kind: 'differs'; readonly argument: ArgumentIndex; readonly mask: number; readonly value: number };

export type ArgumentIndex = 0 | 1 | 2 | 3 | 4 | 5;

export interface FilterRule {
  readonly syscall: SyscallName;
  readonly verdict: Verdict;
}

/**
 * Compiles rules into a seccomp program. The first instructions stop architecture confusion: through the 32-bit entry the same
 * number means another call. Numbers of x32, which shares the architecture word, carry a bit that no rule has, and meet the
 * end of the program, which kills. A rule for a call that the architecture does not have is left out: its number on
 * another one means something else here.
 */
export function compileFilter(rules: readonly FilterRule[], architecture: Architecture): readonly Instruction[] {
  const seen = new Set<SyscallName>();
  for (const { syscall } of rules) {
    if (seen.has(syscall)) throw new RangeError(`Cannot compile the filter: two rules for "${syscall}"`);
    seen.add(syscall);
  }
  return [
    load(OFFSET_ARCHITECTURE),
    jumpIfEqual(AUDIT_ARCHITECTURE[architecture], 1),
    returnAction(RETURN_KILL_PROCESS),
    load(OFFSET_NUMBER),
    ...rules.flatMap((rule) => compileRule(rule, architecture)),
    returnAction(RETURN_KILL_PROCESS),
  ];
}

function compileRule({ syscall, verdict }: FilterRule, architecture: Architecture): readonly Instruction[] {
  const number = syscallNumber(syscall, architecture);
  if (number === undefined) return [];
  const body = compileVerdict(verdict);
  return [jumpUnlessEqual(number, body.length), ...body];
}

function compileVerdict(verdict: Verdict): readonly Instruction[] {
  switch (verdict.kind) {
    case 'allow':
      return [returnAction(RETURN_ALLOW)];
    case 'errno':
      return [returnErrno(verdict.errno)];
    case 'allow-when':
      return compileTests(verdict.tests, verdict.errno);
  }
}

/** Each failed test jumps over what is left of the block to its closing errno. */
function compileTests(tests: readonly ArgumentTest[], errno: number): readonly Instruction[] {
  let block: readonly Instruction[] = [returnAction(RETURN_ALLOW)];
  for (const test of tests.toReversed()) {
    block = [...compileTest(test, block.length), ...block];
  }
  return [...block, returnErrno(errno)];
}

/** `rest` is how many instructions stand between the end of this test and the errno that answers a failed one. */
function compileTest(test: ArgumentTest, rest: number): readonly Instruction[] {
  const { low, high } = argumentOffsets(test.argument);
  if (test.kind === 'differs') return [load(low), and(test.mask), jumpIfEqual(test.value, rest)];
  const masked = test.mask === undefined ? [load(low)] : [load(low), and(test.mask)];
  const lowPart = [...masked, ...compileOneOf(test.values, rest)];
  return test.wide ? [load(high), jumpUnlessEqual(0, lowPart.length + rest), ...lowPart] : lowPart;
}

/** Every value but the last jumps to the end of the list on a match; the last one jumps to the errno on a miss. */
function compileOneOf(values: readonly number[], rest: number): readonly Instruction[] {
  return values.map((value, index) => {
    const left = values.length - 1 - index;
    return left === 0 ? jumpUnlessEqual(value, rest) : jumpIfEqual(value, left);
  });
}
