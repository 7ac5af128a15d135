import { describe, expect, it } from 'vitest';
import { createDnsResolver } from './dns-powers.ts';
import { type DnsReply, startDnsServer } from './fixtures/dns-server.ts';
import { openGrant, openNetCall } from './fixtures/net-call.ts';

const V4 = { type: 'A', bytes: [8, 8, 8, 8] } as const;
const V6 = { type: 'AAAA', bytes: [0x26, 0x06, 0x47, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1] } as const;
const LOOPBACK = { type: 'A', bytes: [127, 0, 0, 1] } as const;

async function ask(four: DnsReply, six: DnsReply, signal = new AbortController().signal): Promise<readonly string[]> {
  await using server = await startDnsServer((_name, type) => (type === 'A' ? four : six));
  return await createDnsResolver([server.address])('api.example.com', signal);
}

describe('the name server’s answer', () => {
  it('holds the addresses of both families, IPv4 first', async () => {
    expect(await ask([V4], [V6])).toEqual(['8.8.8.8', '2606:4700::1']);
    expect(await ask([V4], { rcode: 2 })).toEqual(['8.8.8.8']);
    expect(await ask([], [V6])).toEqual(['2606:4700::1']);
  });

  it.each([3, 2, 5])('NU-209 is none with the error %d', async (rcode) => {
    await expect(ask({ rcode }, { rcode })).rejects.toThrow();
  });

  it('NU-209 is none when it is empty', async () => {
    await expect(ask([], [])).rejects.toThrow('ENODATA');
  });

  it('NU-209 is not waited for longer than the signal says', async () => {
    const abort = new AbortController();
    const answer = ask('silence', 'silence', abort.signal);
    setTimeout(() => abort.abort(), 20);
    await expect(answer).rejects.toThrow('ECANCELLED');
  });

  it('NU-210 is not the hosts file’s: localhost is asked for like any other name', async () => {
    await using server = await startDnsServer(() => ({ rcode: 3 }));
    await expect(createDnsResolver([server.address])('localhost', new AbortController().signal)).rejects.toThrow(
      'ENOTFOUND',
    );
    expect(server.asked).toContain('A localhost');
  });
});

describe('a chain of names', () => {
  it('NU-208 is judged by where it ends', async () => {
    const chain: DnsReply = [{ type: 'CNAME', to: 'cdn.example.net' }, { type: 'CNAME', to: 'db.internal' }, LOOPBACK];
    await using server = await startDnsServer((_name, type) => (type === 'A' ? chain : []));
    const resolve = createDnsResolver([server.address]);
    expect(await resolve('api.example.com', new AbortController().signal)).toEqual(['127.0.0.1']);
    await using call = await openNetCall({
      net: openGrant([80]),
      powers: { resolve, judge: (address) => ({ kind: 'special', name: address, ownNetwork: true }) },
    });
    const answer = await call.fetch('http://api.example.com/');
    expect(answer).toMatchObject({ rule: 'address-special', remedy: expect.stringContaining('127.0.0.1') });
  });
});
