import { createServer, type TlsOptions } from 'node:tls';
import { createTestRuntime } from '@carapace/runtime/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NET_PRELUDE } from './net-case.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';
import { type Authority, createAuthority } from './servers/certificates.ts';
import { reply, startRawServer } from './servers/raw-server.ts';

const NAME = 'tls.example.com';

let authority: Authority;
let stranger: Authority;
let sandbox: Sandbox;
beforeAll(async () => {
  [authority, stranger] = await Promise.all([createAuthority(), createAuthority()]);
  sandbox = await openSandbox(
    { spares: 2, network: { ca: authority.ca } },
    {
      create: (options) =>
        createTestRuntime(options, {
          resolve: () => Promise.resolve(['127.0.0.1']),
          judge: () => ({ kind: 'public' }),
        }),
      addition: { run: 'return { sum: input.a + input.b };' },
    },
  );
});
afterAll(async () => {
  await sandbox.expectUnharmed();
  await sandbox[Symbol.asyncDispose]();
});

/** What a skill gets from a server with these settings, and what the server has seen. */
async function fetchFrom(
  options: TlsOptions,
  init = '',
): Promise<{ readonly outcome: unknown; readonly requests: number }> {
  await using server = await startRawServer(() => reply('trusted'), { server: createServer(options) });
  const module = `${NET_PRELUDE}export default { tools: { attack: { async run() { return await get('https://${NAME}:${server.port}/', ${init || 'undefined'}); } } } };`;
  const net = [{ host: NAME, ports: [server.port], methods: ['GET'], reason: 'Bait' }];
  const result = await sandbox.run({ id: 'NU-227', title: 'tls', module, permissions: { net } });
  expect(result.code).toBe(undefined);
  return { outcome: result.structured, requests: server.requests.length };
}

const REFUSED = { outcome: 'NET_TLS', requests: 0 };

describe('NU-227 a server that proves itself', () => {
  it('with a certificate for its name by a trusted authority is asked', async () => {
    expect(await fetchFrom(await authority.issue(NAME))).toEqual({ outcome: '200 trusted', requests: 1 });
  });

  it('with one that has run out, is not', async () => {
    expect(await fetchFrom(await authority.issue(NAME, { from: -2, to: -1 }))).toEqual(REFUSED);
  });

  it('with one that is not valid yet, is not', async () => {
    expect(await fetchFrom(await authority.issue(NAME, { from: 1, to: 2 }))).toEqual(REFUSED);
  });

  it.each(['other.example.com', '*.tls.example.com', 'example.com', 'tls.example.com.evil.test'])(
    'with one for %s, is not',
    async (name) => {
      expect(await fetchFrom(await authority.issue(name))).toEqual(REFUSED);
    },
  );

  it('with one of an authority that nobody knows, is not', async () => {
    expect(await fetchFrom(await stranger.issue(NAME))).toEqual(REFUSED);
  });

  it('by TLS 1.0 or 1.1 only, is not', async () => {
    const identity = await authority.issue(NAME);
    const old = { ...identity, minVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' } as const;
    expect(await fetchFrom({ ...old, maxVersion: 'TLSv1' })).toEqual(REFUSED);
    expect(await fetchFrom({ ...old, maxVersion: 'TLSv1.1' })).toEqual(REFUSED);
  });

  it('and wants a certificate of ours, gets none', async () => {
    const identity = await authority.issue(NAME);
    const { outcome, requests } = await fetchFrom({
      ...identity,
      requestCert: true,
      rejectUnauthorized: true,
      ca: [authority.ca],
    });
    expect(['NET_TLS', 'NET_CLOSED', 'NET_PROTOCOL', 'NET_CONNECT']).toContain(outcome);
    expect(requests).toBe(0);
  });

  it('is called by the name that was granted', async () => {
    const names: string[] = [];
    const identity = await authority.issue(NAME);
    const SNICallback: TlsOptions['SNICallback'] = (name, done) => {
      names.push(name);
      done(null);
    };
    expect((await fetchFrom({ ...identity, SNICallback })).outcome).toBe('200 trusted');
    expect(names).toEqual([NAME]);
  });

  it('speaks no HTTP/2 with us, whatever it offers', async () => {
    const identity = await authority.issue(NAME);
    expect((await fetchFrom({ ...identity, ALPNProtocols: ['h2', 'http/1.1'] })).outcome).toBe('200 trusted');
    expect((await fetchFrom({ ...identity, ALPNProtocols: ['h2'] })).outcome).not.toBe('200 trusted');
  });

  it('badly, is not asked whatever the skill says about it', async () => {
    const wrong = await stranger.issue(NAME);
    const init =
      "{ rejectUnauthorized: false, tls: { rejectUnauthorized: false }, agent: {}, dispatcher: {}, insecure: true, ca: '', checkServerIdentity: () => undefined }";
    expect(await fetchFrom(wrong, init)).toEqual(REFUSED);
  });
});
