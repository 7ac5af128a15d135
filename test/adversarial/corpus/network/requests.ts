import { error, value } from '../../expected.ts';
import type { NetCase } from '../../net-case.ts';
import { type RawRequest, reply } from '../../servers/raw-server.ts';

/** Header names that a request may have whatever a skill does: the host's own. */
const OWN = [
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept',
  'accept-encoding',
  'user-agent',
  'content-type',
];

function namesIn(seen: readonly RawRequest[]): readonly string[] {
  return [...new Set(seen.flatMap(({ headers }) => headers.map(([name]) => name)))];
}

function onlyOwn(seen: readonly RawRequest[]): void {
  const foreign = namesIn(seen).filter((name) => !OWN.includes(name));
  if (foreign.length > 0) throw new Error(`sent: ${foreign.join()}`);
  for (const { headers, head } of seen) {
    const once = ['host', 'content-length', 'connection', 'transfer-encoding'];
    for (const name of once) {
      if (headers.filter(([other]) => other === name).length > 1) throw new Error(`${name} twice in ${head}`);
    }
    if (headers.find(([name]) => name === 'host')?.[1] !== 'api.example.com') throw new Error(`host in ${head}`);
  }
}

const HEADERS: readonly NetCase[] = [
  {
    id: 'NP-229',
    title: 'names and values that would end a line are refused before anything is sent',
    run: `const bad = { 'cr in name': ['a\\rb', 'x'], 'lf in name': ['a\\nb', 'x'], 'space in name': ['a b', 'x'], 'no name': ['', 'x'],
        'colon in name': ['a:b', 'x'], 'nul in value': ['x-a', 'a\\0b'], 'crlf in value': ['x-a', 'a\\r\\nx-b: c'], 'lf in value': ['x-a', 'a\\nb'],
        'fold': ['x-a', 'a\\r\\n b'], 'beyond latin-1': ['x-a', '\\u0141'], 'name beyond ascii': ['x-\\u00e9', 'x'], 'space before colon': ['x-a ', 'x'] };
      const found = {};
      for (const [title, [name, value]] of Object.entries(bad)) found[title] = await get('/', { headers: [[name, value]] });
      return Object.entries(found).filter(([, code]) => code !== 'TypeError' && code !== 'NET_BAD_HEADER');`,
    answers: { '/': reply() },
    expect: value([]),
    after: (seen) => {
      if (seen.length > 0) throw new Error(`sent: ${seen[0]?.head}`);
    },
  },
  {
    id: 'NP-231',
    title: 'the headers that are ours, the proxies’ and the browsers’ are not the skill’s to set',
    answers: { '/': reply() },
    run: `const names = ['host', 'connection', 'transfer-encoding', 'content-length', 'te', 'trailer', 'upgrade', 'expect', 'keep-alive', 'proxy-authorization',
        'proxy-connection', 'proxy-x', 'sec-fetch-site', 'sec-websocket-key', 'sec-x', 'x-forwarded-for', 'x-forwarded-host', 'forwarded', 'via', 'http2-settings', 'x-http-method-override'];
      for (const name of names) await get('/', { method: 'POST', body: 'x', headers: { [name]: 'chunked' } });
      for (const name of names) await get('/', { method: 'POST', body: 'x', headers: [[name.toUpperCase(), '0'], [name, '0']] });
      return 1;`,
    limits: { fetches: 100 },
    expect: value(1),
    after: onlyOwn,
  },
  {
    id: 'NP-232',
    title: 'no cookie is sent, kept or seen',
    answers: {
      '/set': reply('ok', ['set-cookie: session=planted; Path=/', 'set-cookie2: a=b']),
      '/next': reply('ok'),
    },
    run: `const cookie = await get('/next', { headers: { cookie: 'a=b', cookie2: 'c' } });
      const response = await fetch(BASE + '/set', { credentials: 'include' });
      const seen = [response.headers.get('set-cookie'), response.headers.getSetCookie().length, [...response.headers.keys()].filter((name) => name.includes('cookie'))];
      await get('/next', { credentials: 'include' });
      return [cookie.startsWith('200') ? 'dropped' : 'refused', ...seen];`,
    expect: value(['refused', null, 0, []]),
    after: (seen) => {
      if (namesIn(seen).some((name) => name.startsWith('cookie'))) throw new Error('a cookie was sent');
    },
  },
  {
    id: 'NP-233',
    title: 'only the granted methods, in their canonical case',
    answers: { '/': reply() },
    net: [{ host: 'api.example.com', methods: ['GET', 'POST'], reason: 'Bait' }],
    run: `const found = {};
      for (const method of ['CONNECT', 'TRACE', 'TRACK', 'PURGE', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'patch', 'GET ', ' GET', 'GET\\r\\n', 'G ET', '', 'GE\\u0301T', 'X'.repeat(10_000)]) {
        const code = await get('/', { method });
        if (code.startsWith('200')) found[method] = code;
      }
      return [found, await get('/', { method: 'post' }), await get('/', { method: 'gEt' })];`,
    expect: value([{}, '200 ok', '200 ok']),
    after: (seen) => {
      const methods = seen.map(({ method }) => method).join();
      if (methods !== 'POST,GET') throw new Error(`methods: ${methods}`);
    },
  },
];

const BODIES: readonly NetCase[] = [
  {
    id: 'NP-234',
    title: 'GET and HEAD carry no body',
    answers: { '/': reply() },
    run: "return await all({ get: () => get('/', { body: 'x' }), head: () => get('/', { method: 'HEAD', body: 'x' }), lower: () => get('/', { method: 'get', body: 'x' }) });",
    expect: value({ get: 'TypeError', head: 'TypeError', lower: 'TypeError' }),
    after: (seen) => {
      if (seen.length > 0) throw new Error('sent all the same');
    },
  },
  {
    id: 'NP-234',
    title: 'a length that does not fit the body is not the skill’s to say',
    answers: { '/': reply() },
    run: "const post = (init) => get('/', { method: 'POST', body: 'four', ...init }); return [await post({ headers: { 'content-length': '400' } }), await post({})];",
    expect: value(['PERMISSION_NET_HEADER', '200 ok']),
    after: (seen) => {
      if (seen.map(({ body }) => body.toString()).join() !== 'four') throw new Error('not the body that was sent');
    },
  },
  {
    id: 'NP-234',
    title: 'a body that never ends is cut off at the budget',
    answers: { '/': reply() },
    limits: { bytesOutKiB: 256 },
    run: `const body = new ReadableStream({ pull(controller) { controller.enqueue(new Uint8Array(16_384)); } });
      return await get('/', { method: 'POST', body, duplex: 'half' });`,
    expect: error('ERR_CARAPACE_BUDGET_BYTES_OUT'),
    after: (seen) => {
      if (seen.length > 0) throw new Error('the server took it for a whole request');
    },
  },
  {
    id: 'NP-235',
    title: 'a body as large as the budget with its headers passes, one byte more does not',
    answers: { '/': reply() },
    limits: { bytesOutKiB: 64 },
    run: "return await get('/', { method: 'POST', body: 'x'.repeat(63 * 1024) });",
    expect: value('200 ok'),
    after: ([request]) => {
      if (request?.body.length !== 63 * 1024) throw new Error('not whole');
    },
  },
  {
    id: 'NP-235',
    title: 'a body one byte above the budget is not sent',
    answers: { '/': reply() },
    limits: { bytesOutKiB: 64 },
    run: "return await get('/', { method: 'POST', body: 'x'.repeat(64 * 1024 + 1) });",
    expect: error('ERR_CARAPACE_BUDGET_BYTES_OUT'),
    after: (seen) => {
      if (seen.length > 0) throw new Error('sent all the same');
    },
  },
  {
    id: 'NP-235',
    title: 'the budget counts all requests of a call together, and their headers',
    answers: { '/': reply() },
    limits: { bytesOutKiB: 16, fetches: 1_000 },
    run: "for (;;) await get('/?' + 'q'.repeat(1_000));",
    expect: error('ERR_CARAPACE_BUDGET_BYTES_OUT'),
    after: (seen) => {
      if (seen.length > 16) throw new Error(`${seen.length} requests of a kibibyte each`);
    },
  },
];

export const REQUEST_CASES: readonly NetCase[] = [...HEADERS, ...BODIES];
