import { value } from '../../expected.ts';
import type { NetCase } from '../../net-case.ts';
import { reply } from '../../servers/raw-server.ts';
import { ANSWERS, HOST_CODE, none, refused } from './refused-urls.ts';

const PORTS: readonly NetCase[] = [
  refused(
    'NU-213',
    'a port that is not granted, or is none',
    [
      'https://api.example.com:444/',
      'https://api.example.com:80/',
      'https://api.example.com:0/',
      'https://api.example.com:22/',
      'http://api.example.com/',
      'http://api.example.com:443/',
    ],
    'PERMISSION_NET_PORT',
    'PERMISSION_NET_SCHEME',
    HOST_CODE,
  ),
  refused(
    'NU-213',
    'a port beyond 65535',
    ['https://api.example.com:65536/', 'https://api.example.com:99999999999/'],
    'TypeError',
  ),
  {
    id: 'NU-213',
    title: 'the port of the scheme is the same port whether written or not',
    answers: ANSWERS,
    run: "return [await get('https://api.example.com/'), await get('https://api.example.com:443/'), await get('https://api.example.com:/')];",
    expect: value(['200 ok', '200 ok', '200 ok']),
  },
];

const FORMS: readonly NetCase[] = [
  refused(
    'NU-226',
    'schemes that lead elsewhere',
    [
      'unix:/var/run/docker.sock',
      'http+unix://%2Fvar%2Frun%2Fdocker.sock/info',
      'http://unix:/var/run/docker.sock:/info',
      'file:///etc/passwd',
      'data:text/plain,planted',
      'javascript:1',
      'ftp://api.example.com/',
      'ws://api.example.com/',
      'wss://api.example.com/',
      'blob:https://api.example.com/1',
      'about:blank',
      'https+insecure://api.example.com/',
    ],
    'TypeError',
    'PERMISSION_NET_SCHEME',
    HOST_CODE,
    'NET_BAD_URL',
  ),
  {
    id: 'NU-215',
    title: 'what is decided on is what is dialled: objects are read once',
    answers: ANSWERS,
    run: `const found = {};
      const twice = (first, then) => { let reads = 0; return { toString() { reads += 1; return reads === 1 ? first : then; } }; };
      found.text = await get(twice(BASE + '/a', 'https://evil.test/'));
      found.evilFirst = await get(twice('https://evil.test/', BASE + '/a'));
      class Lying extends Request { get url() { return 'https://evil.test/'; } }
      found.request = await get(new Lying(BASE + '/a'));
      const url = new URL(BASE + '/a'); Object.defineProperty(url, 'href', { get: () => 'https://evil.test/' });
      found.url = await get(url);
      const proxied = new Proxy(new Request(BASE + '/a'), { get: (target, key) => key === 'url' ? 'https://evil.test/' : Reflect.get(target, key) });
      found.proxy = await get(proxied);
      return Object.entries(found).filter(([, code]) => code !== '200 a');`,
    expect: value([
      ['evilFirst', HOST_CODE],
      ['proxy', 'TypeError'],
    ]),
    after: (seen) => {
      if (seen.length !== 3 || seen.some(({ path }) => path !== '/a')) throw new Error(`${seen.length} requests`);
    },
  },
  refused(
    'NU-215',
    'addresses that say no host',
    ['relative', ' //api.example.com/', 'a/b', '', '?', 'https://', 'https:'],
    'TypeError',
    'NET_BAD_URL',
  ),
  {
    id: 'NU-228',
    title: 'options of the library below are not read',
    answers: ANSWERS,
    run: `const touched = [];
      const trap = (name) => ({ get() { touched.push(name); return 'x'; }, enumerable: true });
      const init = { redirect: 'follow' };
      for (const name of ['dispatcher', 'connect', 'lookup', 'dns', 'maxRedirections', 'origin', 'upgrade', 'socketPath', 'agent', 'path', 'hostname', 'host', 'port', 'family', 'allowH2', 'tls', 'rejectUnauthorized', 'ca', 'proxy', 'insecureHTTPParser', 'throwOnError', 'blocking', 'reset'])
        Object.defineProperty(init, name, trap(name));
      return [await get('/', init), touched];`,
    expect: value(['200 ok', []]),
  },
];

const LENGTHS: readonly NetCase[] = [
  {
    id: 'NU-216',
    title: 'addresses of 100,000 characters and of 10,000 parameters are refused',
    answers: ANSWERS,
    run: `return await all({
      path: () => get('/' + 'p'.repeat(100_000)), query: () => get('/?' + 'q=1&'.repeat(10_000)),
      escaped: () => get('/' + '\\u00e9'.repeat(20_000)), host: () => get('https://' + 'a.'.repeat(2_000) + 'example.com/'), label: () => get('https://' + 'a'.repeat(64) + '.example.com/'),
    }).then((found) => Object.entries(found).filter(([, code]) => code.startsWith('200') || code === 'done'));`,
    expect: value([]),
    after: none,
  },
  {
    id: 'NU-217',
    title: 'a path is a path of the granted host, whatever it looks like',
    answers: {
      '//evil.test/a': reply('1'),
      '/https://evil.test/': reply('2'),
      '/%0d%0aHost:%20evil.test': reply('3'),
      '/a%20b': reply('4'),
    },
    run: "return [await get('//evil.test/a'), await get('/https://evil.test/'), await get('/%0d%0aHost:%20evil.test'), await get('/a b'), await get('/a\\r\\nb\\0').then((code) => code.startsWith('404') || !code.startsWith('2'))];",
    expect: value(['200 1', '200 2', '200 3', '200 4', true]),
    after: (seen) => {
      for (const { head, headers } of seen) {
        if (headers.find(([name]) => name === 'host')?.[1] !== 'api.example.com') throw new Error(`sent: ${head}`);
      }
    },
  },
];

export const FORM_CASES: readonly NetCase[] = [...PORTS, ...FORMS, ...LENGTHS];
