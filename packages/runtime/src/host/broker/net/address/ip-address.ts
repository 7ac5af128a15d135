/** An address as 16-bit words, most significant first: two for IPv4, eight for IPv6. */
export interface IpAddress {
  readonly family: 4 | 6;
  readonly words: readonly number[];
}

const OCTET = /^(?:0|[1-9][0-9]{0,2})$/;
const HEXTET = /^[0-9a-f]{1,4}$/i;

/**
 * Reads an address in the spellings of RFC 6943, section 3.1.1 (four decimal octets), and RFC 4291, section 2.2. Undefined
 * for everything else: octal, hexadecimal and short IPv4 (which resolvers read in different ways), zone ids, ports.
 */
export function parseIpAddress(text: string): IpAddress | undefined {
  if (text.length > 45) return undefined;
  const words = text.includes(':') ? readIpv6(text) : readIpv4(text);
  if (words === undefined) return undefined;
  return { family: words.length === 2 ? 4 : 6, words };
}

/** One text for each address: IPv4 dotted, IPv6 as eight words without compression. For comparing and for records. */
export function formatIpAddress({ family, words }: IpAddress): string {
  if (family === 6) return words.map((word) => word.toString(16)).join(':');
  return words.flatMap((word) => [word >> 8, word & 0xff]).join('.');
}

function readIpv4(text: string): readonly number[] | undefined {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => OCTET.test(octet))) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = octets.map(Number);
  if (Math.max(a, b, c, d) > 255) return undefined;
  return [a * 256 + b, c * 256 + d];
}

function readIpv6(text: string): readonly number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = '', tail] = halves;
  const before = readWords(head, tail === undefined);
  const after = tail === undefined ? [] : readWords(tail, true);
  if (before === undefined || after === undefined) return undefined;
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  return [...before, ...Array.from({ length: missing }, () => 0), ...after];
}

/** Words between colons; the last one of an address may be an IPv4 address. */
function readWords(text: string, isEnd: boolean): readonly number[] | undefined {
  if (text === '') return [];
  const words: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const embedded = isEnd && index === parts.length - 1 && part.includes('.') ? readIpv4(part) : undefined;
    if (embedded !== undefined) words.push(...embedded);
    else if (HEXTET.test(part)) words.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return words;
}
