import type { JailedRun } from '@carapace/runtime/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { intendedAnswerSealed, LAST_NUMBER, sampleOfKilled } from './corpus/every-number.ts';
import { SEALED_CASES } from './corpus/sealed.ts';
import { ERRNO, type SystemCallCase } from './corpus/system-call.ts';
import { answersOf, inLanes, runProgram, type SystemCallAnswer } from './jailed.ts';

/** The second filter in the real jail: what machine code in a worker meets by the time a skill can have brought it there. */
const answered = SEALED_CASES.filter(({ answer }) => answer !== 'killed');
const killed = SEALED_CASES.filter(({ answer }) => answer === 'killed');
/** V8's compiler needs executable memory; that of files stays forbidden. */
const WITH_JIT: ReadonlyMap<string, SystemCallCase['answer']> = new Map([['mmap memory executable', 'ok']]);

function expectAnswer(answer: SystemCallAnswer | undefined, intended: SystemCallCase['answer']): void {
  if (intended === 'ok' || intended === 'killed') expect(answer?.value).not.toBe(-1);
  else expect(answer).toMatchObject({ value: -1, errno: ERRNO[intended] });
}

it('names each system call once, so that no answer hides another', () => {
  expect(new Set(SEALED_CASES.map(({ name }) => name)).size).toBe(SEALED_CASES.length);
});

describe.each([
  ['jitless', false],
  ['jit', true],
] as const)('a system call in a sealed worker, %s', (_profile, jit) => {
  let run: JailedRun;
  beforeAll(async () => {
    run = await runProgram('system-calls', answered, { jit, sealed: true });
  });

  it('survives every call that is not deadly', () => {
    expect(run.exit).toEqual({ code: 0, signal: null });
    expect(run.frames).toHaveLength(answered.length);
  });

  it.each(answered.map((row) => [row.id, row.name, row.answer] as const))('%s %s → %s', (_id, name, intended) => {
    expectAnswer(answersOf(run).get(name), (jit ? WITH_JIT.get(name) : undefined) ?? intended);
  });
});

describe('the end of a sealed process', () => {
  it('OS-132 is as V8 wants it: a fatal error by its signal and with its words', async () => {
    const run = await runProgram('crash', null, { sealed: true });
    expect(run.exit).toEqual({ code: null, signal: 'SIGABRT' });
    expect(run.stderr).toContain('Native stack trace');
  });
});

describe('a system call that a sealed worker has no rule for', () => {
  let runs: readonly JailedRun[];
  beforeAll(async () => {
    runs = await inLanes(killed, (row) => runProgram('system-calls', [row], { sealed: true }));
  }, 120_000);

  it.each(killed.map((row, index) => [row.id, row.name, index] as const))(
    '%s %s kills the process',
    (_id, _name, index) => {
      expect(runs[index]?.exit).toEqual({ code: null, signal: 'SIGSYS' });
      expect(runs[index]?.frames).toEqual([]);
    },
  );
});

describe('every system-call number from 0 to 500 in a sealed worker', () => {
  const row = (number: number): object => ({ name: `number ${number}`, number, args: [0, 0, 0, 0, 0, 0] });
  const survivable = Array.from({ length: LAST_NUMBER + 1 }, (_, number) => number).filter(
    (number) => intendedAnswerSealed(number) !== 'killed',
  );

  it('OS-119 answers as the table says where it answers at all', async () => {
    const run = await runProgram('system-calls', survivable.map(row), { sealed: true });
    const answers = answersOf(run);
    const seen = survivable.map((number) => ({ number, answer: answerName(answers.get(`number ${number}`)) }));
    expect(seen).toEqual(survivable.map((number) => ({ number, answer: intendedAnswerSealed(number) })));
    expect(run.exit).toEqual({ code: 0, signal: null });
  });

  it('OS-119 kills for every other number (seeded sample of 30)', async () => {
    const sample = sampleOfKilled(30, 271_828, intendedAnswerSealed);
    const runs = await inLanes(sample, (number) => runProgram('system-calls', [row(number)], { sealed: true }));
    expect(sample.filter((_, index) => runs[index]?.exit.signal !== 'SIGSYS')).toEqual([]);
  }, 120_000);
});

function answerName(answer: SystemCallAnswer | undefined): SystemCallCase['answer'] {
  if (answer === undefined) return 'killed';
  if (answer.value !== -1) return 'ok';
  return answer.errno === ERRNO.EPERM ? 'EPERM' : answer.errno === ERRNO.ENOSYS ? 'ENOSYS' : 'ok';
}
