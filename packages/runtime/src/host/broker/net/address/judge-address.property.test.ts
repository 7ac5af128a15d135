import { isIPv4, isIPv6 } from 'node:net';
import { describe, expect, it } from 'vitest';
import { IPV4_BLOCKS } from './ipv4-blocks.ts';
import { IPV6_BLOCKS } from './ipv6-blocks.ts';
import { judgeAddress } from './judge-address.ts';
import { METADATA_ADDRESSES } from './metadata-addresses.ts';

/** Enough for each edge of each block many times over; the long run is for a release. */
const ROUNDS = Number(process.env['CARAPACE_ADDRESS_ROUNDS'] ?? 1_000_000);

/** mulberry32: the same addresses in every run, so that a failure can be repeated. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** The address as one big number, read by another way than the product's: expanded by the URL parser. */
function toNumber(text: string): bigint {
  if (isIPv4(text)) return text.split('.').reduce((sum, octet) => sum * 256n + BigInt(octet), 0n);
  const host = new URL(`http://[${text}]/`).hostname.slice(1, -1);
  const [head = '', tail = ''] = host.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === '' ? [] : tail.split(':');
  const gap = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...gap, ...after].reduce((sum, word) => sum * 65_536n + BigInt(`0x${word}`), 0n);
}

interface SlowRow {
  readonly base: bigint;
  readonly mask: bigint;
  readonly prefix: number;
  readonly reachable: boolean;
}

function slowRows(rows: readonly { readonly block: string; readonly reachable: boolean }[], family: 4 | 6): SlowRow[] {
  const bits = family === 4 ? 32 : 128;
  return rows.flatMap(({ block, reachable }) => {
    const [text = '', length = ''] = block.split('/');
    if ((family === 4) !== isIPv4(text)) return [];
    const prefix = Number(length);
    return [{ base: toNumber(text), mask: ((1n << BigInt(prefix)) - 1n) << BigInt(bits - prefix), prefix, reachable }];
  });
}

const SLOW = {
  4: slowRows([...IPV4_BLOCKS, ...METADATA_ADDRESSES], 4),
  6: slowRows([...IPV6_BLOCKS, ...METADATA_ADDRESSES], 6),
} as const;

/** The rule said anew: the longest row decides; no row, then all of IPv4 and 2000::/3 are public; a carried IPv4 too must pass. */
function slowIsPublic(value: bigint, family: 4 | 6): boolean {
  const rows = SLOW[family].filter(({ base, mask }) => (value & mask) === base);
  const longest = rows.reduce<SlowRow | undefined>(
    (best, row) => (best && best.prefix >= row.prefix ? best : row),
    undefined,
  );
  const reachable = longest?.reachable ?? (family === 4 || value >> 125n === 1n);
  if (!reachable || family === 4) return reachable;
  const isNat64 = value >> 32n === 0x64ff9b0000000000000000n;
  const identifier = (value >> 32n) & 0xffffffffn;
  const isIsatap = identifier === 0x5efen || identifier === 0x2005efen;
  return isNat64 || isIsatap ? slowIsPublic(value & 0xffffffffn, 4) : true;
}

function toText(value: bigint, family: 4 | 6): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => Number((value >> shift) & 255n)).join('.');
  return Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16)).join(
    ':',
  );
}

/** One address in two is at most three steps from an edge of a block; of IPv6, some carry IPv4. */
function randomAddress(next: () => number, family: 4 | 6): bigint {
  const size = family === 4 ? 32n : 128n;
  const whole = (1n << size) - 1n;
  const draw = (): bigint =>
    family === 4 ? BigInt(next()) : [0, 1, 2, 3].reduce((sum) => (sum << 32n) | BigInt(next()), 0n);
  const kind = next() % 8;
  const rows = SLOW[family];
  const row = rows[next() % rows.length];
  if (kind < 4 && row !== undefined) {
    const edge = next() % 2 === 0 ? row.base : row.base | (whole & ~row.mask);
    return (edge + BigInt((next() % 7) - 3)) & whole;
  }
  if (kind === 4 && row !== undefined) return (row.base | (draw() & ~row.mask)) & whole;
  if (kind === 5 && family === 6) {
    const carried = randomAddress(next, 4);
    if (next() % 2 === 0) return (0x64ff9bn << 96n) | carried;
    return (0x2606n << 112n) | (next() % 2 === 0 ? 0x5efe00000000n : 0x2005efe00000000n) | carried;
  }
  return draw();
}

describe('judgeAddress against a slow rule of its own', () => {
  it(`agrees on ${ROUNDS} addresses, half of them at the edges of blocks`, () => {
    const next = randomNumbers(20_261_122);
    let special = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const family = round % 2 === 0 ? 4 : 6;
      const value = randomAddress(next, family);
      const text = toText(value, family);
      const isPublic = judgeAddress(text).kind === 'public';
      if (isPublic !== slowIsPublic(value, family))
        throw new Error(`${text}: judged ${isPublic ? 'public' : 'special'}`);
      if (!isPublic) special += 1;
    }
    expect(special).toBeGreaterThan(ROUNDS / 5);
    expect(special).toBeLessThan((ROUNDS * 4) / 5);
  }, 120_000);

  it('reads what Node reads as an address, and nothing else', () => {
    const next = randomNumbers(7);
    const alphabet = ['0', '1', '9', 'f', ':', '::', '.', '127', 'ffff', '255', '256', '%', 'x'];
    for (let round = 0; round < 100_000; round += 1) {
      const text = Array.from({ length: next() % 14 }, () => alphabet[next() % alphabet.length]).join('');
      const isAddress = isIPv4(text) || (isIPv6(text) && !text.includes('%'));
      const verdict = judgeAddress(text);
      if ((verdict.kind === 'special' && verdict.name === 'not an address') === isAddress) throw new Error(text);
    }
    expect.assertions(0);
  });
});
