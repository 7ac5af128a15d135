import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { startRawServer } from './fixtures/raw-server.ts';
import { openNetPowers } from './net-powers.ts';

const real = openNetPowers({ ca: undefined });
const never = (): AbortSignal => new AbortController().signal;

describe('the real network', () => {
  it('NU-204 knows every address of this machine', async () => {
    const own = (await real).ownAddresses();
    const count = Object.values(networkInterfaces()).flatMap((list) => list ?? []).length;
    expect(own).toHaveLength(count);
    expect(own).toContain('127.0.0.1');
    for (const address of own) expect((await real).judge(address, own)).toMatchObject({ kind: 'special' });
  });

  it('resolves what the operator named by the system’s own rules', async () => {
    const addresses = await (await real).resolveLocal('localhost', never());
    expect(addresses.some((address) => address === '127.0.0.1' || address === '::1')).toBe(true);
  });

  it('connects to an address, and tells why it cannot', async () => {
    await using server = await startRawServer(() => undefined);
    const target = { address: '127.0.0.1', port: server.port, tls: false, servername: undefined };
    const socket = await (await real).connect(target, never());
    expect(socket.remoteAddress).toBe('127.0.0.1');
    socket.destroy();
    await server[Symbol.asyncDispose]();
    await expect((await real).connect(target, never())).rejects.toThrow('ECONNREFUSED');
  });

  it('gives up a handshake with the signal', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const abort = new AbortController();
    const target = { address: '127.0.0.1', port, tls: true, servername: 'api.example.com' };
    const socket = (await real).connect(target, abort.signal);
    abort.abort();
    await expect(socket).rejects.toThrow(expect.objectContaining({ code: 'UND_ERR_CONNECT_TIMEOUT' }));
    silent.close();
  });

  it('counts on a clock and a timer that can be stopped', async () => {
    const { now, every } = await real;
    const start = now();
    const ticks = await new Promise<number>((resolve) => {
      let count = 0;
      const stop = every(1, () => {
        count += 1;
        if (count < 3) return;
        stop();
        resolve(count);
      });
      setTimeout(stop, 5_000);
    });
    expect(ticks).toBe(3);
    expect(now()).toBeGreaterThan(start);
  });
});
