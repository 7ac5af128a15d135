import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JailedRun } from '@carapace/runtime/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDS_PROCESS, intendedAnswer, LAST_NUMBER, sampleOfKilled } from './corpus/every-number.ts';
import { systemCallCases } from './corpus/os.ts';
import { ERRNO, type SystemCallCase } from './corpus/system-call.ts';
import { answersOf, IN_NAMESPACES, inLanes, runProgram, type SystemCallAnswer } from './jailed.ts';

const SECRET = 'canary';
const folder = mkdtempSync(join(tmpdir(), 'carapace-os-'));
// Readable for everybody: what keeps the worker out must be the jail, not the mode bits.
chmodSync(folder, 0o777);
writeFileSync(join(folder, 'secret'), SECRET);
chmodSync(join(folder, 'secret'), 0o666);
afterAll(() => rmSync(folder, { recursive: true }));

const cases = systemCallCases({ host: process.pid, folder });
const answered = cases.filter(({ answer }) => answer !== 'killed');
const killed = cases.filter(({ answer }) => answer === 'killed');
/** Their answer depends on the profile: V8's compiler needs executable memory. */
const EXECUTABLE = /executable/;

function expectAnswer(answer: SystemCallAnswer | undefined, intended: SystemCallCase['answer']): void {
  if (intended === 'ok' || intended === 'killed') expect(answer?.value).not.toBe(-1);
  // In namespaces of its own a worker has hardly a file to be refused.
  else if (intended === 'EACCES' && IN_NAMESPACES) expect([ERRNO.EACCES, ERRNO.ENOENT]).toContain(answer?.errno);
  else expect(answer).toMatchObject({ value: -1, errno: ERRNO[intended] });
}

it('names each system call once, so that no answer hides another', () => {
  expect(new Set(cases.map(({ name, answer }) => `${name} ${answer}`)).size).toBe(cases.length);
});

describe.each([
  ['jitless', false],
  ['jit', true],
] as const)('a system call in a worker, %s', (_profile, jit) => {
  let run: JailedRun;
  beforeAll(async () => {
    run = await runProgram('system-calls', answered, { jit });
  });

  it('survives every call that is not deadly', () => {
    expect(run.exit).toEqual({ code: 0, signal: null });
    expect(run.frames).toHaveLength(answered.length);
  });

  it.each(answered.map((row) => [row.id, row.name, row.answer, row] as const))(
    '%s %s → %s',
    (_id, name, intended, row) => {
      const answer = answersOf(run).get(row.name);
      expectAnswer(answer, jit && EXECUTABLE.test(name) ? (name.startsWith('mmap') ? 'ok' : 'ENOMEM') : intended);
    },
  );

  it('OS-110 has changed nothing outside', () => {
    expect(readdirSync(folder)).toEqual(['secret']);
    expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe(SECRET);
  });
});

describe('a system call that has no rule', () => {
  let runs: readonly JailedRun[];
  beforeAll(async () => {
    runs = await inLanes(killed, (row) => runProgram('system-calls', [row]));
  }, 120_000);

  it.each(killed.map((row, index) => [row.id, row.name, index] as const))(
    '%s %s kills the process',
    (_id, _name, index) => {
      expect(runs[index]?.exit).toEqual({ code: null, signal: 'SIGSYS' });
      expect(runs[index]?.frames).toEqual([]);
    },
  );
});

describe('every system-call number from 0 to 500', () => {
  const row = (number: number): object => ({ name: `number ${number}`, number, args: [0, 0, 0, 0, 0, 0] });
  const ending: readonly number[] = Object.values(ENDS_PROCESS);
  const survivable = Array.from({ length: LAST_NUMBER + 1 }, (_, number) => number).filter(
    (number) => intendedAnswer(number) !== 'killed',
  );

  it('OS-119 answers as the table says where it answers at all', async () => {
    const run = await runProgram('system-calls', survivable.map(row));
    const answers = answersOf(run);
    const seen = survivable.map((number) => {
      const errno = answers.get(`number ${number}`)?.errno;
      return {
        number,
        answer:
          errno === undefined ? 'killed' : errno === ERRNO.EPERM ? 'EPERM' : errno === ERRNO.ENOSYS ? 'ENOSYS' : 'ok',
      };
    });
    expect(seen).toEqual(survivable.map((number) => ({ number, answer: intendedAnswer(number) })));
    expect(run.exit).toEqual({ code: 0, signal: null });
  });

  it('OS-119 lets a process end itself', async () => {
    const runs = await inLanes(ending, (number) => runProgram('system-calls', [row(number)], { timeoutMs: 1_000 }));
    for (const { exit } of runs) expect(exit.signal).not.toBe('SIGSYS');
  });

  it('OS-119 kills for every other number (seeded sample of 40)', async () => {
    const sample = sampleOfKilled(40, 108_133);
    const runs = await inLanes(sample, (number) => runProgram('system-calls', [row(number)]));
    const survivors = sample.filter((_, index) => runs[index]?.exit.signal !== 'SIGSYS');
    expect(survivors).toEqual([]);
  }, 120_000);
});
