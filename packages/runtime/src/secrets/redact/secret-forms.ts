/** Forms shorter than this are not looked for: they would turn up by chance. */
export const SHORTEST_FORM = 8;

/** Parts of a value that are looked for by themselves, as the halves of `ACCESS_KEY_ID:SECRET`. */
const SHORTEST_SEGMENT = 16;

/**
 * The spellings of a value that have to be looked for one by one: as it is, reversed, with `+` for spaces, hexadecimal, base64
 * and base64url at each of the three places it can have in a longer text, and long parts between colons. Percent, JSON and
 * HTML escapes are undone while reading (see escape-reader.ts), and letter case and line breaks are passed over, so these
 * need no forms of their own. Bytes are folded to lower case. Base64 leaves out the characters at both ends that also hold
 * bits of what stands next to the value: up to 4 bits there stay.
 */
export function secretForms(value: string): readonly Uint8Array[] {
  const bytes = Buffer.from(value, 'utf8');
  const segments = value.split(':').filter((segment) => segment.length >= SHORTEST_SEGMENT && segment !== value);
  const texts = [
    value,
    Array.from(value).toReversed().join(''),
    value.replaceAll(' ', '+'),
    bytes.toString('hex'),
    ...base64Forms(bytes),
    ...segments,
  ];
  const folded = new Set(texts.map(foldAscii).filter((text) => Buffer.byteLength(text) >= SHORTEST_FORM));
  return [...folded].map((text) => Buffer.from(text, 'utf8'));
}

function base64Forms(bytes: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const firstWhole = Math.ceil((before * 8) / 6);
    const pastWhole = Math.floor(((before + bytes.length) * 8) / 6);
    const inner = text.slice(firstWhole, pastWhole);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** Only ASCII: what JavaScript does to other letters may change their number. */
function foldAscii(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}
