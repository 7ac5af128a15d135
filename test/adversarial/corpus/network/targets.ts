import { value } from '../../expected.ts';
import { granted, type NetCase } from '../../net-case.ts';
import { ANSWERS, HOST_CODE, refused } from './refused-urls.ts';

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

export const TARGET_CASES: readonly NetCase[] = [...NAMES, ...LITERALS, ...WILDCARD];
