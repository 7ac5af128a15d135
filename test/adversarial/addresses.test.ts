import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectOutcome } from './attack-case.ts';
import { type Dns, type DnsAnswer, openDns } from './dns.ts';
import { error, value } from './expected.ts';

/** Addresses are judged as the product judges them; no connection is ever to be made. */
let dns: Dns;
let dialled: string[] = [];
beforeAll(async () => {
  dns = await openDns({
    connect: ({ address }) => {
      dialled.push(address);
      return Promise.reject(Object.assign(new Error('a connection is to be made'), { code: 'ECONNREFUSED' }));
    },
  });
});
beforeEach(() => {
  dialled = [];
  dns.asked.length = 0;
});
afterAll(() => dns[Symbol.asyncDispose]());

const PORT = 8080;
const ONE = { hosts: ['name.example.com'], port: PORT };

/** Asks one name for each answer; each must be refused, and no address may be dialled. */
async function expectRefused(id: string, answers: readonly (readonly string[])[]): Promise<void> {
  for (let at = 0; at < answers.length; at += 8) {
    const some = answers.slice(at, at + 8);
    const hosts = some.map((_, n) => `name${n}.example.com`);
    dns.answer = (host) => some[hosts.indexOf(host)] ?? [];
    const body = `const codes = []; for (let n = 0; n < ${some.length}; n += 1) codes.push(await get('http://name' + n + '.example.com:${PORT}/')); return codes;`;
    const result = await dns.run(id, body, { hosts, port: PORT });
    expectOutcome(result, value(some.map(() => 'PERMISSION_NET_ADDRESS')));
  }
  expect(dialled).toEqual([]);
}

const METADATA = [
  '169.254.169.254',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  'fd00:ec2::254',
  'fd20:ce::254',
];
const SPECIAL = ['0.0.0.0', '255.255.255.255', '224.0.0.1', '192.0.2.1', '198.18.0.1', '100.64.0.1', '240.0.0.1'];
const PRIVATE = ['127.0.0.1', '10.0.0.1', '172.16.0.1', '192.168.0.1', '169.254.1.1'];
const SIX = [
  '::1',
  '::',
  '::ffff:127.0.0.1',
  '::ffff:169.254.169.254',
  '::127.0.0.1',
  '::ffff:0:7f00:1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::7f00:1',
  '2002:7f00:1::',
  '2001:0:7f00:1::',
  'fe80::5efe:7f00:1',
  'fec0::1',
  'fd00::1',
  'fe80::1',
  'fe80::1%eth0',
  'ff02::1',
  '2001:db8::1',
];

describe('what the DNS leads to', () => {
  it('NU-202 a metadata service, by name', async () => {
    await expectRefused(
      'NU-202',
      METADATA.map((address) => [address]),
    );
  });

  it('NU-203 special-purpose addresses, by name', async () => {
    await expectRefused(
      'NU-203',
      [...SPECIAL, ...PRIVATE].map((address) => [address]),
    );
  });

  it('NU-200 IPv6 addresses that are or carry one of them, by name', async () => {
    await expectRefused(
      'NU-200',
      SIX.map((address) => [address]),
    );
  });

  it('NU-204 the addresses of this machine itself', async () => {
    const own = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
    expect(own).toContain('127.0.0.1');
    await expectRefused(
      'NU-204',
      own.map((address) => [address]),
    );
  });

  it('NU-208 one private address among public ones, as at the end of a chain of names, spoils the whole answer', async () => {
    await expectRefused('NU-208', [
      ['8.8.8.8', '127.0.0.1'],
      ['127.0.0.1', '8.8.8.8'],
      ['8.8.8.8', '8.8.4.4', '10.0.0.1'],
      ['8.8.8.8', '::1'],
      ['8.8.8.8', 'not an address'],
      ['8.8.8.8', ''],
    ]);
  });

  it('NU-208 and public ones alone are dialled', async () => {
    dns.answer = () => ['8.8.8.8', '8.8.4.4'];
    expectOutcome(await dns.run('NU-208', "return await get('/');", ONE), value('NET_CONNECT'));
    expect(dialled.length).toBeGreaterThan(0);
    expect(dialled.every((address) => address === '8.8.8.8' || address === '8.8.4.4')).toBe(true);
  });
});

/** What a name server can do to who asks it. */
const ANSWERS: readonly (readonly [title: string, answer: DnsAnswer])[] = [
  ['500 addresses', () => Array.from({ length: 500 }, (_, n) => `8.8.${n >> 8}.${n & 255}`)],
  ['no address', () => []],
  ['NXDOMAIN', () => Promise.reject(Object.assign(new Error('queryA ENOTFOUND'), { code: 'ENOTFOUND' }))],
  ['SERVFAIL', () => Promise.reject(Object.assign(new Error('queryA ESERVFAIL'), { code: 'ESERVFAIL' }))],
  [
    'an error of the strangest kind',
    () => {
      throw new TypeError('no');
    },
  ],
];

describe('NU-209 a name server that answers', () => {
  it.each(ANSWERS)('%s: one code', async (_title, given) => {
    dns.answer = given;
    expectOutcome(await dns.run('NU-209', "return await get('/');", ONE), value('NET_RESOLVE'));
    expect(dialled).toEqual([]);
  });

  it('never: the call has its deadline', async () => {
    dns.answer = () => new Promise(() => undefined);
    expectOutcome(
      await dns.run('NU-209', "return await get('/');", { ...ONE, wallMs: 500 }),
      error('ERR_CARAPACE_BUDGET_WALL'),
    );
  });

  it('never, to a call with time: the question has a deadline of its own', async () => {
    dns.answer = () => new Promise(() => undefined);
    expectOutcome(await dns.run('NU-209', "return await get('/');", { ...ONE, wallMs: 20_000 }), value('NET_RESOLVE'));
  });
});

describe('NU-210 names of this machine and its neighbourhood', () => {
  const LOCAL = [
    'localhost',
    'foo.localhost',
    'printer.local',
    'metadata.google.internal',
    'db.internal',
    'router',
    'x.home.arpa',
  ];

  it.each(LOCAL)('%s cannot be declared', async (host) => {
    await expect(dns.run('NU-210', 'return 1;', { hosts: [host], port: PORT })).rejects.toMatchObject({
      issues: expect.anything(),
    });
  });

  it('cannot be asked without being declared either', async () => {
    const urls = LOCAL.map((host) => `http://${host}:${PORT}/`);
    const body = 'const codes = new Set(); for (const url of input.urls) codes.add(await get(url)); return [...codes];';
    expectOutcome(await dns.run('NU-210', body, { ...ONE, input: { urls } }), value(['PERMISSION_NET_HOST']));
    expect(dns.asked).toEqual([]);
  });
});
