import { type AddressBlock, compileBlocks, isInBlock } from './address-block.ts';
import { embeddedIpv4, unmapIpv4 } from './embedded-ipv4.ts';
import { formatIpAddress, type IpAddress, parseIpAddress } from './ip-address.ts';
import { IPV4_BLOCKS } from './ipv4-blocks.ts';
import { IPV6_BLOCKS } from './ipv6-blocks.ts';
import { METADATA_ADDRESSES } from './metadata-addresses.ts';

/** What an address is good for. */
export type AddressVerdict =
  | { readonly kind: 'public' }
  /** `ownNetwork`: the operator may open it by naming a private host; nothing opens the others but the literal address. */
  | { readonly kind: 'special'; readonly name: string; readonly ownNetwork: boolean };

const PUBLIC: AddressVerdict = { kind: 'public' };
const METADATA = compileBlocks(METADATA_ADDRESSES);
const BLOCKS = { 4: compileBlocks(IPV4_BLOCKS), 6: compileBlocks(IPV6_BLOCKS) } as const;

/**
 * Tells whether an address may belong to anybody on the internet. Fails closed: what cannot be read is special. An IPv6 address
 * that carries an IPv4 one has to pass as both. `own` are the addresses of this machine's interfaces: a public one of them still
 * leads to services that trust the machine.
 */
export function judgeAddress(text: string, own: readonly string[] = []): AddressVerdict {
  const address = parseIpAddress(text);
  if (address === undefined) return special('not an address');
  const metadata = METADATA.find((block) => isInBlock(block, address));
  if (metadata !== undefined) return special(metadata.name);
  const verdict = judgeBlocks(address);
  if (verdict.kind === 'special') return verdict;
  const inner = embeddedIpv4(address);
  const innerVerdict = inner === undefined ? PUBLIC : judgeAddress(formatIpAddress(inner.address), own);
  if (innerVerdict.kind === 'special') return special(`${inner?.form} form of ${innerVerdict.name}`);
  return isOneOf(address, own) ? { kind: 'special', name: 'own interface', ownNetwork: true } : PUBLIC;
}

/** Tells whether two texts name one address; a mapped IPv4 address is the IPv4 address. */
export function isSameAddress(one: string, other: string): boolean {
  const [left, right] = [plain(one), plain(other)];
  return left !== undefined && left === right;
}

function judgeBlocks(address: IpAddress): AddressVerdict {
  const block = BLOCKS[address.family].find((candidate) => isInBlock(candidate, address));
  if (block !== undefined) return block.reachable ? PUBLIC : ofBlock(block);
  // RFC 4291, section 2.4, and the IANA registry of IPv6 space: only 2000::/3 is given out.
  const isGlobalUnicast = address.family === 4 || (address.words[0] ?? 0) >> 13 === 1;
  return isGlobalUnicast ? PUBLIC : special('not global unicast');
}

function ofBlock({ name, ownNetwork }: AddressBlock): AddressVerdict {
  return { kind: 'special', name, ownNetwork: ownNetwork === true };
}

function special(name: string): AddressVerdict {
  return { kind: 'special', name, ownNetwork: false };
}

function isOneOf(address: IpAddress, own: readonly string[]): boolean {
  const text = formatIpAddress(address);
  return own.some((candidate) => isSameAddress(candidate, text));
}

function plain(text: string): string | undefined {
  const address = parseIpAddress(text);
  return address === undefined ? undefined : formatIpAddress(unmapIpv4(address));
}
