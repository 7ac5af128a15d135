import type { IpAddress } from './ip-address.ts';

interface Embedding {
  readonly form: string;
  readonly holds: (words: readonly number[]) => boolean;
}

const isZero = (words: readonly number[]): boolean => words.every((word) => word === 0);

/**
 * Forms that pass by their own block and lead to the IPv4 address in their last two words. IPv4-compatible, translated, local
 * NAT64, 6to4 and Teredo addresses are refused by their blocks, whatever they carry.
 */
const EMBEDDINGS: readonly Embedding[] = [
  // RFC 6052, section 2.1: where there is NAT64, every public IPv4 service has such an address.
  { form: 'NAT64', holds: (words) => words[0] === 0x64 && words[1] === 0xff9b && isZero(words.slice(2, 6)) },
  // RFC 5214, section 6.1, with and without the universal bit: an interface identifier, below any prefix.
  { form: 'ISATAP', holds: (words) => (words[4] === 0 || words[4] === 0x200) && words[5] === 0x5efe },
];

/** The IPv4 address that an IPv6 address leads to, with the name of the form. */
export function embeddedIpv4({ family, words }: IpAddress): { form: string; address: IpAddress } | undefined {
  if (family === 4) return undefined;
  const embedding = EMBEDDINGS.find(({ holds }) => holds(words));
  if (embedding === undefined) return undefined;
  return { form: embedding.form, address: { family: 4, words: words.slice(6) } };
}

/** IPv4 for an IPv4-mapped address (RFC 4291, section 2.5.5.2), which is how a dual-stack socket names an IPv4 peer. */
export function unmapIpv4(address: IpAddress): IpAddress {
  const { family, words } = address;
  const isMapped = family === 6 && isZero(words.slice(0, 5)) && words[5] === 0xffff;
  return isMapped ? { family: 4, words: words.slice(6) } : address;
}
