import { value } from '../../expected.ts';
import { granted, type NetCase } from '../../net-case.ts';
import { type RawAnswer, type RawRequest, redirect, reply } from '../../servers/raw-server.ts';

/** The value of `TOKEN`. Must reach the server in the one place that is declared, and be seen nowhere else. */
export const SECRET = 'canary/Se+cret="4f9a1c77e2b04d5e"';
/** The value of `KEY`, which goes into a query parameter. */
export const QUERY_SECRET = 'canary-query-secret-90ab77cd12';

const TOKEN = {
  name: 'TOKEN',
  description: 'Bait',
  host: 'api.example.com',
  path: '/bound/**',
  in: { header: 'authorization', prefix: 'Bearer ' },
};
const KEY = { name: 'KEY', description: 'Bait', host: 'api.example.com', path: '/query/**', in: { query: 'key' } };

const BOTH = granted('api.example.com', 'other.example.com');
const AUTHORIZED = "{ headers: { authorization: 'Bearer ' + ctx.secrets.TOKEN } }";

/** The requests in which a secret stands, anywhere. */
function carrying(seen: readonly RawRequest[], secret: string = SECRET): readonly RawRequest[] {
  return seen.filter(({ head, body }) => head.includes(secret) || body.includes(secret));
}

function check(holds: boolean, complaint: string): void {
  if (!holds) throw new Error(complaint);
}

const never = (seen: readonly RawRequest[]): void =>
  check(carrying(seen).length === 0 && carrying(seen, QUERY_SECRET).length === 0, 'the secret was sent');

/** What the server has been sent, as text. */
const echo: RawAnswer = (socket, { head, body }) => socket.end(reply(`${head}\n${body.toString('latin1')}`));

const PLACES: readonly NetCase[] = [
  {
    id: 'SE-259',
    title: 'the declared place gets it, and the skill only ever has a placeholder',
    secrets: [TOKEN],
    answers: { '/bound/a': reply() },
    run: `return [await get('/bound/a', ${AUTHORIZED}), ctx.secrets.TOKEN.length > 20, Object.isFrozen(ctx.secrets)];`,
    expect: value(['200 ok', true, true]),
    after: (seen) => {
      check(
        seen[0]?.headers.find(([name]) => name === 'authorization')?.[1] === `Bearer ${SECRET}`,
        'not in its place',
      );
    },
  },
  {
    id: 'SE-259',
    title: 'another scheme, port, host, path or method of asking gets nothing',
    net: [
      ...BOTH,
      { host: 'api.example.com', scheme: 'http', methods: ['GET'], reason: 'Bait' },
      { host: 'api.example.com', ports: [8443], methods: ['GET'], reason: 'Bait' },
    ],
    secrets: [TOKEN],
    answers: { '/bound/a': reply(), '/free': reply(), '/boundary': reply() },
    run: `const init = ${AUTHORIZED};
      const found = await all({
        http: () => get('http://api.example.com/bound/a', init), port: () => get('https://api.example.com:8443/bound/a', init),
        path: () => get('/free', init), beside: () => get('/boundary', init), host: () => get('https://other.example.com/bound/a', init),
        dots: () => get('/bound/../free', init), encoded: () => get('/bound/%2e%2e/free', init), upper: () => get('/BOUND/a', init),
      });
      return Object.entries(found).filter(([, code]) => !code.startsWith('PERMISSION_'));`,
    expect: value([]),
    after: (seen) => check(seen.length === 0, 'something was sent'),
  },
  {
    id: 'SE-263',
    title: 'the placeholder is replaced nowhere but in its place',
    secrets: [TOKEN],
    net: BOTH,
    answers: { '/bound/a': reply(), '/bound/b': reply() },
    run: `const token = ctx.secrets.TOKEN, half = token.length >> 1;
      const post = (init) => () => get('/bound/a', { method: 'POST', ...init });
      const headers = { authorization: 'Bearer ' + token };
      return await all({
        path: () => get('/bound/' + token), query: () => get('/bound/a?q=' + token), fragment: () => get('/bound/a#' + token),
        host: () => get('https://' + token + '.example.com/'), body: post({ body: 'before ' + token + ' after', headers }),
        json: post({ body: JSON.stringify({ deep: [{ token }] }), headers }), form: post({ body: new URLSearchParams({ token }), headers }),
        stream: post({ body: new Blob(['a', token.slice(0, half), token.slice(half)]).stream(), duplex: 'half' }),
        other: post({ headers: { 'x-other': token } }), name: post({ headers: { [token]: 'x' } }), prefix: post({ headers: { authorization: 'Basic ' + token } }),
        bare: post({ headers: { authorization: token } }), twice: post({ headers: { authorization: 'Bearer ' + token + token } }), more: post({ headers: { authorization: 'Bearer ' + token + ' x' } }),
        lower: post({ headers: { authorization: 'bearer ' + token } }), nested: post({ headers: { authorization: 'Bearer ' + token.slice(0, half) + token + token.slice(half) } }),
        half: () => get('/bound/b', { headers: { 'x-a': token.slice(0, half), 'x-b': token.slice(half) } }),
        elsewhere: () => get('https://other.example.com/bound/b', { headers: { 'x-a': token } }),
        upper: post({ headers: { authorization: 'Bearer ' + token.toUpperCase() } }),
      }).then((found) => Object.entries(found).filter(([name, code]) => name !== 'half' && name !== 'fragment' && code.startsWith('200')));`,
    limits: { fetches: 100 },
    expect: value([]),
    after: (seen) => {
      never(seen);
      check(
        seen.every(({ path }) => path === '/bound/b' || path === '/bound/a'),
        'a placeholder was sent in a path',
      );
    },
  },
  {
    id: 'SE-262',
    title: 'a skill has no credentials of its own for a host that has a secret',
    secrets: [TOKEN],
    net: BOTH,
    answers: { '/bound/a': reply(), '/free': reply() },
    run: `const found = {};
      for (const name of ['authorization', 'Authorization', 'x-api-key', 'X-API-Key', 'api-key', 'x-auth-token', 'cookie', 'proxy-authorization'])
        for (const path of ['/bound/a', '/free']) found[name + path] = await get(path, { headers: { [name]: 'own' } });
      found.user = await get('https://own:key@api.example.com/free');
      return Object.entries(found).filter(([, code]) => code.startsWith('200'));`,
    limits: { fetches: 100 },
    expect: value([]),
    after: (seen) => check(seen.length === 0, 'an own credential was sent'),
  },
];

const REDIRECTED: readonly NetCase[] = [
  {
    id: 'SE-260',
    title: 'to another host that is allowed, and back: only the first request has it',
    net: BOTH,
    secrets: [TOKEN],
    answers: {
      '/bound/there': redirect(302, 'https://other.example.com/bound/back'),
      '/bound/back': redirect(302, 'https://api.example.com/bound/end'),
      '/bound/end': reply('end'),
    },
    run: `return await get('/bound/there', ${AUTHORIZED});`,
    expect: value('200 end'),
    after: (seen) => {
      check(seen.length === 3, `${seen.length} requests`);
      check(carrying(seen).length === 1 && carrying(seen)[0] === seen[0], 'the secret was sent after the first hop');
    },
  },
  {
    id: 'SE-260',
    title: 'to another host by 307 with the body: neither secret nor placeholder goes along',
    net: BOTH,
    secrets: [TOKEN],
    answers: { '/bound/there': redirect(307, 'https://other.example.com/bound/end'), '/bound/end': reply('end') },
    run: `await get('/bound/there', { method: 'POST', body: 'b', ...${AUTHORIZED} }); return ctx.secrets.TOKEN.slice(0, 3);`,
    expect: value('cps'),
    after: (seen) => {
      const beyond = seen
        .slice(1)
        .map(({ head }) => head)
        .join('');
      check(!beyond.includes('cps_') && !beyond.includes(SECRET), `beyond: ${beyond}`);
    },
  },
  {
    id: 'SE-260',
    title: 'to where the other side asks for it by name: a Location with a placeholder or a secret in it',
    secrets: [TOKEN],
    answers: {
      '/bound/echo': (socket, { headers }) => {
        const authorization = headers.find(([name]) => name === 'authorization')?.[1] ?? '';
        socket.end(redirect(302, `/free?leak=${encodeURIComponent(authorization.slice('Bearer '.length))}`));
      },
      '/free': echo,
    },
    run: `const text = await get('/bound/echo', ${AUTHORIZED}); return text.includes('leak=canary');`,
    expect: value(false),
    after: (seen) =>
      check(carrying(seen).length === 1 && !seen.some(({ path }) => path.includes('canary')), 'it came back in a URL'),
  },
  {
    id: 'SE-261',
    title: 'within the host to a page that shows its headers: the answer is redacted',
    secrets: [{ ...TOKEN, path: '/**' }],
    answers: { '/there': redirect(302, '/echo'), '/echo': echo },
    run: `const [moved, direct] = [await get('/there', ${AUTHORIZED}), await get('/echo', ${AUTHORIZED})];
      return [moved.includes('canary'), direct.includes('canary'), direct.includes('[redacted:TOKEN]')];`,
    expect: value([false, false, true]),
  },
  {
    id: 'SE-277',
    title: 'a secret in the query is in no address that anybody is shown',
    secrets: [KEY],
    answers: { '/query/a': echo, '/query/there': redirect(302, '/query/end?next=1'), '/query/end': echo },
    run: `const ask = (path) => fetch(BASE + path + '?key=' + ctx.secrets.KEY);
      const [first, moved] = [await ask('/query/a'), await ask('/query/there')];
      const text = first.url + moved.url + await first.text() + await moved.text();
      return [text.includes('canary'), text.includes('[redacted:KEY]'), /referer/i.test(text)];`,
    expect: value([false, true, false]),
    after: (seen) => {
      const paths = seen.map(({ path }) => path);
      check(paths[0] === `/query/a?key=${QUERY_SECRET}`, `asked ${paths[0]}`);
      check(paths[2] === '/query/end?next=1', `moved to ${paths[2]}`);
    },
  },
];

const REACH: readonly NetCase[] = [
  {
    id: 'SE-257',
    title: 'no value, error, header or text that a skill can reach holds it',
    secrets: [TOKEN, KEY],
    answers: { '/bound/a': echo, '/query/a': echo, '/bound/bad': 'nothing of HTTP' },
    input: { shifted: [SECRET, QUERY_SECRET].map((text) => Array.from(text, (one) => one.charCodeAt(0) + 1)) },
    run: `const secrets = input.shifted.map((codes) => String.fromCharCode(...codes.map((code) => code - 1)));
      const response = await fetch(BASE + '/bound/a', ${AUTHORIZED});
      const second = await fetch(BASE + '/query/a?key=' + ctx.secrets.KEY);
      const failed = await fetch(BASE + '/bound/bad', ${AUTHORIZED}).catch((error) => error);
      const refused = await fetch(BASE + '/free', ${AUTHORIZED}).catch((error) => error);
      const roots = [globalThis, ctx, response, second, failed, refused, failed.stack, refused.stack, failed.cause, refused.cause,
        [...response.headers], [...second.headers], await response.text(), await second.text(), response.url, second.url];
      const seen = new Set(), found = [];
      const visit = (value) => {
        if (typeof value === 'string') { if (secrets.some((secret) => value.includes(secret) || secret.startsWith(value) && value.length > 8)) found.push(value.length); return; }
        if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return;
        seen.add(value); queue.push(value);
      };
      const queue = [];
      visit(roots);
      while (queue.length > 0) {
        const value = queue.pop();
        visit(Object.getPrototypeOf(value));
        for (const key of Reflect.ownKeys(value)) {
          if (typeof key === 'string') visit(key);
          try { visit(value[key]); } catch (error) { visit(error); }
        }
      }
      return [found, seen.size > 200];`,
    expect: value([[], true]),
  },
  {
    id: 'SE-269',
    title: 'what the skill holds shows nothing in any form of writing it down',
    secrets: [TOKEN],
    run: `const { TOKEN } = ctx.secrets;
      console.log(ctx.secrets, TOKEN, { TOKEN });
      return [String(TOKEN), JSON.stringify(ctx.secrets), TOKEN + '', structuredClone(ctx.secrets).TOKEN, Object.entries(ctx.secrets).flat().join()].every((text) => text.includes('cps_') && !text.includes('canary'));`,
    expect: value(true),
  },
  {
    id: 'SE-279',
    title: 'names in the place of a star carry little, and few of them',
    net: granted('*.wild.example.com'),
    run: `const long = await get('https://' + 'a'.repeat(60) + '.wild.example.com/');
      const codes = [];
      for (let n = 0; n < 12; n += 1) codes.push(await get('https://data' + n + '.wild.example.com/'));
      return [long, codes.filter((code) => code === 'PERMISSION_NET_SPREAD').length >= 8];`,
    expect: value(['PERMISSION_NET_SPREAD', true]),
  },
];

export const SECRET_CASES: readonly NetCase[] = [...PLACES, ...REDIRECTED, ...REACH];
