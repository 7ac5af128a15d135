import { describe, expect, it, vi } from 'vitest';
import { childrenOf, type HostOptions, type HostProgram, isRunning, startHost } from './host-program.ts';

const SET_DEATH_SIGNAL = { number: 157, argument: 0, value: 1 };
/** Long enough for a worker that nobody told to die to show that it lives. */
const SURVIVAL_MS = 500;

async function spinning(
  options: HostOptions = {},
): Promise<{ readonly host: HostProgram; readonly workers: readonly number[] }> {
  const host = startHost('spin', options);
  expect(await host.next()).toEqual({ running: expect.any(Number) });
  const workers = childrenOf(host.pid);
  expect(workers.length).toBeGreaterThanOrEqual(2);
  return { host, workers };
}

function noneRuns(pids: readonly number[]): Promise<void> {
  return vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), { timeout: 10_000, interval: 20 });
}

describe('a host that dies while its skills spin', () => {
  it.each(['SIGKILL', 'SIGINT', 'SIGSEGV'] as const)('by %s leaves no worker', async (signal) => {
    const { host, workers } = await spinning();
    await using _ended = host;
    host.child.kill(signal);
    expect((await host.exited).signal).toBe(signal);
    await noneRuns(workers);
  });

  it('by SIGINT that it handles: closes its runtime, its calls end as cancelled, no worker is left', async () => {
    const { host, workers } = await spinning({ args: ['graceful'] });
    await using _ended = host;
    host.child.kill('SIGINT');
    expect(await host.next()).toEqual({ codes: ['ERR_CARAPACE_CALL_ABORTED', 'ERR_CARAPACE_CALL_ABORTED'] });
    expect(await host.exited).toEqual({ code: 0, signal: null });
    await noneRuns(workers);
  });

  it('leaves them spinning where the death signal is not armed: it is what ends them', async () => {
    const { host, workers } = await spinning({ under: { rules: [{ ...SET_DEATH_SIGNAL, errno: 0 }] } });
    try {
      host.child.kill('SIGKILL');
      await host.exited;
      await new Promise((resolve) => setTimeout(resolve, SURVIVAL_MS));
      expect(workers.some(isRunning)).toBe(true);
    } finally {
      for (const worker of workers.filter(isRunning)) process.kill(worker, 'SIGKILL');
    }
    await noneRuns(workers);
  });

  it('leaves no worker at any moment of its life, start-up included', async () => {
    for (let delay = 0; delay <= 600; delay += 60) {
      await using host = startHost('spin');
      await new Promise((resolve) => setTimeout(resolve, delay));
      const workers = childrenOf(host.pid);
      host.child.kill('SIGKILL');
      await host.exited;
      await noneRuns(workers);
    }
  });
});
