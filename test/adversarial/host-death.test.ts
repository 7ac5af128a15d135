import { describe, expect, it, vi } from 'vitest';
import { descendantsOf, endAll, type HostOptions, type HostProgram, isRunning, startHost } from './host-program.ts';

const SET_DEATH_SIGNAL = { number: 157, argument: 0, value: 1 };
/** Long enough for a worker that nobody told to die to show that it lives. */
const SURVIVAL_MS = 500;

interface Spinning extends AsyncDisposable {
  readonly host: HostProgram;
  readonly workers: readonly number[];
}

/** A host and its spinning workers, with what stands between them. Disposed of, none is left, whatever a test has shown. */
async function spinning(options: HostOptions = {}): Promise<Spinning> {
  const host = startHost('spin', options);
  expect(await host.next()).toEqual({ running: expect.any(Number) });
  const workers = descendantsOf(host.pid);
  expect(workers.length).toBeGreaterThanOrEqual(2);
  return {
    host,
    workers,
    [Symbol.asyncDispose]: async () => {
      await host[Symbol.asyncDispose]();
      endAll(workers.filter(isRunning));
    },
  };
}

function noneRuns(pids: readonly number[]): Promise<void> {
  return vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), { timeout: 10_000, interval: 20 });
}

describe('a host that dies while its skills spin', () => {
  it.each(['SIGKILL', 'SIGINT', 'SIGSEGV'] as const)('by %s leaves no worker', async (signal) => {
    await using running = await spinning();
    const { host, workers } = running;
    host.child.kill(signal);
    expect((await host.exited).signal).toBe(signal);
    await noneRuns(workers);
  });

  it('by SIGINT that it handles: closes its runtime, its calls end as cancelled, no worker is left', async () => {
    await using running = await spinning({ args: ['graceful'] });
    const { host, workers } = running;
    host.child.kill('SIGINT');
    expect(await host.next()).toEqual({ codes: ['ERR_CARAPACE_CALL_ABORTED', 'ERR_CARAPACE_CALL_ABORTED'] });
    expect(await host.exited).toEqual({ code: 0, signal: null });
    await noneRuns(workers);
  });

  it('leaves them spinning where the death signal is not armed: it is what ends them', async () => {
    await using running = await spinning({ under: { rules: [{ ...SET_DEATH_SIGNAL, errno: 0 }] } });
    const { host, workers } = running;
    host.child.kill('SIGKILL');
    await host.exited;
    await new Promise((resolve) => setTimeout(resolve, SURVIVAL_MS));
    expect(workers.some(isRunning)).toBe(true);
  });

  it('leaves no worker at any moment of its life, start-up included', async () => {
    for (let delay = 0; delay <= 600; delay += 60) {
      await using host = startHost('spin');
      await new Promise((resolve) => setTimeout(resolve, delay));
      const workers = descendantsOf(host.pid);
      host.child.kill('SIGKILL');
      await host.exited;
      await noneRuns(workers);
    }
  });
});
