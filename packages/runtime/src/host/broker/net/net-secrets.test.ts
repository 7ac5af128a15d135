import { describe, expect, it } from 'vitest';
import { compileSecretGrants } from '../../../secrets/compile-secret-grants.ts';
import { openVault } from '../../../secrets/open-vault.ts';
import { openSecretStore } from '../../../secrets/secret-store.ts';
import type { SecretVault } from '../../../secrets/secret-vault.ts';
import { type FetchOptions, headOf, type NetCall, openGrant, openNetCall, textOf } from './fixtures/net-call.ts';
import { type Answer, type RawServer, response, startRawServer } from './fixtures/raw-server.ts';

const CANARY = 'cnry-7f3b1c9a5d8e2460';
const HOST = 'api.example.com';

async function openCanaryVault(): Promise<SecretVault> {
  const store = await openSecretStore({
    sources: [
      { kind: 'test', names: () => Promise.resolve(['API_KEY']), read: () => Promise.resolve({ value: CANARY }) },
    ],
  });
  const grants = compileSecretGrants([
    {
      name: 'API_KEY',
      description: '',
      host: HOST,
      port: 443,
      path: '/v1/**',
      in: { kind: 'header', header: 'authorization', prefix: 'Bearer ' },
    },
  ]);
  return openVault({ store, grants });
}

interface Trial {
  readonly call: NetCall;
  readonly vault: SecretVault;
  readonly bearer: FetchOptions;
  readonly received: () => string;
}

/** A call whose requests to `api.example.com` and `other.example.com` both end at one plain server. */
async function trial(answer: Answer, run: (trial: Trial) => Promise<void>): Promise<void> {
  const vault = await openCanaryVault();
  await using server: RawServer = await startRawServer(answer);
  const target = `http://127.0.0.1:${server.port}`;
  await using call = await openNetCall({
    net: [...openGrant([443]), ...openGrant([443], 'other.example.com')],
    network: { routes: { [`https://${HOST}`]: target, 'https://other.example.com': target } },
    vault,
  });
  const bearer: FetchOptions = { headers: [['authorization', `Bearer ${vault.placeholders['API_KEY']}`]] };
  await run({ call, vault, bearer, received: () => server.received.join('\n') });
}

const echo: Answer = (socket, head) =>
  void socket.write(response('200 OK', [`x-echo: ${/^authorization: (.*)$/m.exec(head)?.[1] ?? ''}`], head));

describe('secrets on their way', () => {
  it('SE-261 puts the secret in at the last step and takes it out of what comes back', async () => {
    await trial(echo, async ({ call, bearer, received }) => {
      const answer = await call.fetch(`https://${HOST}/v1/me`, bearer);
      expect(received()).toContain(`authorization: Bearer ${CANARY}\r\n`);
      expect(JSON.stringify(answer)).not.toContain(CANARY);
      expect(textOf(answer)).toContain('Bearer [redacted:API_KEY]');
      expect(headOf(answer).headers).toContainEqual(['x-echo', 'Bearer [redacted:API_KEY]']);
    });
  });

  it('SE-264 finds the secret in a long body, across the borders of pieces', async () => {
    const body = `${'a'.repeat(70_000)}${CANARY}${'b'.repeat(70_000)}`;
    const slow: Answer = (socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body.slice(0, 70_005)}`);
      setTimeout(() => socket.write(body.slice(70_005)), 40);
    };
    await trial(slow, async ({ call, bearer }) => {
      const text = await call.text(`https://${HOST}/v1/me`, bearer);
      expect(text).toBe(body.replace(CANARY, '[redacted:API_KEY]'));
    });
  });

  it('SE-260 sends it nowhere after a redirect to another origin, and not on the way back', async () => {
    const wander: Answer = (socket, head) => {
      const [, path = ''] = head.split(' ');
      const next = { '/v1/a': 'https://other.example.com/b', '/b': `https://${HOST}/v1/c` }[path];
      socket.write(next === undefined ? response('200 OK', [], 'end') : response('302 Found', [`location: ${next}`]));
    };
    await trial(wander, async ({ call, bearer, received }) => {
      expect(await call.text(`https://${HOST}/v1/a`, bearer)).toBe('end');
      const heads = received().split(/(?=GET )/);
      expect(heads).toHaveLength(3);
      expect(heads[0]).toContain(CANARY);
      expect(heads.slice(1).join('')).not.toMatch(/authorization|cnry|cps_/);
    });
  });

  it('SE-259 sends nothing where the secret is not bound', async () => {
    await trial(echo, async ({ call, bearer, received }) => {
      for (const url of [`https://${HOST}/v2/me`, 'https://other.example.com/v1/me']) {
        expect(await call.fetch(url, bearer)).toMatchObject({
          kind: 'refused',
          rule: expect.stringMatching(/^secret-/),
        });
      }
      expect(received()).toBe('');
    });
  });

  it('SE-262 refuses a credential that the skill brings itself', async () => {
    await trial(echo, async ({ call, received }) => {
      for (const name of ['authorization', 'x-api-key']) {
        const answer = await call.fetch(`https://${HOST}/v1/me`, { headers: [[name, 'my-own']] });
        expect(answer).toMatchObject({ rule: 'own-credential-header' });
      }
      expect(received()).toBe('');
    });
  });

  it('SE-263 lets no value out that the host holds: in the URL, a header, a body or a stream', async () => {
    await trial(echo, async ({ call, received }) => {
      const url = `https://${HOST}/v1/me`;
      expect(await call.fetch(`${url}?q=${CANARY}`)).toMatchObject({ rule: 'secret-leak' });
      expect(await call.fetch(url, { headers: [['x-a', CANARY]] })).toMatchObject({ rule: 'secret-leak' });
      expect(await call.fetch(url, { verb: 'POST', body: `a${CANARY}` })).toMatchObject({ rule: 'secret-leak' });
      const { exchange, answer } = call.fetchStream(url);
      const send = (text: string) =>
        call.ask({ family: 'net', method: 'send', exchange, last: false }, Buffer.from(text));
      await send(CANARY.slice(0, 9));
      expect(await send(CANARY.slice(9))).toMatchObject({ rule: 'secret-leak' });
      expect(await answer).toMatchObject({ rule: 'secret-leak' });
      expect(received()).not.toContain(CANARY.slice(9));
    });
  });

  it('SE-270 shows the decider a placeholder', async () => {
    const vault = await openCanaryVault();
    const seen: string[] = [];
    await using server = await startRawServer(echo);
    await using call = await openNetCall({
      network: {
        routes: { [`https://${HOST}`]: `http://127.0.0.1:${server.port}` },
        onRequest: (request) => {
          seen.push(JSON.stringify(request));
          return Promise.resolve('allow');
        },
      },
      vault,
    });
    await call.fetch(`https://${HOST}/v1/me`, {
      headers: [['authorization', `Bearer ${vault.placeholders['API_KEY']}`]],
    });
    expect(server.received.join('')).toContain(CANARY);
    expect(seen.join('')).not.toContain(CANARY);
  });

  it('does not send a request whose target a vault has changed', async () => {
    const vault: SecretVault = {
      ...(await openCanaryVault()),
      apply: (request) =>
        Promise.resolve({ kind: 'applied', url: new URL('https://evil.test/'), headers: request.headers, used: [] }),
    };
    await using call = await openNetCall({ vault });
    await expect(call.fetch(`https://${HOST}/v1/me`)).rejects.toThrow('putting secrets in has changed its target');
  });
});
