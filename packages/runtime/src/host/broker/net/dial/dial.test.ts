import { connect, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { EffectAnswer } from '../../effect.ts';
import { judgeAddress } from '../address/judge-address.ts';
import type { NetCallOptions } from '../fixtures/net-call.ts';
import { headOf, LOOPBACK_IS_PUBLIC, openGrant, openNetCall } from '../fixtures/net-call.ts';
import { always, response, startRawServer } from '../fixtures/raw-server.ts';
import { DEFAULT_NET_LIMITS } from '../net-limits.ts';
import type { ConnectTarget } from '../net-powers.ts';

const REAL = { judge: judgeAddress };

async function fetchWith(
  powers: NetCallOptions['powers'],
  options: NetCallOptions = {},
  path = '',
): Promise<EffectAnswer> {
  await using server = await startRawServer(always(response('200 OK', [], 'reached')));
  await using call = await openNetCall({ net: openGrant([server.port]), ...options, powers: { ...powers } });
  const answer = await call.fetch(`http://api.example.com:${server.port}/${path}`);
  if (answer.kind === 'refused') expect(server.connections()).toBe(0);
  return answer;
}

describe('where a name leads', () => {
  it.each([
    '127.0.0.1',
    '10.0.0.1',
    '169.254.169.254',
    '100.100.100.200',
    '168.63.129.16',
    '192.0.0.192',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    '192.0.2.1',
    '198.18.0.1',
    '100.64.0.1',
    '240.0.0.1',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2001::1',
    'fd00:ec2::254',
    'fd20:ce::254',
    'fe80::1',
    'fec0::1',
    'fc00::1',
    'ff02::1',
    'fe80::1%lo',
    'nonsense',
    '',
  ])('NU-202 NU-203 NU-210 refuses %j as the answer of the DNS', async (address) => {
    const answer = await fetchWith({ ...REAL, resolve: () => Promise.resolve([address]) });
    expect(answer).toMatchObject({ code: 'ERR_CARAPACE_PERMISSION_NET_ADDRESS', rule: 'address-special' });
  });

  it('NU-208 refuses an answer in which one address of many is not public', async () => {
    const addresses = ['8.8.8.8', '1.1.1.1', '10.0.0.1'];
    const answer = await fetchWith({ ...REAL, resolve: () => Promise.resolve(addresses) });
    expect(answer).toMatchObject({ rule: 'address-special', remedy: expect.stringContaining('network.privateHosts') });
  });

  it('NU-204 refuses the machine’s own addresses, public ones too', async () => {
    const answer = await fetchWith({
      ...REAL,
      resolve: () => Promise.resolve(['8.8.8.8']),
      ownAddresses: () => ['8.8.8.8'],
    });
    expect(answer).toMatchObject({ rule: 'address-special' });
  });

  it('NU-206 dials the address that was judged: the name is not looked up again', async () => {
    let lookups = 0;
    const answer = await fetchWith({
      ...LOOPBACK_IS_PUBLIC,
      resolve: () => Promise.resolve([lookups++ === 0 ? '127.0.0.1' : '10.0.0.1']),
    });
    expect(answer).toMatchObject({ kind: 'done', trail: { containment: '127.0.0.1' } });
    expect(lookups).toBe(1);
  });

  it('NU-207 judges each new connection anew', async () => {
    await using server = await startRawServer(
      (socket) => void socket.end(response('200 OK', ['connection: close'], 'x')),
    );
    let lookups = 0;
    const resolve = (): Promise<readonly string[]> => Promise.resolve([lookups++ === 0 ? '127.0.0.1' : '127.0.0.2']);
    await using call = await openNetCall({ net: openGrant([server.port]), powers: { ...LOOPBACK_IS_PUBLIC, resolve } });
    const url = `http://api.example.com:${server.port}/`;
    expect(headOf(await call.fetch(url)).status).toBe(200);
    expect(await call.fetch(url)).toMatchObject({ rule: 'address-special' });
    expect(server.connections()).toBe(1);
  });

  it('refuses a connection that ended up elsewhere than it was sent to', async () => {
    await using elsewhere = await startRawServer(always(response('200 OK', [], 'wrong')));
    const astray = async ({ port }: ConnectTarget): Promise<Socket> => {
      const socket = connect({ host: '127.0.0.1', port });
      await new Promise((resolve) => socket.once('connect', resolve));
      return socket;
    };
    await using call = await openNetCall({
      net: openGrant([elsewhere.port]),
      powers: { resolve: () => Promise.resolve(['8.8.8.8']), connect: astray },
    });
    const answer = await call.fetch(`http://api.example.com:${elsewhere.port}/`);
    expect(answer).toMatchObject({ code: 'ERR_CARAPACE_PERMISSION_NET_ADDRESS', rule: 'address-changed' });
    expect(elsewhere.received.join('')).toBe('');
  });

  it.each([
    ['fails', () => Promise.reject(new Error('ENOTFOUND')), 'resolve-failed'],
    ['is empty', () => Promise.resolve([]), 'resolve-empty'],
    ['has 500 addresses', () => Promise.resolve(Array.from({ length: 500 }, () => '8.8.8.8')), 'resolve-count'],
  ])('NU-209 refuses an answer that %s', async (_name, resolve, rule) => {
    expect(await fetchWith({ resolve })).toMatchObject({ code: 'ERR_CARAPACE_NET_RESOLVE', rule });
  });

  it('NU-209 does not wait for a name server for ever', async () => {
    let told: AbortSignal | undefined;
    const resolve = (_host: string, signal: AbortSignal): Promise<readonly string[]> => {
      told = signal;
      return new Promise(() => undefined);
    };
    const answer = await fetchWith({ resolve }, { limits: { resolveTimeoutMs: 20 } });
    expect(answer).toMatchObject({ rule: 'resolve-late' });
    expect(told?.aborted).toBe(true);
  });

  it('tries the next judged address where nobody answers, and tells when none does', async () => {
    const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    const dialled: string[] = [];
    await using server = await startRawServer(always(response('200 OK', [], 'reached')));
    const dialOnly =
      (good: string) =>
      async ({ address, port }: ConnectTarget): Promise<Socket> => {
        dialled.push(address);
        if (address !== good) throw refused;
        const socket = connect({ host: address, port });
        await new Promise((resolve) => socket.once('connect', resolve));
        return socket;
      };
    const options = (good: string): NetCallOptions => ({
      net: openGrant([server.port]),
      powers: {
        resolve: () => Promise.resolve(['8.8.8.8', '127.0.0.1', '1.1.1.1', '9.9.9.9']),
        connect: dialOnly(good),
      },
    });
    await using call = await openNetCall(options('127.0.0.1'));
    expect(await call.fetch(`http://api.example.com:${server.port}/`)).toMatchObject({
      trail: { containment: '127.0.0.1' },
    });
    expect(dialled.splice(0)).toEqual(['8.8.8.8', '127.0.0.1']);
    await using none = await openNetCall(options('nobody'));
    expect(await none.fetch(`http://api.example.com:${server.port}/`)).toMatchObject({ rule: 'connect-failed' });
    expect(dialled).toHaveLength(3);
  });

  it('gives up a connection that takes too long', async () => {
    const connectNever = (_target: ConnectTarget, signal: AbortSignal): Promise<Socket> =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () =>
          reject(Object.assign(new Error('late'), { code: 'UND_ERR_CONNECT_TIMEOUT' })),
        );
      });
    const answer = await fetchWith({ connect: connectNever }, { limits: { connectTimeoutMs: 20 } });
    expect(answer).toMatchObject({ code: 'ERR_CARAPACE_NET_TIMEOUT', rule: 'connect-late' });
  });

  it('refuses a port on which nobody listens', async () => {
    const gone = await startRawServer(() => undefined);
    await gone[Symbol.asyncDispose]();
    await using call = await openNetCall({ net: openGrant([gone.port]) });
    expect(await call.fetch(`http://api.example.com:${gone.port}/`)).toMatchObject({ rule: 'connect-failed' });
  });
});

describe('private hosts', () => {
  it('leads to an own network when the operator opened exactly that host and port', async () => {
    await using server = await startRawServer(always(response('200 OK', [], 'reached')));
    const target = `api.example.com:${server.port}`;
    const powers = {
      ...REAL,
      resolveLocal: () => Promise.resolve(['127.0.0.1']),
      resolve: () => Promise.reject(new Error('public DNS')),
    };
    await using call = await openNetCall({
      net: openGrant([server.port]),
      network: { privateHosts: [target] },
      powers,
    });
    expect(await call.fetch(`http://${target}/`)).toMatchObject({ kind: 'done', trail: { containment: '127.0.0.1' } });
  });

  it.each(['169.254.169.254', '0.0.0.0', 'fe80::1', 'fd00:ec2::254', '::ffff:127.0.0.1'])(
    'NU-202 lets no name lead to %s, opened or not',
    async (address) => {
      const powers = { ...REAL, resolveLocal: () => Promise.resolve([address]) };
      const network = { privateHosts: ['api.example.com:8080'] };
      await using call = await openNetCall({ net: openGrant([8080]), network, powers });
      const answer = await call.fetch('http://api.example.com:8080/');
      expect(answer).toMatchObject({ rule: 'address-special' });
      expect(answer).not.toHaveProperty('remedy');
    },
  );

  it('leads to a literal address and to localhost', async () => {
    await using server = await startRawServer(always(response('200 OK', [], 'reached')));
    const network = { privateHosts: [`127.0.0.1:${server.port}`, `localhost:${server.port}`] };
    await using call = await openNetCall({
      network,
      powers: { ...REAL, resolveLocal: () => Promise.resolve(['127.0.0.1']) },
    });
    expect(await call.text(`http://127.0.0.1:${server.port}/`)).toBe('reached');
    expect(await call.text(`http://localhost:${server.port}/`)).toBe('reached');
  });
});

describe('routes', () => {
  it('sends a declared https origin elsewhere, and says so', async () => {
    await using server = await startRawServer(always(response('200 OK', [], 'reached')));
    const origin = `http://127.0.0.1:${server.port}`;
    await using call = await openNetCall({
      network: { routes: { 'https://api.example.com': origin } },
      powers: { ...REAL },
    });
    const answer = await call.fetch('https://api.example.com/a?b=c');
    expect(answer).toMatchObject({
      value: { url: 'https://api.example.com/a?b=c' },
      trail: { hosts: ['api.example.com'], containment: `route to ${origin}` },
    });
    expect(server.received[0]).toMatch(/^GET \/a\?b=c HTTP\/1\.1\r\nhost: api\.example\.com\r\n/);
  });

  it('grants nothing by itself', async () => {
    await using server = await startRawServer(always(response('200 OK', [], 'reached')));
    const routes = { 'https://other.example.com': `http://127.0.0.1:${server.port}` };
    await using call = await openNetCall({ network: { routes } });
    expect(await call.fetch('https://other.example.com/')).toMatchObject({ rule: 'host-not-declared' });
    expect(server.connections()).toBe(0);
  });
});

describe('the limits', () => {
  it('are those that the documents name', () => {
    expect(DEFAULT_NET_LIMITS).toMatchObject({
      resolveTimeoutMs: 5_000,
      maxAddresses: 64,
      maxRedirects: 5,
      maxHosts: 8,
      maxExchanges: 8,
    });
  });
});
