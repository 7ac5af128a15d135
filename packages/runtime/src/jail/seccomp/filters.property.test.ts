import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Architecture } from './architecture.ts';
import { encodeProgram, type Instruction } from './bpf.ts';
import type { ArgumentTest, FilterRule } from './filter-program.ts';
import { interpret, type SystemCall } from './fixtures/bpf-interpreter.ts';
import { ANSWER, referenceVerdict } from './fixtures/reference-verdict.ts';
import { sealedFilter, sealedRules } from './sealed-filter.ts';
import { SYSCALL_NAMES, syscallNumber } from './syscall-numbers.ts';
import { workerFilter, workerRules } from './worker-filter.ts';

const PID = 4711;
const AUDIT: Readonly<Record<Architecture, number>> = { x64: 0xc000003e, arm64: 0xc00000b7 };
/** Everything the kernel may put into the architecture word that some build of it knows, and a few it never does. */
const OTHER_AUDIT = [0, 1, 0x3e, 0x40000003, 0x40000028, 0xc0000015, 0xc00000f3, 0x8000003e, 0xffffffff];

interface Filter {
  readonly name: string;
  readonly architecture: Architecture;
  readonly rules: readonly FilterRule[];
  readonly program: readonly Instruction[];
}

const ARCHITECTURES: readonly Architecture[] = ['x64', 'arm64'];
const filters: readonly Filter[] = ARCHITECTURES.flatMap((architecture) =>
  [false, true].flatMap((jit): readonly Filter[] => {
    const options = { pid: PID, jit };
    const name = (stage: string): string => `${stage}, ${architecture}, ${jit ? 'jit' : 'jitless'}`;
    return [
      {
        name: name('first filter'),
        architecture,
        rules: workerRules(options, architecture),
        program: workerFilter(options, architecture),
      },
      {
        name: name('second filter'),
        architecture,
        rules: sealedRules(options),
        program: sealedFilter(options, architecture),
      },
    ];
  }),
);

/** Constants that some rule compares with, and their neighbours: random words alone would never meet them. */
function boundaries(rules: readonly FilterRule[]): readonly bigint[] {
  const tests = rules.flatMap(({ verdict }): readonly ArgumentTest[] =>
    verdict.kind === 'allow-when' ? verdict.tests : [],
  );
  const constants = tests.flatMap((test) => [
    ...(test.kind === 'differs' ? [test.value] : test.values),
    ...(test.mask === undefined ? [] : [test.mask]),
  ]);
  return [...new Set(constants)].flatMap((constant) => {
    const word = BigInt(constant);
    return [word, word - 1n, word + 1n, word | (1n << 32n), word ^ 0xffffffffn, word | 1n, word | (1n << 63n)];
  });
}

function words(rules: readonly FilterRule[]): fc.Arbitrary<bigint> {
  return fc.oneof(
    fc
      .constantFrom(...boundaries(rules), BigInt(PID), 0n, 1n, 2n ** 31n, 2n ** 32n, 2n ** 64n - 1n)
      .map((word) => BigInt.asUintN(64, word)),
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    // A handful of bits, as flag words have them.
    fc
      .array(fc.nat({ max: 40 }), { maxLength: 4 })
      .map((bits) => bits.reduce((word, bit) => word | (1n << BigInt(bit)), 0n)),
  );
}

function calls({ rules, architecture }: Filter): fc.Arbitrary<SystemCall> {
  const known = SYSCALL_NAMES.flatMap((name) => syscallNumber(name, architecture) ?? []);
  return fc.record({
    number: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...known) },
      { weight: 1, arbitrary: fc.nat({ max: 600 }) },
      { weight: 1, arbitrary: fc.constantFrom(...known).map((number) => number + 0x40000000) },
      { weight: 1, arbitrary: fc.nat({ max: 0xffffffff }) },
    ),
    auditArchitecture: fc.oneof(
      { weight: 8, arbitrary: fc.constant(AUDIT[architecture]) },
      { weight: 1, arbitrary: fc.constantFrom(...Object.values(AUDIT), ...OTHER_AUDIT) },
      { weight: 1, arbitrary: fc.nat({ max: 0xffffffff }) },
    ),
    args: fc.array(words(rules), { minLength: 6, maxLength: 6 }),
  });
}

describe.each(filters)('$name', (filter) => {
  const { rules, program, architecture } = filter;

  it('OS-119 answers as the list of rules says, for any number, architecture and arguments', () => {
    fc.assert(
      fc.property(calls(filter), (call) => {
        expect(interpret(program, call)).toBe(referenceVerdict(rules, architecture, call));
      }),
      { numRuns: 3_000 },
    );
  });

  it('OS-119 answers as the list of rules says, for each number from 0 to 600', () => {
    for (let number = 0; number <= 600; number += 1) {
      for (const word of [0n, 1n, 2n ** 64n - 1n]) {
        const call = { number, auditArchitecture: AUDIT[architecture], args: Array.from({ length: 6 }, () => word) };
        expect({ number, word, answer: interpret(program, call) }).toEqual({
          number,
          word,
          answer: referenceVerdict(rules, architecture, call),
        });
      }
    }
  });

  it('OS-120 kills another architecture before it looks at the number', () => {
    const others = [...OTHER_AUDIT, ...Object.values(AUDIT)].filter((word) => word !== AUDIT[architecture]);
    for (const auditArchitecture of others) {
      for (let number = 0; number <= 600; number += 1)
        expect(interpret(program, { number, auditArchitecture, args: [] })).toBe(ANSWER.kill);
    }
  });

  it('OS-120 kills every number with the mark of x32', () => {
    for (let number = 0; number <= 600; number += 1) {
      const call = { number: number + 0x40000000, auditArchitecture: AUDIT[architecture], args: [] };
      expect(interpret(program, call)).toBe(ANSWER.kill);
    }
  });

  it('is one valid program for the kernel', () => {
    expect(encodeProgram(program)).toHaveLength(program.length * 8);
  });
});

describe('OS-119 the second filter', () => {
  it.each(ARCHITECTURES.flatMap((architecture) => [false, true].map((jit) => ({ architecture, jit }))))(
    'allows nothing that the first one refuses, $architecture, jit $jit',
    ({ architecture, jit }) => {
      const first = workerFilter({ pid: PID, jit }, architecture);
      const second = sealedFilter({ pid: PID, jit }, architecture);
      const rules = [...workerRules({ pid: PID, jit }, architecture), ...sealedRules({ pid: PID, jit })];
      fc.assert(
        fc.property(calls({ name: '', architecture, rules, program: [] }), (call) => {
          fc.pre(interpret(second, call) === ANSWER.allow);
          expect(interpret(first, call)).toBe(ANSWER.allow);
        }),
        { numRuns: 1_000 },
      );
    },
  );
});
