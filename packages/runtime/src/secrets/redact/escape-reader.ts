/** What stands at a place of a text: bytes it means, and how many bytes it takes there. */
export interface Unit {
  /** Meant bytes. Empty when the place is no escape and stands for itself. */
  readonly means: Uint8Array;
  /** Bytes it takes. `cut`: the text ends before that can be told. */
  readonly length: number | 'cut';
}

/** One way to write a byte otherwise. */
export interface EscapeReader {
  /** Byte that every escape begins with. */
  readonly introducer: number;
  /** Reads what begins with the introducer at `at`. */
  readonly read: (bytes: Uint8Array, at: number) => Unit;
}

const NOTHING = new Uint8Array(0);
const PLAIN: Unit = { means: NOTHING, length: 1 };
const CUT: Unit = { means: NOTHING, length: 'cut' };

/** Value of a hexadecimal digit by its byte; 255 for every other byte. */
const DIGITS: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => {
  const value = Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(value) ? 255 : value;
});

/** Units of one byte, made once: a response may be full of them. */
const unitsOf = (length: number): readonly Unit[] =>
  Array.from({ length: 256 }, (_, byte) => ({ means: Uint8Array.of(byte), length }));
const TWO_LONG = unitsOf(2);
const THREE_LONG = unitsOf(3);
const FOUR_LONG = unitsOf(4);

/** Percent encoding (RFC 3986, 2.1), of every byte or of some. */
const percent: EscapeReader = {
  introducer: 0x25,
  read(bytes, at) {
    const value = hexAt(bytes, at + 1, 2);
    return typeof value === 'number' ? (THREE_LONG[value] ?? PLAIN) : (value ?? PLAIN);
  },
};

const SHORT_ESCAPES: ReadonlyMap<number, number> = new Map(
  Array.from('"\\/bfnrt\'').map((letter) => {
    const meant = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }[letter] ?? letter;
    return [letter.charCodeAt(0), meant.charCodeAt(0)];
  }),
);

/** Escapes of JSON strings (RFC 8259, 7) and `\xHH` of JavaScript. */
const json: EscapeReader = {
  introducer: 0x5c,
  read(bytes, at) {
    const kind = bytes[at + 1];
    if (kind === undefined) return CUT;
    if (kind === 0x78) {
      const value = hexAt(bytes, at + 2, 2);
      return typeof value === 'number' ? (FOUR_LONG[value] ?? PLAIN) : (value ?? PLAIN);
    }
    if (kind === 0x75) return readUnicode(bytes, at);
    const meant = SHORT_ESCAPES.get(kind);
    return (meant === undefined ? undefined : TWO_LONG[meant]) ?? PLAIN;
  },
};

function readUnicode(bytes: Uint8Array, at: number): Unit {
  const unit = hexAt(bytes, at + 2, 4);
  if (typeof unit !== 'number') return unit ?? PLAIN;
  if (unit < 0xd800 || unit > 0xdbff) return { means: utf8(unit), length: 6 };
  const rest = bytes.subarray(at + 6, at + 8);
  if (!startsLikeEscape(rest)) return { means: utf8(unit), length: 6 };
  const low = rest.length < 2 ? CUT : hexAt(bytes, at + 8, 4);
  if (typeof low !== 'number') return low ?? { means: utf8(unit), length: 6 };
  if (low < 0xdc00 || low > 0xdfff) return { means: utf8(unit), length: 6 };
  return { means: utf8(0x10000 + (unit - 0xd800) * 0x400 + (low - 0xdc00)), length: 12 };
}

function startsLikeEscape(rest: Uint8Array): boolean {
  return (rest[0] ?? 0x5c) === 0x5c && (rest[1] ?? 0x75) === 0x75;
}

const LONGEST_ENTITY = 12;
const ENTITY_NAMES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    sol: '/',
    bsol: '\\',
    plus: '+',
    equals: '=',
    colon: ':',
    semi: ';',
    comma: ',',
    period: '.',
    excl: '!',
    quest: '?',
    num: '#',
    dollar: '$',
    percnt: '%',
    lpar: '(',
    rpar: ')',
    ast: '*',
    commat: '@',
    lsqb: '[',
    lbrack: '[',
    rsqb: ']',
    rbrack: ']',
    lcub: '{',
    rcub: '}',
    hat: '^',
    lowbar: '_',
    grave: '`',
    vert: '|',
    verbar: '|',
  }).map(([name, meant]) => [name, meant.charCodeAt(0)]),
);

/** Character references of HTML for ASCII, numeric ones for everything (HTML Standard, 13.5). */
const html: EscapeReader = {
  introducer: 0x26,
  read(bytes, at) {
    let end = at + 1;
    while (end - at <= LONGEST_ENTITY && isEntityByte(bytes[end])) end++;
    if (end - at > LONGEST_ENTITY) return PLAIN;
    if (bytes[end] === undefined) return CUT;
    if (bytes[end] !== 0x3b) return PLAIN;
    const body = String.fromCharCode(...bytes.subarray(at + 1, end));
    const meant = ENTITY_NAMES.get(body) ?? numericEntity(body);
    return meant === undefined ? PLAIN : { means: utf8(meant), length: end + 1 - at };
  },
};

/** A letter, a digit or `#`. */
function isEntityByte(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  const folded = byte | 0x20;
  return (folded >= 0x61 && folded <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x23;
}

function numericEntity(body: string): number | undefined {
  const [, hex, decimal] = /^#(?:[xX]([0-9A-Fa-f]+)|([0-9]+))$/.exec(body) ?? [];
  const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return point <= 0x10ffff ? point : undefined;
}

/** Every way of escaping that is undone before a text is looked through. */
export const ESCAPE_READERS: readonly EscapeReader[] = [percent, json, html];

function hexAt(bytes: Uint8Array, at: number, digits: number): number | Unit | undefined {
  let value = 0;
  for (let index = at; index < at + digits; index++) {
    const byte = bytes[index];
    if (byte === undefined) return CUT;
    const digit = DIGITS[byte] ?? 255;
    if (digit === 255) return undefined;
    value = value * 16 + digit;
  }
  return value;
}

function utf8(point: number): Uint8Array {
  const short = point < 0x80 ? TWO_LONG[point]?.means : undefined;
  if (short !== undefined) return short;
  return Buffer.from(String.fromCodePoint(point), 'utf8');
}
