import { value } from '../../expected.ts';
import { granted, type NetCase } from '../../net-case.ts';
import { type RawRequest, redirect, reply } from '../../servers/raw-server.ts';

const TWO = granted('api.example.com', 'other.example.com');

function hostOf({ headers }: RawRequest): string | undefined {
  return headers.find(([name]) => name === 'host')?.[1];
}

/** Redirects to places where nothing may be sent. */
function refused(id: string, title: string, locations: readonly string[], ...codes: readonly string[]): NetCase {
  return {
    id,
    title,
    answers: Object.fromEntries(locations.map((location, at) => [`/${at}`, redirect(302, location)])),
    input: { locations, codes },
    limits: { fetches: 200 },
    run: `const found = {};
      for (const [at, location] of input.locations.entries()) {
        const code = await get('/' + at);
        if (!input.codes.includes(code)) found[location] = code;
      }
      return found;`,
    expect: value({}),
    after: (seen) => {
      if (seen.length !== locations.length) throw new Error(`asked ${seen.length} times`);
    },
  };
}

const PERMISSION = [
  'PERMISSION_NET_HOST',
  'PERMISSION_NET_SCHEME',
  'PERMISSION_NET_PORT',
  'PERMISSION_NET_ADDRESS',
  'PERMISSION_NET_REDIRECT',
  'NET_BAD_URL',
  'NET_REDIRECT',
];

const PLACES: readonly NetCase[] = [
  refused(
    'NU-219',
    'to another scheme, port, host, address or user',
    [
      'http://api.example.com/',
      'https://api.example.com:8443/',
      'https://127.0.0.1/',
      'https://2130706433/',
      'https://[::1]/',
      'https://[::ffff:127.0.0.1]/',
      '//evil.test/',
      '\\\\evil.test/',
      '/\\evil.test/',
      'http:/\\evil.test/',
      'https://api.example.com@evil.test/',
      'https://user:password@api.example.com/',
      'https://other.example.com/',
      'https://api.example.com./',
      'https://localhost/',
      'https://metadata.google.internal/',
    ],
    ...PERMISSION,
  ),
  refused(
    'NU-220',
    'to a scheme that is none of the network',
    [
      'file:///etc/passwd',
      'data:text/plain,planted',
      'javascript:alert(1)',
      'ftp://api.example.com/',
      'unix:/run/docker.sock',
      'about:blank',
      'blob:null/1',
    ],
    ...PERMISSION,
  ),
];

const CHAINS: readonly NetCase[] = [
  {
    id: 'NU-221',
    title: 'twenty of them, or a circle, come to an end',
    answers: {
      ...Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`/${at}`, redirect(302, `/${at + 1}`)])),
      '/20': reply('arrived'),
      '/circle': redirect(302, '/circle'),
      '/last': redirect(302, '/end'),
      '/end': reply('end'),
    },
    run: "return [await get('/0'), await get('/circle'), await get('/last')];",
    expect: value(['NET_REDIRECT', 'NET_REDIRECT', '200 end']),
    after: (seen) => {
      if (seen.length > 16) throw new Error(`${seen.length} requests`);
    },
  },
  {
    id: 'NU-221',
    title: 'each costs a fetch of the budget',
    answers: { '/circle': redirect(302, '/circle') },
    limits: { fetches: 3 },
    run: "return await get('/circle');",
    expect: { kind: 'error', code: 'ERR_CARAPACE_BUDGET_FETCHES' },
    after: (seen) => {
      if (seen.length !== 3) throw new Error(`${seen.length} requests`);
    },
  },
  {
    id: 'NU-221',
    title: 'a Location of a megabyte, two of them, and none',
    answers: {
      '/long': redirect(302, `/${'l'.repeat(2 ** 20)}`),
      '/longer': redirect(302, `/${'l'.repeat(12_000)}`),
      '/two': redirect(302, '/planted', 'https://evil.test/'),
      '/none': redirect(302),
      '/planted': reply('planted'),
    },
    run: "const none = await get('/none'); return [await get('/long'), await get('/longer'), await get('/two'), none];",
    expect: value(['NET_RESPONSE_HEADERS', 'NET_BAD_URL', 'NET_REDIRECT', '302 elsewhere']),
    after: (seen) => {
      if (seen.some(({ path }) => path === '/planted')) throw new Error('one of two was followed');
    },
  },
];

const CARRIED: readonly NetCase[] = [
  {
    id: 'NU-222',
    title: 'a body goes where the method goes, and never to another origin with its headers',
    net: TWO,
    answers: {
      '/303': redirect(303, '/here'),
      '/302': redirect(302, '/here'),
      '/307': redirect(307, '/here'),
      '/away': redirect(307, 'https://other.example.com/there'),
      '/here': reply('here'),
      '/there': reply('there'),
    },
    run: `const init = { method: 'POST', body: 'private', headers: { 'x-api-version': '7', authorization: 'Bearer own', 'content-type': 'text/plain' } };
      const found = {};
      for (const path of ['/303', '/302', '/307', '/away']) found[path] = await get(path, init);
      return found['/303'] + ' ' + found['/302'] + ' ' + found['/307'];`,
    expect: value('200 here 200 here 200 here'),
    after: (seen) => {
      const here = seen
        .filter(({ path }) => path === '/here')
        .map(({ method, body }) => `${method} ${body.toString()}`);
      if (here.join() !== 'GET ,GET ,POST private') throw new Error(`here: ${here.join()}`);
      for (const request of seen.filter((one) => hostOf(one) === 'other.example.com')) {
        if (/private|own|x-api-version/.test(request.head + request.body.toString())) throw new Error(request.head);
      }
    },
  },
  {
    id: 'NU-222',
    title: 'headers that were set for one origin stay there, also on the way back',
    net: TWO,
    answers: {
      '/there': redirect(302, 'https://other.example.com/back'),
      '/back': redirect(302, 'https://api.example.com/end'),
      '/end': reply('end'),
    },
    run: "return await get('/there', { headers: { authorization: 'Bearer own', 'x-token': 'private' } });",
    expect: value('200 end'),
    after: (seen) => {
      const carried = seen.map(({ headers }) =>
        headers.some(([name]) => name === 'authorization' || name === 'x-token'),
      );
      if (carried.join() !== 'true,false,false') throw new Error(carried.join());
    },
  },
  {
    id: 'NU-222',
    title: 'a redirect that is to be an error, or to be shown, is not followed',
    answers: { '/': redirect(302, '/planted'), '/planted': reply('planted') },
    run: `const shown = await fetch(BASE + '/', { redirect: 'manual' });
      return [await get('/', { redirect: 'error' }), shown.type, shown.status, shown.headers.get('location')];`,
    expect: value(['NET_REDIRECT', 'opaqueredirect', 0, null]),
    after: (seen) => {
      if (seen.some(({ path }) => path === '/planted')) throw new Error('followed');
    },
  },
  {
    id: 'NU-223',
    title: 'what is not a redirect moves nothing',
    answers: {
      '/': reply('<meta http-equiv=refresh content="0;url=/planted">', [
        'refresh: 0; url=/planted',
        'link: </planted>; rel=preload',
        'alt-svc: h2="evil.test:443"; ma=86400',
        'content-location: /planted',
        'location: /planted',
      ]),
      '/300': reply('choose', ['location: /planted'], '300 Multiple Choices'),
      '/304': reply('', ['location: /planted'], '304 Not Modified'),
      '/201': reply('made', ['location: /planted'], '201 Created'),
    },
    run: "const codes = []; for (const path of ['/', '/300', '/304', '/201', '/']) codes.push((await get(path)).slice(0, 3)); return codes;",
    expect: value(['200', '300', '304', '201', '200']),
    after: (seen) => {
      if (seen.length !== 5 || seen.some(({ path }) => path === '/planted')) throw new Error('something was followed');
    },
  },
];

export const REDIRECT_CASES: readonly NetCase[] = [...PLACES, ...CHAINS, ...CARRIED];
