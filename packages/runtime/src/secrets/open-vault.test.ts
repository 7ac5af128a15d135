import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { HeaderPair } from '../protocol/messages.ts';
import { fakeSource, storeOf } from './fixtures/fake-source.ts';
import { BEARER, GRANTS, HOST, header, type Sent, send, VALUES, vaultWith } from './fixtures/test-vault.ts';
import { openVault } from './open-vault.ts';
import { openSecretStore } from './secret-store.ts';
import type { Signer } from './signers/signer.ts';

describe('placeholders', () => {
  it('are new with every vault, 130 random bits, and plain wherever they stand', async () => {
    const vaults = await Promise.all(Array.from({ length: 50 }, () => vaultWith()));
    const all = vaults.flatMap(({ placeholders }) => Object.values(placeholders));
    expect(new Set(all).size).toBe(50 * 6);
    for (const text of all) expect(text).toMatch(/^cps_[a-z2-7]{26}$/);
    const [vault] = vaults;
    expect(Object.getPrototypeOf(vault?.placeholders)).toBeNull();
    expect(Object.isFrozen(vault?.placeholders)).toBe(true);
    expect(Object.keys(vault?.placeholders ?? {})).toEqual(['AWS', 'CUSTOM', 'HOOK', 'KEY', 'LOGIN', 'TOKEN']);
  });
});

describe('a secret in its place', () => {
  it('goes into the header behind its prefix', async () => {
    const answer = await send(await vaultWith(), { headers: [['accept', '*/*'], BEARER] });
    expect(answer).toMatchObject({
      kind: 'applied',
      headers: [
        ['accept', '*/*'],
        ['Authorization', `Bearer ${VALUES.TOKEN}`],
      ],
      used: ['TOKEN'],
    });
  });

  it('goes into the query parameter, and every other byte of the URL stays', async () => {
    const answer = await send(await vaultWith(), { url: '/v1/x?a=1+2%20%7e&key={KEY}&b=ü#f' });
    expect(answer.kind === 'applied' && answer.url.href).toBe(
      `https://${HOST}/v1/x?a=1+2%20%7e&key=query%20value%20%26%3D%2B%2F0123456789&b=%C3%BC#f`,
    );
    expect(answer.kind === 'applied' && answer.url.searchParams.get('key')).toBe(VALUES.KEY);
  });

  it('goes into basic authentication as the password of the declared user', async () => {
    const vault = await vaultWith();
    const basic = (user: string): Sent => ({
      url: 'https://basic.example.com/',
      headers: [['authorization', `Basic ${Buffer.from(`${user}:${vault.placeholders['LOGIN']}`).toString('base64')}`]],
    });
    const value = header(await send(vault, basic('me')), 'authorization');
    expect(Buffer.from(value?.replace('Basic ', '') ?? '', 'base64').toString()).toBe(`me:${VALUES.LOGIN}`);
    expect(await send(vault, basic('you'))).toMatchObject({ rule: 'secret-in-basic' });
  });

  it('signs the request as it will be sent', async () => {
    const vault = await vaultWith();
    const answer = await send(vault, {
      url: '/v1/x',
      headers: [
        ['X-Sig', '{HOOK}'],
        ['x-time', 'mine'],
      ],
      body: 'text',
    });
    expect(answer.kind === 'applied' && answer.headers).toEqual([
      ['x-sig', createHmac('sha256', VALUES.HOOK).update('text').digest('hex')],
      ['x-time', '1700000000'],
    ]);
    const signed = await send(vault, { url: 'https://other.example.com/', headers: [['authorization', '{AWS}']] });
    expect(header(signed, 'authorization')).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/20231114\/r\/s\/aws4_request, .*Signature=[0-9a-f]{64}$/,
    );
    expect(JSON.stringify(signed)).not.toContain('wJalr');
  });

  it('is part of what a signature covers', async () => {
    const signed: string[] = [];
    const mine: Signer = {
      name: 'mine',
      header: () => 'x-mine',
      sign: ({ url }) => {
        signed.push(url.searchParams.get('key') ?? '');
        return { headers: [['x-mine', 'signed']] };
      },
    };
    const vault = await vaultWith({ signers: [mine] });
    const answer = await send(vault, { url: '/?key={KEY}', headers: [['x-mine', '{CUSTOM}']] });
    expect(answer).toMatchObject({ kind: 'applied', used: ['CUSTOM', 'KEY'] });
    expect(signed).toEqual([VALUES.KEY]);
  });

  it('is left alone when nothing asks for it', async () => {
    const answer = await send(await vaultWith(), { headers: [['accept', '*/*']] });
    expect(answer).toMatchObject({ kind: 'applied', headers: [['accept', '*/*']], used: [] });
  });

  it('may be stored under another name', async () => {
    const vault = await vaultWith({ mapping: { TOKEN: 'HOOK' } });
    expect(header(await send(vault, { headers: [BEARER] }), 'Authorization')).toBe(`Bearer ${VALUES.HOOK}`);
  });

  it('is signed by a signer of the operator, who cannot replace the known ones', async () => {
    const seen: unknown[] = [];
    const mine: Signer = {
      name: 'mine',
      header: () => 'x-mine',
      sign: async ({ secret, ...rest }) => {
        seen.push(rest.headers, secret);
        return { headers: [['x-mine', 'signed']], query: [['sig', 'a b']] };
      },
    };
    const vault = await vaultWith({ signers: [mine, { ...mine, name: 'hmac-sha256' }] });
    const answer = await send(vault, {
      headers: [
        ['accept', '*/*'],
        ['x-mine', '{CUSTOM}'],
      ],
    });
    expect(answer.kind === 'applied' && answer.url.search).toBe('?sig=a%20b');
    expect(seen).toEqual([[['accept', '*/*']], VALUES.CUSTOM]);
    expect(header(await send(vault, { headers: [['x-sig', '{HOOK}']] }), 'x-sig')).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('a placeholder anywhere else', () => {
  const mine: Signer = { name: 'mine', header: () => 'x-mine', sign: () => ({ headers: [] }) };
  it.each<[string, Sent, string]>([
    ['over http', { url: `http://${HOST}/v1/x`, headers: [BEARER] }, 'secret-scheme'],
    ['to another port', { url: `https://${HOST}:444/v1/x`, headers: [BEARER] }, 'secret-port'],
    ['to another host', { url: 'https://other.example.com/v1/x', headers: [BEARER] }, 'secret-host'],
    ['to a host below', { url: 'https://a.api.example.com/v1/x', headers: [BEARER] }, 'secret-host'],
    ['to another path', { url: '/v2/x', headers: [BEARER] }, 'secret-path'],
    ['to a path with an encoded slash', { url: '/v1%2f..%2fv2', headers: [BEARER] }, 'secret-path'],
    ['in the header of another port', { url: '/v1/x', headers: [['x-token', '{TOKEN}']] }, 'secret-port'],
    ['in another header', { headers: [['x-other', '{TOKEN}']] }, 'secret-in-header'],
    ['in a referer', { headers: [['referer', `https://${HOST}/?key={KEY}`]] }, 'secret-in-header'],
    ['without the prefix', { headers: [['authorization', '{TOKEN}']] }, 'secret-in-header'],
    ['with something behind it', { headers: [['authorization', 'Bearer {TOKEN}x']] }, 'secret-in-header'],
    ['with a prefix in another case', { headers: [['authorization', 'bearer {TOKEN}']] }, 'secret-in-header'],
    ['in the name of a header', { headers: [['x-{TOKEN}', 'x']] }, 'secret-in-header-name'],
    ['in the path', { url: '/v1/{TOKEN}' }, 'secret-in-url'],
    ['in the host', { url: 'https://{TOKEN}.example.com/' }, 'secret-in-url'],
    ['in the fragment', { url: '/v1/x#{TOKEN}' }, 'secret-in-url'],
    ['in the user', { url: `https://{TOKEN}@${HOST}/` }, 'secret-in-url'],
    ['in another parameter', { url: '/v1/x?q={KEY}' }, 'secret-in-query'],
    ['in part of a parameter', { url: '/v1/x?key=x{KEY}' }, 'secret-in-url'],
    ['as the name of a parameter', { url: '/v1/x?{KEY}=key' }, 'secret-in-url'],
    ['that belongs into a header, in the query', { url: '/v1/x?key={TOKEN}' }, 'secret-in-query'],
    ['in the body', { headers: [['content-type', 'text/plain']], body: 'x {TOKEN} y' }, 'secret-in-body'],
    ['in place and in the body', { headers: [BEARER], body: '{TOKEN}' }, 'secret-repeated'],
    ['twice', { headers: [BEARER, BEARER] }, 'secret-repeated'],
    ['twice in the query', { url: '/v1/x?key={KEY}&key={KEY}' }, 'secret-repeated'],
    ['in two parts of the URL', { url: '/{KEY}?key={KEY}' }, 'secret-repeated'],
    ['two in one header', { headers: [['authorization', 'Bearer {TOKEN}{KEY}']] }, 'secret-repeated'],
    ['of a signature in a place of its own', { headers: [['authorization', 'Bearer {HOOK}']] }, 'secret-in-header'],
    ['of a signature with a prefix', { headers: [['x-sig', 'sha256={HOOK}']] }, 'secret-in-header'],
    [
      'in a basic authentication nobody declared',
      { headers: [['authorization', 'Basic {TOKEN}']] },
      'secret-in-header',
    ],
  ])('is refused %s', async (_name, sent, rule) => {
    const answer = await send(await vaultWith({ signers: [mine] }), sent);
    expect(answer).toMatchObject({ kind: 'refused', rule });
    expect(JSON.stringify(answer)).not.toMatch(/value-0123|cps_/);
  });

  it('is not replaced in an encoding: it goes out as it is and means nothing', async () => {
    const vault = await vaultWith();
    const nested = Buffer.from(vault.placeholders['TOKEN'] ?? '').toString('base64');
    const answer = await send(vault, { url: '/v1/x?q=cps_', headers: [['x-note', nested]], body: 'cps_' });
    expect(answer).toMatchObject({ kind: 'applied', headers: [['x-note', nested]], used: [] });
  });

  it.each([
    ['/v1/x?key=%63{KEY}'],
    ['/v1/x?key=%ENC%&other=x'],
    ['/v1/{KEY}?key=%ENC%'],
    ['/v1/x?key=%ENC%&other=x{KEY}'],
    ['/v1/x?other={KEY}&key=%ENC%'],
  ])('is never put into another place because an encoded one stands in the right one: %s', async (url) => {
    const vault = await vaultWith();
    const encoded = `%63${vault.placeholders['KEY']?.slice(1) ?? ''}`;
    const answer = await send(vault, { url: url.replace('%ENC%', encoded) });
    expect(answer).toMatchObject({ kind: 'refused' });
  });

  it('means nothing in another call', async () => {
    const [one, other] = [await vaultWith(), await vaultWith()];
    const answer = await send(one, {
      url: 'https://elsewhere.example.com/',
      headers: [['x-a', `Bearer ${other.placeholders['TOKEN']}`]],
    });
    expect(answer).toMatchObject({ kind: 'applied', used: [] });
  });

  it('comes with the line that would allow it, where there is one', async () => {
    const vault = await vaultWith();
    expect(await send(vault, { url: '/v2/x', headers: [BEARER] })).toMatchObject({
      code: 'ERR_CARAPACE_PERMISSION_SECRET_TARGET',
      toSkill: 'Cannot send secret: it is not meant for this URL',
      remedy: `permissions.secrets: {"name":"TOKEN","host":"${HOST}","port":443,"path":"/v2/x"} with the same "in"`,
    });
    expect(await send(vault, { url: `http://${HOST}/`, headers: [BEARER] })).not.toHaveProperty('remedy');
    expect(await send(vault, { headers: [['x-a', '{TOKEN}']] })).toMatchObject({
      code: 'ERR_CARAPACE_PERMISSION_SECRET_PLACE',
      remedy: 'send the placeholder of TOKEN only where permissions.secrets says',
    });
  });
});

describe('redirects', () => {
  it('within one origin keep the secret where it may go, and nowhere else', async () => {
    const vault = await vaultWith();
    expect(header(await send(vault, { url: '/v1/moved', headers: [BEARER] }, { hop: 1 }), 'Authorization')).toBe(
      `Bearer ${VALUES.TOKEN}`,
    );
    expect(await send(vault, { url: '/elsewhere', headers: [BEARER] }, { hop: 1 })).toMatchObject({
      rule: 'secret-path',
    });
  });

  it('to another origin leave it behind, and back on the first one it stays behind', async () => {
    const vault = await vaultWith();
    const crossed = { hop: 1, crossOrigin: true };
    const headers: readonly HeaderPair[] = [['accept', '*/*'], BEARER];
    for (const url of ['https://other.example.com/v1/x', '/v1/x'])
      expect(await send(vault, { url, headers }, crossed)).toMatchObject({ headers: [['accept', '*/*']], used: [] });
    expect(await send(vault, { url: '/v1/x?key={KEY}' }, crossed)).toMatchObject({ rule: 'secret-in-url' });
    expect(await send(vault, { url: '/v1/x', body: '{KEY}' }, crossed)).toMatchObject({ kind: 'refused' });
  });

  it('with the secret in their location are not followed', async () => {
    const vault = await vaultWith();
    const location = new URL(`https://${HOST}/v1/next?key=${encodeURIComponent(VALUES.KEY)}`);
    expect(vault.scanOut({ url: location })).toMatchObject({ code: 'ERR_CARAPACE_PERMISSION_SECRET_LEAK' });
  });
});

describe('what cannot be sent', () => {
  it('is a secret without a value, or whose source fails, or that does not fit', async () => {
    const source = fakeSource({ TOKEN: 'tökën-välüe-0123' });
    const store = await openSecretStore({ sources: [source] });
    const vault = await vaultWith({ store });
    expect(await send(vault, { headers: [BEARER] })).toMatchObject({
      code: 'ERR_CARAPACE_SECRET_UNAVAILABLE',
      rule: 'secret-unfit',
    });
    expect(await send(vault, { url: '/?key={KEY}' })).toMatchObject({
      rule: 'secret-missing',
      remedy: 'secrets: a source with a value for KEY',
    });
    source.fails = true;
    store.rotate();
    const failed = await send(vault, { headers: [BEARER] });
    expect(failed).toMatchObject({ rule: 'secret-source-failed' });
    expect(JSON.stringify(failed)).not.toContain('välüe');
  });

  it('is a signature that cannot be made', async () => {
    const broken = (sign: Signer['sign']): Signer => ({ name: 'mine', header: () => 'x-mine', sign });
    const sent: Sent = { headers: [['x-mine', '{CUSTOM}']] };
    const throwing = await send(
      await vaultWith({
        signers: [
          broken(({ secret }) => {
            throw new Error(secret);
          }),
        ],
      }),
      sent,
    );
    expect(throwing).toMatchObject({ code: 'ERR_CARAPACE_SECRET_SIGNING', rule: 'signer-failed' });
    expect(JSON.stringify(throwing)).not.toContain('value-0123');
    const splitting = broken(() => ({ headers: [['x-mine', 'a\r\nb: c']] }));
    expect(await send(await vaultWith({ signers: [splitting] }), sent)).toMatchObject({ rule: 'signer-failed' });
    const vault = await vaultWith();
    expect(await send(vault, { headers: [['x-sig', '{HOOK}']] }, { streamed: true })).toMatchObject({
      rule: 'signer-streamed-body',
    });
    expect(await send(vault, { headers: [['x-mine', '{CUSTOM}']] })).toMatchObject({
      rule: 'signer-unknown',
      remedy: 'signers: one named "mine"',
    });
  });
});

describe('leaks', () => {
  it('are found in URL, header and body, in any encoding, before anything leaves', async () => {
    const vault = await vaultWith();
    const hidden = Buffer.from(`x${VALUES.TOKEN}`).toString('base64');
    const leak = { code: 'ERR_CARAPACE_PERMISSION_SECRET_LEAK' };
    expect(vault.scanOut({ url: new URL(`https://a.example/?q=${encodeURIComponent(hidden)}`) })).toMatchObject(leak);
    expect(vault.scanOut({ headers: [['x-a', hidden]] })).toMatchObject(leak);
    expect(vault.scanOut({ body: Buffer.from(hidden) })).toMatchObject(leak);
    expect(
      vault.scanOut({
        headers: [
          ['x-a', 'token-value-'],
          ['0123456789', 'x'],
        ],
      }),
    ).toBeUndefined();
    expect(vault.scanOut({})).toBeUndefined();
  });

  it('are found in a body that comes in pieces, before its last byte leaves', async () => {
    const vault = await vaultWith();
    const placeholder = vault.placeholders['TOKEN'] ?? '';
    for (const [text, rule] of [
      [`__${VALUES.TOKEN}__`, 'secret-leak'],
      [`__${placeholder}__`, 'secret-in-body'],
    ] as const) {
      const end = text.length - 2;
      for (let at = 0; at < text.length; at++) {
        const scan = vault.scanOutBody();
        const rules = [scan.push(Buffer.from(text.slice(0, at))), scan.push(Buffer.from(text.slice(at)))].map(
          (found) => found?.rule,
        );
        expect(rules.at(at < end ? 1 : 0)).toBe(rule);
      }
      const scan = vault.scanOutBody();
      const first = Array.from(text, (sign) => scan.push(Buffer.from(sign))).findIndex((found) => found !== undefined);
      expect(first).toBe(end - 1);
    }
  });

  it('are taken out of what comes back', async () => {
    const vault = await vaultWith();
    expect(vault.redactText(`echo ${VALUES.TOKEN}`)).toBe('echo [redacted:TOKEN]');
    const scan = vault.scanIn();
    const out = [
      scan.transform(Buffer.from('a token-va')),
      scan.transform(Buffer.from('lue-0123456789 b')),
      scan.end(),
    ];
    expect(Buffer.concat(out).toString()).toBe('a [redacted:TOKEN] b');
    expect(scan.count()).toBe(1);
  });
});

describe('many calls at once', () => {
  it('never get the secret of another skill for the same host', async () => {
    const store = await storeOf({ ONE: 'first-value-0123456789', TWO: 'other-value-0123456789' });
    const grants = GRANTS.filter(({ name }) => name === 'TOKEN');
    const vaults = Array.from({ length: 50 }, (_, at) => {
      const mapping = { TOKEN: at % 2 === 0 ? 'ONE' : 'TWO' };
      return openVault({ store, grants, mapping });
    });
    const answers = await Promise.all(vaults.map((vault) => send(vault, { headers: [BEARER] })));
    for (const [at, answer] of answers.entries())
      expect(header(answer, 'Authorization')).toBe(`Bearer ${at % 2 === 0 ? 'first' : 'other'}-value-0123456789`);
  });

  it('get the new value as soon as it is rotated, and both values are taken out', async () => {
    const source = fakeSource({ TOKEN: VALUES.TOKEN });
    const store = await openSecretStore({ sources: [source] });
    const vault = await vaultWith({ store });
    const scan = vault.scanIn();
    source.values.set('TOKEN', { value: 'rotated-value-0123456789' });
    store.rotate();
    expect(header(await send(vault, { headers: [BEARER] }), 'Authorization')).toBe('Bearer rotated-value-0123456789');
    const out = [scan.transform(Buffer.from(`${VALUES.TOKEN} rotated-value-0123456789`)), scan.end()];
    expect(Buffer.concat(out).toString()).toBe('[redacted:TOKEN] [redacted:TOKEN]');
  });
});
