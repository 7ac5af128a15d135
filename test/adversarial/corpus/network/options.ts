import { error, value } from '../../expected.ts';
import type { NetCase } from '../../net-case.ts';
import { type RawRequest, reply } from '../../servers/raw-server.ts';

function plainOnly(seen: readonly RawRequest[]): void {
  for (const { head, method } of seen) {
    if (/planted/i.test(head) || method !== 'GET') throw new Error(`sent: ${head}`);
  }
}

const INHERITED: readonly NetCase[] = (
  [
    [
      'a key that is named like a prototype',
      `JSON.parse('{"__proto__":{"headers":{"x-planted":"1"},"method":"PUT","body":"planted"}}')`,
    ],
    [
      'headers whose key is named like a prototype',
      `{ headers: JSON.parse('{"__proto__":{"x-planted":"1"},"x-fine":"1"}') }`,
    ],
    ['headers of a prototype', "{ headers: Object.create({ 'x-planted': '1' }) }"],
  ] as const
).map(([title, options]) => ({
  id: 'BD-101',
  title: `${title} adds nothing to a request`,
  answers: { '/': reply() },
  run: `const code = await get('/', ${options}); return [code.startsWith('200') || code === 'TypeError' || code.startsWith('PERMISSION') || code.startsWith('NET_BAD') || code, ({}).headers === undefined];`,
  expect: value([true, true]),
  after: plainOnly,
}));

const POISONED: readonly NetCase[] = [
  {
    id: 'BD-101',
    title: 'a poisoned Object.prototype adds nothing to a request, its options or its answer',
    answers: { '/': reply('ok') },
    run: `for (const [key, planted] of Object.entries({ headers: { 'x-planted': '1' }, method: 'PUT', body: 'planted', redirect: 'planted', dispatcher: {}, payload: 'inline', verb: 'PUT' })) Object.prototype[key] = planted;
      const code = await get('/');
      for (const key of ['headers', 'method', 'body', 'redirect', 'dispatcher', 'payload', 'verb']) delete Object.prototype[key];
      return [code === '200 ok' || code === 'TypeError' || code, await get('/')];`,
    expect: value([true, '200 ok']),
    after: (seen) => {
      for (const { head, body } of seen) {
        if (body.includes('planted-by-host') || /host: (?!api\.example\.com)/i.test(head))
          throw new Error(`sent: ${head}`);
      }
    },
  },
  {
    id: 'BD-101',
    title: 'methods of the language that were replaced see and change nothing that is sent',
    answers: { '/': reply('ok') },
    run: `const seen = [];
      const real = JSON.stringify;
      JSON.stringify = (value) => { seen.push(value); return real({ family: 'net', method: 'fetch', url: 'https://evil.test/' }); };
      Array.prototype.push = function () { return 0; }; String.prototype.startsWith = () => true; Map.prototype.get = () => 'https://evil.test/';
      const code = await fetch(BASE + '/').then((response) => response.text());
      JSON.stringify = real;
      return [code, seen.length];`,
    expect: value(['ok', 0]),
    after: plainOnly,
  },
  {
    id: 'IS-038',
    title: 'fetch called with hostile values runs none of them in the host, and every answer is an error of the guest',
    answers: { '/': reply() },
    run: `const hostile = [undefined, null, 0, NaN, 1n, Symbol('s'), {}, [], () => 1, new Proxy({}, { get() { throw new Error('trap'); } }), { toString() { throw 'thrown'; } }, Object.create(null), new Date(NaN)];
      const found = [];
      for (const first of hostile) for (const second of [undefined, first]) {
        const failure = await fetch(first, second).then(() => undefined, (error) => error);
        if (failure === undefined) found.push('fetched ' + typeof first);
        else if (typeof failure === 'object' && failure !== null && failure.constructor?.constructor !== Function) found.push('a foreign error');
      }
      return found;`,
    expect: value([]),
    after: plainOnly,
  },
];

const SIZES: readonly NetCase[] = [
  {
    id: 'BD-100',
    title: '100 MB as the body of a request are refused before they are copied',
    answers: { '/': reply() },
    limits: { memoryMiB: 512, cpuMs: 20_000, wallMs: 25_000 },
    run: "return await get('/', { method: 'POST', body: 'x'.repeat(100_000_000) });",
    expect: error('ERR_CARAPACE_BUDGET_BYTES_OUT'),
    after: (seen) => {
      if (seen.length > 0) throw new Error('sent all the same');
    },
  },
  {
    id: 'BD-100',
    title: '10 MB as a header, a method or an address are refused',
    answers: { '/': reply() },
    limits: { memoryMiB: 512, cpuMs: 20_000, wallMs: 25_000 },
    run: `const long = 'x'.repeat(10_000_000);
      return await all({ header: () => get('/', { headers: { 'x-a': long } }), name: () => get('/', { headers: { [long]: '1' } }), method: () => get('/', { method: long }), url: () => get('/' + long) })
        .then((found) => Object.entries(found).filter(([, code]) => code.startsWith('200')));`,
    expect: value([]),
    after: (seen) => {
      if (seen.length > 0) throw new Error('sent all the same');
    },
  },
];

const FLOODS: readonly NetCase[] = [
  {
    id: 'RS-084',
    title: '10,000 fetches at once spend the budget of fetches',
    answers: { '/': reply() },
    limits: { brokerCalls: 100_000, fetches: 50 },
    run: "await Promise.all(Array.from({ length: 10_000 }, () => get('/')));",
    expect: error('ERR_CARAPACE_BUDGET_FETCHES'),
    after: (seen) => {
      if (seen.length > 50) throw new Error(`${seen.length} requests`);
    },
  },
  {
    id: 'RS-084',
    title: 'so do 10,000 one after the other',
    answers: { '/': reply() },
    limits: { brokerCalls: 100_000, fetches: 50 },
    run: "for (;;) await get('/');",
    expect: error('ERR_CARAPACE_BUDGET_FETCHES'),
    after: (seen) => {
      if (seen.length !== 50) throw new Error(`${seen.length} requests`);
    },
  },
  {
    id: 'RS-084',
    title: 'refused ones count as requests to the host',
    limits: { brokerCalls: 100 },
    run: "for (;;) await get('https://evil.test/');",
    expect: error('ERR_CARAPACE_BUDGET_BROKER_CALLS'),
  },
  {
    id: 'RS-060',
    title: 'a fetch that is never answered ends with the call',
    answers: { '/': () => undefined },
    limits: { wallMs: 300 },
    run: "return await get('/');",
    expect: error('ERR_CARAPACE_BUDGET_WALL'),
  },
  {
    id: 'RS-060',
    title: 'nor does one that the skill forgets keep anything going',
    answers: { '/': () => undefined },
    run: "void get('/'); await new Promise((resolve) => setTimeout(resolve, 50)); return 'gone on';",
    expect: value('gone on'),
  },
  {
    id: 'BD-096',
    title: 'an error that names a host, a code and an address of the outside says what the host says, and no more',
    answers: { '/': 'SSH-2.0-secret-banner\r\n' },
    run: "const failure = await fetch(BASE + '/').catch((error) => error); throw new Error([failure.message, failure.cause?.message, /127\\.0\\.0\\.1|banner|ECONN/.test(failure.stack + failure.cause?.stack)].join('; '));",
    expect: error(
      'ERR_CARAPACE_SKILL_THREW',
      'Error: fetch failed; Cannot fetch URL: its host does not speak proper HTTP/1.1; false',
    ),
  },
];

/** Cases of other areas of the threat model in which the network takes part. */
export const OPTION_CASES: readonly NetCase[] = [...INHERITED, ...POISONED, ...SIZES, ...FLOODS];
