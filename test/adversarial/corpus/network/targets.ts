import { value } from '../../expected.ts';
import { granted, type NetCase } from '../../net-case.ts';
import { type RawRequest, reply } from '../../servers/raw-server.ts';

const HOST_CODE = 'PERMISSION_NET_HOST';

function none(seen: readonly RawRequest[]): void {
  if (seen.length > 0) throw new Error(`sent: ${seen[0]?.head}`);
}

const ANSWERS = { '/': reply(), '/a': reply('a') };

/** Every one of these is refused; with `codes`, by one of them. Nothing reaches a server. */
function refused(id: string, title: string, urls: readonly string[], ...codes: readonly string[]): NetCase {
  return {
    id,
    title,
    answers: ANSWERS,
    input: { urls, codes },
    limits: { fetches: 200 },
    run: `const found = {};
      for (const url of input.urls) { const code = await get(url); if (!input.codes.includes(code)) found[url] = code; }
      return found;`,
    expect: value({}),
    after: none,
  };
}

const NAMES: readonly NetCase[] = [
  refused(
    'NU-196',
    'a host that is not granted, however much it looks like one that is',
    [
      'https://evil-api.example.com/',
      'https://xapi.example.com/',
      'https://example.com/',
      'https://api.example.com.evil.test/',
      'https://api.example.co/',
      'https://apiXexample.com/',
      'https://sub.api.example.com/',
      'https://evil.test/?https://api.example.com/',
      'https://evil.test/#api.example.com',
    ],
    HOST_CODE,
  ),
  refused(
    'NU-196',
    'a granted host as the user of another, or with a user of its own',
    [
      'https://api.example.com@evil.test/',
      'https://api.example.com:443@evil.test/',
      'https://api.example.com%2f@evil.test/',
      'https://user@api.example.com/',
      'https://user:password@api.example.com/',
    ],
    'TypeError',
    HOST_CODE,
    'NET_BAD_URL',
  ),
  refused(
    'NU-198',
    'a host with a character that ends or splits names',
    ['\\0', '%00', '\\r', '%0d', '\\n', '%0a', ' ', '%20', '%09', '%5c', '%23', '%3f', '%40', '%2e%00', '%25'].map(
      (trick) =>
        `https://api.example.com${trick.replace('\\0', '\0').replace('\\r', '\r').replace('\\n', '\n')}.evil.test/`,
    ),
    'TypeError',
    HOST_CODE,
    'NET_BAD_URL',
  ),
  refused(
    'NU-198',
    'a host that a backslash, a tab or a question mark ends early',
    [
      'https://evil.test\\@api.example.com/',
      'https://evil.test\t.api.example.com/',
      'https://evil.test?.api.example.com/',
      'https:/\\evil.test/',
    ],
    HOST_CODE,
  ),
  refused(
    'NU-213',
    'a trailing dot makes another name',
    ['https://api.example.com./', 'https://api.example.com.:443/'],
    HOST_CODE,
    'NET_BAD_URL',
  ),
];

const LITERALS: readonly NetCase[] = [
  refused(
    'NU-199',
    'IPv4 addresses in every spelling',
    [
      '127.0.0.1',
      '2130706433',
      '0x7f000001',
      '0x7f.1',
      '127.1',
      '127.0.1',
      '0177.0.0.1',
      '0177.0.0x1',
      '017700000001',
      '127.0.0.1.',
      '10.0.0.1',
      '192.168.1.1',
      '172.16.0.1',
      '169.254.169.254',
      '2852039166',
      '0xa9fea9fe',
      '0xA9.0xFE.0xA9.0xFE',
      '0251.0376.0251.0376',
      '100.100.100.200',
      '0',
      '0.0.0.0',
      '%31%32%37.0.0.1',
      '127。0。0。1',
      '①②⑦.⓪.⓪.①',
    ].map((host) => `https://${host}/`),
    HOST_CODE,
  ),
  refused(
    'NU-199',
    'numbers that are no address are no host either',
    ['256.0.0.1', '4294967296', '127.0.0.0x100', '1.2.3.4.5', '0x1ffffffff', '09.1.1.1'].map(
      (host) => `https://${host}/`,
    ),
    'TypeError',
    HOST_CODE,
    'NET_BAD_URL',
  ),
  refused(
    'NU-200',
    'IPv6 addresses in every spelling',
    [
      '[::1]',
      '[::]',
      '[0:0:0:0:0:0:0:1]',
      '[0000:0000:0000:0000:0000:0000:0000:0001]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[::127.0.0.1]',
      '[::ffff:0:127.0.0.1]',
      '[64:ff9b::127.0.0.1]',
      '[64:ff9b:1::7f00:1]',
      '[2002:7f00:1::]',
      '[2001:0:7f00:1::]',
      '[fe80::1]',
      '[fe80::5efe:127.0.0.1]',
      '[fec0::1]',
      '[fc00::1]',
      '[fd00:ec2::254]',
      '[fd20:ce::254]',
      '[2001:db8::1]',
      '[ff02::1]',
      '[2606:4700::1111]',
    ].map((host) => `https://${host}/`),
    HOST_CODE,
  ),
  refused(
    'NU-200',
    'a zone is no part of an address in a URL',
    ['https://[fe80::1%25eth0]/', 'https://[fe80::1%eth0]/', 'https://[::1%25lo]/'],
    'TypeError',
    HOST_CODE,
    'NET_BAD_URL',
  ),
];

const WILDCARD: readonly NetCase[] = [
  {
    id: 'NU-211',
    title: 'a wildcard stands for exactly one label',
    net: granted('*.example.com'),
    answers: ANSWERS,
    input: {
      urls: [
        'https://example.com/',
        'https://.example.com/',
        'https://a.b.example.com/',
        'https://com/',
        'https://aexample.com/',
        'https://a.example.com.evil.test/',
        'https://*.example.com/',
        'https://-.example.net/',
        'https://api.example.com.evil.test/',
      ],
    },
    run: "const found = {}; for (const url of input.urls) { const code = await get(url); if (code.startsWith('200')) found[url] = code; } return [found, await get('/')];",
    expect: value([{}, '200 ok']),
    after: (seen) => {
      if (seen.length !== 1) throw new Error('more than the one that is covered');
    },
  },
  refused(
    'NU-212',
    'an international name is its A-label, and looks like nothing else',
    [
      'https://аpi.example.com/',
      'https://xn--pi-7kc.example.com/',
      'https://api.example.ⅽom.evil.test/',
      'https://apı.example.com/',
      'https://xn--api.example.com/',
    ],
    HOST_CODE,
    'TypeError',
    'NET_BAD_URL',
  ),
];

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

export const TARGET_CASES: readonly NetCase[] = [...NAMES, ...LITERALS, ...WILDCARD, ...PORTS, ...FORMS, ...LENGTHS];
