import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EffectAnswer } from '../../effect.ts';
import { openGrant, openNetCall, textOf } from '../fixtures/net-call.ts';
import { response } from '../fixtures/raw-server.ts';
import {
  type CertificateOptions,
  createTestAuthority,
  startTlsServer,
  type TestAuthority,
  type TlsServer,
  type TlsServerOptions,
} from '../fixtures/tls-server.ts';

const HOST = 'api.example.com';
let authority: TestAuthority;

beforeAll(async () => {
  authority = await createTestAuthority();
});

async function attempt(
  certificate: Partial<CertificateOptions>,
  options: TlsServerOptions = {},
  trust: readonly string[] = [authority.ca],
): Promise<{ readonly answer: EffectAnswer; readonly seen: TlsServer['seen'] }> {
  const identity = await authority.issue({ name: HOST, ...certificate });
  await using server = await startTlsServer(identity, response('200 OK', [], 'over TLS'), options);
  await using call = await openNetCall({
    net: openGrant([server.port]),
    network: trust.length === 0 ? {} : { ca: trust },
  });
  const answer = await call.fetch(`https://${HOST}:${server.port}/`);
  return { answer, seen: server.seen };
}

describe('TLS', () => {
  it('speaks HTTP/1.1 to a server with a good certificate, under its name', async () => {
    const { answer, seen } = await attempt({});
    expect(textOf(answer)).toBe('over TLS');
    expect(seen).toMatchObject([{ servername: HOST, alpn: 'http/1.1' }]);
    expect(answer).toMatchObject({ trail: { containment: '127.0.0.1' } });
  });

  it.each([
    ['expired', { from: -10, to: -1 }],
    ['not valid yet', { from: 1, to: 10 }],
    ['self-signed', { selfSigned: true }],
    ['made out to another name', { name: 'other.example.com' }],
    ['made out to the parent of the name', { name: 'example.com' }],
    ['made out to a wildcard too far up', { name: '*.com' }],
  ])('NU-227 refuses a certificate that is %s, before anything is sent', async (_name, certificate) => {
    const { answer, seen } = await attempt(certificate);
    expect(answer).toMatchObject({ code: 'ERR_CARAPACE_NET_TLS', rule: 'tls-failed' });
    expect(seen.map(({ text }) => text).join('')).toBe('');
  });

  it('NU-227 refuses an authority that nobody named', async () => {
    const { answer } = await attempt({}, {}, []);
    expect(answer).toMatchObject({ rule: 'tls-failed' });
  });

  it.each(['TLSv1', 'TLSv1.1'] as const)('NU-227 refuses %s', async (version) => {
    const { answer, seen } = await attempt({}, { minVersion: version, maxVersion: version });
    expect(answer).toMatchObject({ rule: 'tls-failed' });
    expect(seen).toEqual([]);
  });

  it('takes TLS 1.2', async () => {
    const { answer } = await attempt({}, { maxVersion: 'TLSv1.2' });
    expect(textOf(answer)).toBe('over TLS');
  });

  it('NU-227 has no certificate of its own to show', async () => {
    const { answer } = await attempt({}, { requestCert: true });
    expect(answer).toMatchObject({ kind: 'refused', code: expect.stringMatching(/NET_(?:TLS|CLOSED)$/) });
  });
});

describe('the environment', () => {
  /** A process of its own, since Node reads most of these once, when it starts. */
  const PROGRAM = `import { openNetCall, openGrant } from '${new URL('../fixtures/net-call.ts', import.meta.url).href}';
const [port] = process.argv.slice(1).map(Number);
await using call = await openNetCall({ net: openGrant([port]) });
const answer = await call.fetch('https://${HOST}:' + port + '/');
process.stdout.write(answer.kind === 'refused' ? answer.rule : 'reached');`;

  it('NU-224 changes nothing: no proxy, no extra authority, no switch that turns verification off', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'carapace-net-'));
    try {
      const file = join(folder, 'ca.pem');
      await writeFile(file, authority.ca);
      await using server = await startTlsServer(await authority.issue({ name: HOST }), response('200 OK', [], 'x'));
      const proxy = 'http://127.0.0.1:1';
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['--conditions=carapace-source', '--input-type=module', '-e', PROGRAM, String(server.port)],
        {
          env: {
            PATH: process.env['PATH'],
            HTTP_PROXY: proxy,
            HTTPS_PROXY: proxy,
            ALL_PROXY: proxy,
            NODE_USE_ENV_PROXY: '1',
            NODE_TLS_REJECT_UNAUTHORIZED: '0',
            NODE_EXTRA_CA_CERTS: file,
            SSL_CERT_FILE: file,
            NODE_NO_WARNINGS: '1',
          },
        },
      );
      // Through the proxy it would be connect-failed; with the file or the switch, reached.
      expect(stdout).toBe('tls-failed');
      expect(server.seen).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
