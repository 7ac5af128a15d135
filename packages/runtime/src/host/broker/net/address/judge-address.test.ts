import { describe, expect, it } from 'vitest';
import { formatIpAddress, parseIpAddress } from './ip-address.ts';
import { IPV4_BLOCKS } from './ipv4-blocks.ts';
import { IPV6_BLOCKS } from './ipv6-blocks.ts';
import { isSameAddress, judgeAddress } from './judge-address.ts';
import { METADATA_ADDRESSES } from './metadata-addresses.ts';

const isPublic = (address: string, own: readonly string[] = []): boolean =>
  judgeAddress(address, own).kind === 'public';
const ROWS = [...IPV4_BLOCKS, ...IPV6_BLOCKS];

/** First and last address of a block. */
function edges(block: string): readonly [string, string] {
  const [text = '', length = ''] = block.split('/');
  const address = parseIpAddress(text);
  if (address === undefined) throw new TypeError(block);
  const words = address.words.map((word, index) => {
    const free = Math.min(16, Math.max(0, (index + 1) * 16 - Number(length)));
    return word | (2 ** free - 1);
  });
  return [text, formatIpAddress({ ...address, words })];
}

describe('judgeAddress', () => {
  it.each(ROWS.filter(({ reachable }) => !reachable))(
    'NU-200 NU-203 refuses both ends of $block ($name, $rfc)',
    (row) => {
      for (const address of edges(row.block)) expect(judgeAddress(address)).toMatchObject({ kind: 'special' });
    },
  );

  it.each(ROWS.filter(({ reachable, block }) => reachable && !block.startsWith('64:ff9b')))(
    'lets $block pass ($name, $rfc)',
    (row) => {
      for (const address of edges(row.block)) expect(judgeAddress(address)).toEqual({ kind: 'public' });
    },
  );

  it.each(METADATA_ADDRESSES)('NU-202 refuses $block ($name) for everybody', ({ block }) => {
    const [address = ''] = block.split('/');
    expect(judgeAddress(address)).toMatchObject({ kind: 'special', ownNetwork: false });
  });

  it.each(['8.8.8.8', '1.1.1.1', '223.255.255.255', '11.0.0.0', '172.15.255.255', '172.32.0.0', '2606:4700::1111'])(
    'lets the public %s pass',
    (address) => expect(isPublic(address)).toBe(true),
  );

  it.each(['4000::1', '1fff:ffff::1', '::2:3:4:5', 'e000::1'])('refuses %s: outside 2000::/3', (address) =>
    expect(judgeAddress(address)).toMatchObject({ name: 'not global unicast' }),
  );

  it.each([
    ['64:ff9b::127.0.0.1', false],
    ['64:ff9b::a9fe:a9fe', false],
    ['64:ff9b::8.8.8.8', true],
    ['64:ff9b:1::8.8.8.8', false],
    ['2606:4700::5efe:10.0.0.1', false],
    ['2606:4700::200:5efe:10.0.0.1', false],
    ['2606:4700::5efe:8.8.8.8', true],
    ['::ffff:8.8.8.8', false],
    ['::ffff:127.0.0.1', false],
    ['::8.8.8.8', false],
    ['::ffff:0:8.8.8.8', false],
    ['2002:7f00:1::', false],
    ['2002:808:808::', false],
    ['2001:0:4136:e378:8000:63bf:3fff:fdd2', false],
    ['fec0::1', false],
  ])('NU-200 judges %s with the IPv4 address it carries: public is %s', (address, expected) =>
    expect(isPublic(address)).toBe(expected),
  );

  it.each([
    '',
    '127.1',
    '0x7f.1',
    '0177.0.0.1',
    '2130706433',
    '1.2.3.256',
    '1.2.3',
    '1.2.3.4.5',
    'fe80::1%eth0',
    ':::',
    '1::2::3',
    '::ffff:1.2.3',
    '12345::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8',
    '[::1]',
    '1.2.3.4 ',
    ' 1.2.3.4',
    '1.2.3.4:80',
    '١.2.3.4',
    'g::1',
    `${'0'.repeat(60)}::1`,
  ])('NU-199 refuses %j: not one of the two spellings', (address) =>
    expect(judgeAddress(address)).toEqual({ kind: 'special', name: 'not an address', ownNetwork: false }),
  );

  it("NU-204 refuses the machine's own public address, also inside another form", () => {
    const own = ['203.0.114.7', '2606:4700::7'];
    expect(isPublic('203.0.114.7')).toBe(true);
    expect(judgeAddress('203.0.114.7', own)).toEqual({ kind: 'special', name: 'own interface', ownNetwork: true });
    expect(isPublic('2606:4700:0:0::7', own)).toBe(false);
    expect(isPublic('64:ff9b::203.0.114.7', own)).toBe(false);
    expect(isPublic('203.0.114.8', own)).toBe(true);
  });

  it.each(['10.1.2.3', '172.16.0.1', '192.168.1.1', '127.0.0.1', '100.64.0.1', '::1', 'fd12::1'])(
    'tells that %s is of an own network',
    (address) => expect(judgeAddress(address)).toMatchObject({ kind: 'special', ownNetwork: true }),
  );

  it.each(['169.254.1.1', '0.0.0.0', '224.0.0.1', '255.255.255.255', 'fe80::1', 'ff02::1', '::'])(
    'tells that %s is not: no name may lead there',
    (address) => expect(judgeAddress(address)).toMatchObject({ kind: 'special', ownNetwork: false }),
  );
});

describe('isSameAddress', () => {
  it.each([
    ['127.0.0.1', '::ffff:127.0.0.1', true],
    ['2606:4700::1', '2606:4700:0:0:0:0:0:1', true],
    ['8.8.8.8', '8.8.4.4', false],
    ['nonsense', 'nonsense', false],
  ])('%s and %s: %s', (one, other, expected) => expect(isSameAddress(one, other)).toBe(expected));
});
