import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHost } from './host-program.ts';
import { createAuthority } from './servers/certificates.ts';
import { type RawServer, reply, startRawServer } from './servers/raw-server.ts';

let server: RawServer;
let proxy: RawServer;
let folder: string;
beforeAll(async () => {
  server = await startRawServer(() => reply('direct'));
  proxy = await startRawServer(() => reply('through the proxy'));
  folder = mkdtempSync(join(tmpdir(), 'carapace-environment-'));
  writeFileSync(join(folder, 'ca.pem'), (await createAuthority()).ca);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await proxy[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

/** Variables under which the tools of this world send requests elsewhere or trust what they should not. */
function temptations(): Readonly<Record<string, string>> {
  const names = [
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'ALL_PROXY',
    'http_proxy',
    'https_proxy',
    'all_proxy',
    'npm_config_proxy',
  ];
  return {
    ...Object.fromEntries(names.map((name) => [name, proxy.origin])),
    NODE_USE_ENV_PROXY: '1',
    NO_PROXY: '',
    no_proxy: '',
    SSL_CERT_FILE: join(folder, 'ca.pem'),
    NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
  };
}

describe('NU-224 proxies and certificates in the environment of the host', () => {
  it('move no request of a skill', async () => {
    await using program = startHost('fetching', { args: [server.origin], env: temptations() });
    const said = await program.next();
    expect(said).toMatchObject({ found: ['direct', expect.stringMatching(/^ERR_CARAPACE_NET_/)] });
    await program.exited;
    expect(proxy.connections).toBe(0);
    expect(server.requests).toHaveLength(1);
  }, 40_000);
});
