import { readdirSync, readlinkSync } from 'node:fs';
import { createMemorySink, createRuntime } from '@carapace/runtime';
import { describe, expect, it, vi } from 'vitest';
import { descendantsOf, endAll, isRunning, startHost } from './host-program.ts';
import { childProcesses, skillOf } from './sandbox.ts';
import { callOptions, underVariant } from './variant.ts';

/** The kernel of this host lies about the death signal, which would end each worker with its host. */
const NO_DEATH_SIGNAL = { rules: [{ number: 157, argument: 0, value: 1, errno: 0 }] };

/** Workers of a host that was killed. Those that live on are killed when the returned object is disposed. */
async function orphans(host: string): Promise<AsyncDisposable & { readonly pids: readonly number[] }> {
  await using program = startHost(host, { under: NO_DEATH_SIGNAL });
  expect(await program.next()).toMatchObject({ running: expect.any(Number) });
  const pids = descendantsOf(program.pid);
  program.child.kill('SIGKILL');
  await program.exited;
  return {
    pids,
    [Symbol.asyncDispose]: async () => {
      endAll(pids.filter(isRunning));
      await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), { timeout: 10_000 });
    },
  };
}

/** What a process holds open that could lead to another: sockets and pipes, by the kernel's own name. */
function channelsOf(pid: number | 'self'): readonly string[] {
  const targets = readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
    } catch {
      // Closed between the listing and the look, as the listing's own descriptor is.
      return [];
    }
  });
  return targets.filter((target) => /^(socket|pipe):/.test(target));
}

describe('IP-150 a worker that outlives its host', () => {
  it.each(['spin', 'forging'])('(%s) has no way to the host that is started next', async (host) => {
    await using old = await orphans(host);
    const alive = old.pids.filter(isRunning);
    expect(alive.length).toBeGreaterThan(0);
    const audit = createMemorySink();
    await using runtime = await createRuntime(underVariant({ spares: 1, maxWorkers: 2, audit }));
    await using skill = await runtime.load(skillOf({ id: 'IP-150', title: 'next call', run: 'return input.a;' }));
    for (let call = 1; call <= 5; call += 1) {
      const result = await skill.call('attack', { a: call }, { ...callOptions(), callId: `c${call}` });
      expect(result.structured).toBe(call);
    }
    expect(audit.events({ kind: 'protocol-violation' })).toEqual([]);
    expect(alive.filter(isRunning)).toEqual(alive);
    expect(runtime.stats().alive).toBeLessThanOrEqual(2);
    expect(childProcesses().filter((pid) => alive.includes(pid))).toEqual([]);
    const own = new Set(channelsOf('self'));
    for (const pid of alive) expect(channelsOf(pid).filter((channel) => own.has(channel))).toEqual([]);
  });

  it('ends by itself when it is idle: its host has hung up', async () => {
    await using old = await orphans('idle');
    expect(old.pids.length).toBeGreaterThan(0);
    await vi.waitFor(() => expect(old.pids.filter(isRunning)).toEqual([]), { timeout: 10_000 });
  });
});
