import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '../../protocol/messages.ts';
import { BEARER, GRANTS, HOST, send, vaultWith } from '../fixtures/test-vault.ts';

describe('credentials of the skill', () => {
  const OWN = [
    'authorization',
    'Authorization',
    'proxy-authorization',
    'cookie',
    'x-api-key',
    'X-Api-Key',
    'x-apikey',
    'api-key',
    'apikey',
    'x-auth-token',
    'x-access-token',
    'private-token',
    'x-amz-security-token',
    'ocp-apim-subscription-key',
    'x-goog-api-key',
    'x-token',
    'x-secret',
    'x_api_key',
    'x-session-id',
  ];

  it.each(OWN)('in %s are refused on a host with a binding, and on no other', async (name) => {
    const vault = await vaultWith();
    expect(await send(vault, { headers: [[name, 'mine']] })).toMatchObject({
      code: 'ERR_CARAPACE_PERMISSION_SECRET_CREDENTIAL',
      rule: 'own-credential-header',
    });
    expect(await send(vault, { url: 'https://free.example.com/', headers: [[name, 'mine']] })).toMatchObject({
      kind: 'applied',
    });
  });

  it('are refused next to the right one too, on every port and path of the host', async () => {
    const vault = await vaultWith();
    const own: HeaderPair = ['x-api-key', 'mine'];
    expect(await send(vault, { headers: [BEARER, own] })).toMatchObject({ rule: 'own-credential-header' });
    for (const url of [`https://${HOST}:9999/`, '/v2/other', `http://${HOST}/`])
      expect(await send(vault, { url, headers: [own] })).toMatchObject({ rule: 'own-credential-header' });
  });

  it('are refused in the parameter that is bound', async () => {
    const vault = await vaultWith();
    for (const url of [
      '/v1/x?access_token=mine',
      '/v1/x?X-Amz-Signature=mine',
      '/v1/x?api_key=mine',
      '/v1/x?key=mine',
      '/v1/x?key={KEY}&key=mine',
      '/v1/x?key=mine&key={KEY}',
    ])
      expect(await send(vault, { url })).toMatchObject({ rule: 'own-credential-query' });
    expect(await send(vault, { url: 'https://free.example.com/?key=mine' })).toMatchObject({ kind: 'applied' });
  });

  it('are refused as a signature of its own', async () => {
    const vault = await vaultWith();
    expect(await send(vault, { headers: [['x-sig', 'mine']] })).toMatchObject({ rule: 'own-credential-header' });
    expect(await send(vault, { headers: [['x-other-signature', 'mine']] })).toMatchObject({ kind: 'refused' });
  });

  it('are refused from a tool that does not hold the secret itself', async () => {
    const vault = await vaultWith({ grants: [], bindings: GRANTS });
    expect(vault.placeholders).toEqual({});
    expect(await send(vault, { headers: [['authorization', 'Bearer mine']] })).toMatchObject({
      rule: 'own-credential-header',
    });
  });

  it.each([
    'accept',
    'content-type',
    'if-none-match',
    'idempotency-key',
    'x-github-api-version',
    'x-request-id',
    'user-agent',
  ])('are not what %s holds', async (name) => {
    expect(await send(await vaultWith(), { headers: [[name, 'x']] })).toMatchObject({ kind: 'applied' });
  });
});
