import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openGrant, openNetCall, textOf } from '../fixtures/net-call.ts';
import { type Answer, always, type RawServer, response, startRawServer } from '../fixtures/raw-server.ts';
import { createTestAuthority, startTlsServer } from '../fixtures/tls-server.ts';

/** A proxy that leads every tunnel to one port of this machine. */
const leadingTo =
  (port: number, reply = 'HTTP/1.1 200 Connection established\r\n\r\n'): Answer =>
  (socket, head) => {
    if (!head.startsWith('CONNECT ')) return;
    const onward = connect({ host: '127.0.0.1', port });
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
    socket.removeAllListeners('data');
    socket.write(reply);
    socket.pipe(onward).pipe(socket);
  };

const through = (proxy: RawServer, user = '') => ({ proxy: `http://${user}127.0.0.1:${proxy.port}` });
const publicDnsIsDown = { resolve: () => Promise.reject(new Error('not asked')) };

describe('a proxy of the operator', () => {
  it('carries TLS to the host, which is checked as ever, and says so in the record', async () => {
    const authority = await createTestAuthority();
    const identity = await authority.issue({ name: 'api.example.com' });
    await using server = await startTlsServer(identity, response('200 OK', [], 'over TLS'));
    await using proxy = await startRawServer(leadingTo(server.port));
    const network = { ...through(proxy, 'me:p%40ss@'), ca: authority.ca };
    await using call = await openNetCall({ network, powers: publicDnsIsDown });
    const answer = await call.fetch('https://api.example.com/');
    expect(textOf(answer)).toBe('over TLS');
    const record = `proxy http://127.0.0.1:${proxy.port}`;
    expect(answer).toMatchObject({ trail: { hosts: ['api.example.com'], containment: record } });
    const credentials = Buffer.from('me:p@ss').toString('base64');
    expect(proxy.received[0]).toBe(
      `CONNECT api.example.com:443 HTTP/1.1\r\nhost: api.example.com:443\r\nproxy-authorization: Basic ${credentials}\r\n\r\n`,
    );
    expect(server.seen).toMatchObject([{ servername: 'api.example.com' }]);
    expect(server.seen[0]?.text).not.toContain('proxy-authorization');
  });

  it('NU-227 cannot show a certificate of its own for the host', async () => {
    const authority = await createTestAuthority();
    const identity = await authority.issue({ name: 'proxy.example.com' });
    await using server = await startTlsServer(identity, response('200 OK', [], 'x'));
    await using proxy = await startRawServer(leadingTo(server.port));
    await using call = await openNetCall({ network: { ...through(proxy), ca: authority.ca }, powers: publicDnsIsDown });
    expect(await call.fetch('https://api.example.com/')).toMatchObject({ rule: 'tls-failed' });
  });

  it('carries plain HTTP as a tunnel too', async () => {
    await using server = await startRawServer(always(response('200 OK', [], 'plain')));
    await using proxy = await startRawServer(leadingTo(server.port));
    await using call = await openNetCall({ network: through(proxy), powers: publicDnsIsDown });
    expect(await call.text('http://api.example.com/x')).toBe('plain');
    expect(await call.text('http://api.example.com/y')).toBe('plain');
    expect(proxy.connections()).toBe(1);
    expect(server.received[0]).toMatch(/^GET \/x HTTP\/1\.1\r\nhost: api\.example\.com\r\n/);
  });

  it('gets nothing to do for a private host or a route', async () => {
    await using server = await startRawServer(always(response('200 OK', [], 'direct')));
    await using proxy = await startRawServer(() => undefined);
    const origin = `http://127.0.0.1:${server.port}`;
    const network = {
      ...through(proxy),
      privateHosts: [`127.0.0.1:${server.port}`],
      routes: { 'https://api.example.com': origin },
    };
    await using call = await openNetCall({ network });
    expect(await call.text(`${origin}/`)).toBe('direct');
    expect(await call.text('https://api.example.com/')).toBe('direct');
    expect(proxy.connections()).toBe(0);
  });

  it('grants nothing', async () => {
    await using proxy = await startRawServer(() => undefined);
    await using call = await openNetCall({ network: through(proxy), net: openGrant([443]) });
    expect(await call.fetch('https://evil.test/')).toMatchObject({ rule: 'host-not-declared' });
    expect(await call.fetch('http://169.254.169.254/')).toMatchObject({ rule: 'ip-literal' });
    expect(proxy.connections()).toBe(0);
  });

  it.each([
    ['says no', 'HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n'],
    ['wants a password', 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'],
    ['says something else', 'SOCKS\r\n\r\n'],
    ['answers for the server', 'HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nfake'],
    ['never comes to an end', `HTTP/1.1 200 OK\r\n${'x-a: b\r\n'.repeat(2_000)}`],
  ])('is not used when it %s', async (_what, reply) => {
    await using proxy = await startRawServer(always(reply));
    await using call = await openNetCall({ network: through(proxy) });
    const answer = await call.fetch('http://api.example.com/');
    expect(answer).toMatchObject({ code: 'ERR_CARAPACE_NET_CONNECT', rule: 'proxy-refused' });
    expect(proxy.received.join('')).not.toContain('GET ');
  });

  it('is not waited for when it says nothing, or hangs up', async () => {
    await using silent = await startRawServer(() => undefined);
    await using call = await openNetCall({ network: through(silent), limits: { connectTimeoutMs: 50 } });
    expect(await call.fetch('http://api.example.com/')).toMatchObject({ rule: 'connect-late' });
    await using rude = await startRawServer((socket) => socket.end());
    await using other = await openNetCall({ network: through(rude) });
    expect(await other.fetch('http://api.example.com/')).toMatchObject({ rule: 'proxy-refused' });
  });

  it('ends with the call', async () => {
    await using silent = await startRawServer(() => undefined);
    const call = await openNetCall({ network: through(silent) });
    const answer = call.fetch('http://api.example.com/');
    await expect.poll(silent.open).toBe(1);
    await call[Symbol.asyncDispose]();
    expect(await answer).toMatchObject({ rule: 'broker-closed' });
    await expect.poll(silent.open).toBe(0);
  });
});
