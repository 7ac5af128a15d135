import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { ToolResult } from '@carapace/runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { expectOutcome } from './attack-case.ts';
import { type Expected, error } from './expected.ts';
import { isRunning } from './host-program.ts';
import { HOSTILE } from './hostile-runtime.ts';
import { childProcesses, openSandbox, type Sandbox, skillOf, workerProcesses } from './sandbox.ts';
import { callOptions, underVariant } from './variant.ts';

const LAST_PID = '/proc/sys/kernel/ns_last_pid';

let sandbox: Sandbox;
beforeAll(async () => {
  // No spare: the one worker that is alive is the one that serves the call.
  sandbox = await openSandbox({ spares: 0, maxWorkers: 1 }, HOSTILE);
});
afterAll(async () => {
  await sandbox.expectUnharmed();
  await sandbox[Symbol.asyncDispose]();
});
beforeEach(() => sandbox.expectSettled());

/** Starts a call whose worker reports that it runs, hands its process id to `strike`, and waits for the outcome. */
async function struck(program: string, strike: (pid: number) => void, wallMs = 20_000): Promise<ToolResult> {
  const callId = `struck-${crypto.randomUUID()}`;
  const attack = {
    id: 'IP-145',
    title: 'struck',
    module: `log('runs'); ${program}`,
    limits: { wallMs, cpuMs: 20_000 },
  };
  await using skill = await sandbox.runtime.load(skillOf(attack));
  const calling = skill.call('attack', {}, { ...callOptions(), callId });
  await vi.waitFor(() => expect(sandbox.audit.events({ kind: 'log', call: callId })).toHaveLength(1), {
    timeout: 10_000,
    interval: 5,
  });
  const [pid] = workerProcesses();
  if (pid === undefined) throw new Error('no worker is alive');
  strike(pid);
  const result = await calling;
  expect(sandbox.audit.events({ kind: 'worker-killed', call: callId })).toHaveLength(1);
  expect(sandbox.audit.events({ kind: 'call-start', call: callId })).toHaveLength(1);
  return result;
}

function crashed(how: string): Expected {
  return error('ERR_CARAPACE_SKILL_CRASHED', `The worker of the skill ended before it gave a result: ${how}`);
}

describe('IP-145 a worker that ends by a signal', () => {
  it.each([
    ['SIGSEGV', crashed('ended by SIGSEGV')],
    ['SIGABRT', crashed('ended by SIGABRT')],
    ['SIGTRAP', crashed('ended by SIGTRAP')],
    ['SIGBUS', crashed('ended by SIGBUS')],
    ['SIGSYS', crashed('killed by the system-call filter (SIGSYS)')],
    ['SIGKILL', crashed('ended by SIGKILL')],
    ['SIGXCPU', error('ERR_CARAPACE_BUDGET_CPU')],
  ] as const)('%s has a reason of its own, and is not started again', async (signal, expected) => {
    const result = await struck('stay();', (pid) => process.kill(pid, signal));
    expectOutcome(result, expected);
  });
});

describe('IP-148 a worker that is stopped', () => {
  it.each([
    ['while it waits', 'stay();'],
    ['while it spins', 'for (;;);'],
    ['in the middle of a frame', 'raw(prefix(100, 50)); stay();'],
  ])('%s is killed at its deadline, and its place is free again', async (_title, program) => {
    const result = await struck(program, (pid) => process.kill(pid, 'SIGSTOP'), 4_000);
    expectOutcome(result, error('ERR_CARAPACE_BUDGET_WALL'));
    await sandbox.expectUnharmed();
  });
});

describe('IP-151 a kill', () => {
  it('never goes to a number: every one goes through the handle of the child', async () => {
    const kill = vi.spyOn(process, 'kill');
    try {
      const attack = { id: 'IP-151', title: 'spin', module: 'for (;;);', limits: { wallMs: 200 } };
      expect((await sandbox.run(attack)).code).toBe('ERR_CARAPACE_BUDGET_WALL');
      expect((await sandbox.run(attack, {}, AbortSignal.timeout(20))).code).toBe('ERR_CARAPACE_CALL_ABORTED');
      await sandbox.expectUnharmed();
      expect(kill.mock.calls.filter(([pid]) => typeof pid === 'number' && pid !== 0)).toEqual([]);
    } finally {
      kill.mockRestore();
    }
  });

  // Anybody else on the machine may take the number first; then it is another one's turn.
  it.runIf(canChoosePid())('does not reach a process that got the number of a dead worker', { retry: 5 }, async () => {
    const runtime = await HOSTILE.create(underVariant({ spares: 1, maxWorkers: 1 }));
    const skill = await runtime.load(skillOf({ id: 'IP-151', title: 'next call', ...HOSTILE.addition }));
    const [idle] = workerProcesses();
    if (idle === undefined) throw new Error('no worker is alive');
    process.kill(idle, 'SIGKILL');
    await vi.waitFor(() => expect(childProcesses()).toEqual([]), { timeout: 10_000 });
    using first = inherit(idle);
    await skill.call('attack', { a: 1, b: 1 }, callOptions());
    expect(isRunning(first.pid)).toBe(true);
    await skill.close();
    await runtime.close();
    expect(isRunning(first.pid)).toBe(true);
  });
});

/** The kernel gives out the number behind the last one; whoever may write the last one chooses. */
function canChoosePid(): boolean {
  try {
    writeFileSync(LAST_PID, String(process.pid));
    return true;
  } catch {
    return false;
  }
}

/** A process of the test's own that has this number. Others of the machine may snatch it first, but then it is not free. */
function inherit(pid: number): Disposable & { readonly pid: number } {
  for (let tried = 0; tried < 50; tried += 1) {
    writeFileSync(LAST_PID, String(pid - 1));
    const heir = spawn('sleep', ['60'], { stdio: 'ignore' });
    if (heir.pid === pid) return { pid, [Symbol.dispose]: () => void heir.kill('SIGKILL') };
    heir.kill('SIGKILL');
  }
  throw new Error(`the number ${pid} is taken`);
}
