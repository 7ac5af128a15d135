import { type IpAddress, parseIpAddress } from './ip-address.ts';

/** One row of a table of address blocks. */
export interface BlockRow {
  /** `address/prefix length`. */
  readonly block: string;
  readonly name: string;
  readonly rfc: string;
  /** Whether anybody on the internet may be meant by it. */
  readonly reachable: boolean;
  /** Somebody's own network or machine: what an operator who names a private host has in mind. */
  readonly ownNetwork?: true;
}

/** A row, ready to be compared with. */
export interface AddressBlock extends BlockRow {
  readonly base: IpAddress;
  readonly prefix: number;
}

/** The most specific block first, so that the first that holds an address is the one that counts. Throws on a bad row. */
export function compileBlocks(rows: readonly BlockRow[]): readonly AddressBlock[] {
  return rows.map(compileBlock).toSorted((one, other) => other.prefix - one.prefix);
}

/** Tells whether the address lies in the block; an address of the other family never does. */
export function isInBlock({ base, prefix }: AddressBlock, { family, words }: IpAddress): boolean {
  if (family !== base.family) return false;
  let left = prefix;
  for (let index = 0; left > 0; index += 1, left -= 16) {
    const shift = Math.max(0, 16 - left);
    if ((words[index] ?? -1) >> shift !== (base.words[index] ?? -2) >> shift) return false;
  }
  return true;
}

function compileBlock(row: BlockRow): AddressBlock {
  const [text = '', length = ''] = row.block.split('/');
  const base = parseIpAddress(text);
  const prefix = Number(length);
  if (base === undefined || !Number.isInteger(prefix) || prefix < 1 || prefix > base.words.length * 16)
    throw new TypeError(`Cannot compile address block "${row.block}": not an address and a prefix length`);
  return { ...row, base, prefix };
}
